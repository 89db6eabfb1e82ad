"""A day of death before the birth, or a day zero of a database, is no death."""

from __future__ import annotations

import pytest
from support.exports import Export
from support.world import World

from features.engine import collect
from features.intake import open_snapshot
from features.readings import read_as


def test_a_death_before_the_birth_is_not_known() -> None:
    world = World()
    world.person("li", birth_date="1950-01-01", death_date="1949-12-31")
    world.person("wang", birth_date="1950-01-01", death_date="1950-01-01")
    world.person("zhao", death_date="1949-12-31")
    tables, _ = read_as(world.tables(), {})
    read = collect(tables.persons.select("person_id", "death_date", "death_day"))
    known = {row["person_id"]: row["death_day"] is not None for row in read.iter_rows(named=True)}
    assert known == {"li": False, "wang": True, "zhao": True}
    assert read.filter(person_id="li")["death_date"].to_list() == [None]


@pytest.mark.parametrize(
    "day", ["1900-01-01", "1900-01-01 00:00:00", "1899-12-30", "1970-01-01", "9999-12-31", "0001-01-01"]
)
def test_a_day_that_stands_for_none_is_no_death(export: Export, day: str) -> None:
    export.change("persons", 1, death_date=day)
    export.change("persons", 2, death_date="2024-02-01")
    ingested = export.ingest()
    persons = open_snapshot(ingested.result.folder).frame("persons").to_native().collect()
    assert persons["death_day"].is_null().to_list() == [True, False]
    assert persons["death_unknown"].to_list() == [False, False]
    assert sum(form.cells for form in ingested.manifest.tables["persons"].read_as) == 1
