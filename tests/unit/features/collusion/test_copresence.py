"""Co-presence equals its slow reference, and means what the cases say."""

from __future__ import annotations

import polars as pl
import pytest
from reference.copresence import meetings_frame
from reference.registry import DataSet, references
from support.random_worlds.life import random_tables
from support.random_worlds.town import Town, person, provider, town
from support.world import World

from features.collusion.copresence import co_presence_pairs
from features.engine import Views, compute
from features.registry import ENTITY_KEYS, Entity
from features.tables import Tables

ORDER = ["provider_id", "person_a", "person_b", "day"]


def pairs(tables: Tables) -> pl.DataFrame:
    native: pl.LazyFrame = Views(tables)["co_presence_pairs"].to_native()
    return native.sort(ORDER).collect()


def small_town(seed: int) -> Town:
    made = town(seed=seed, persons=60, providers=4, months=4)
    made.together([person(number) for number in (1, 11, 21, 31)], provider(0), [3, 40, 77, 100])
    made.together(
        [person(number) for number in (2, 12, 22)], provider(1), [5, 7, 9, 12], programme="dialysis"
    )
    made.employ([person(1), person(11)], "works")
    return made


@pytest.mark.parametrize("seed", [1, 2])
def test_pairs_equal_the_reference(seed: int) -> None:
    tables = small_town(seed).tables()
    result = pairs(tables)
    assert result["scheduled"].any()
    assert result.equals(meetings_frame(DataSet(tables)))


def test_pairs_equal_the_reference_in_a_crowd_with_reversals() -> None:
    tables = random_tables(seed=3, persons=30, providers=2, months=1, settlements=1500)
    assert pairs(tables).equals(meetings_frame(DataSet(tables)))


@pytest.mark.parametrize("seed", [1, 4])
def test_the_kernel_gives_what_the_view_says(seed: int) -> None:
    for tables in (
        small_town(seed).tables(),
        random_tables(seed=seed, persons=30, providers=2, months=1, settlements=1500),
    ):
        views = Views(tables)
        reads = (views[name] for name in ("coded_settlements", "person_codes", "provider_codes"))
        built: pl.LazyFrame = co_presence_pairs(*reads).to_native()
        assert built.sort(ORDER).collect().equals(pairs(tables))


FEATURES: dict[str, Entity] = {
    "repeated_partners": "person",
    "accompanied_days_share": "person",
    "repeated_pairs_share": "provider",
    "repeated_pairs_days_share": "provider",
}


@pytest.mark.parametrize("feature", sorted(FEATURES))
def test_feature_equals_its_reference(feature: str) -> None:
    tables = small_town(1).tables()
    result, _ = compute(FEATURES[feature], Views(tables))
    value = dict(result.select(ENTITY_KEYS[FEATURES[feature]], feature).iter_rows())
    assert value == pytest.approx(references()[feature](DataSet(tables)))
    assert max(value.values()) > 0


def test_met_once_is_not_kept() -> None:
    tables = World.from_rows(
        settlements="""
          person | settled_at
          ann    | 2024-03-01 10:00
          bei    | 2024-03-01 10:20
          ann    | 2024-04-01 10:00
          bei    | 2024-04-01 10:31
        """
    ).tables()
    assert pairs(tables).is_empty()


def test_recorded_relatives_and_colleagues_are_no_repeated_partners() -> None:
    days = ("03-01", "03-15", "04-02")
    people = ("ann", "bei", "chen")
    meetings = "\n".join(f"{name} | 2024-{day} 10:00" for day in days for name in people)
    tables = World.from_rows(
        settlements="person | settled_at\n" + meetings,
        family_authorizations="payer | beneficiary\nbei | ann",
        enrolments="person | employer\nbei | works\nchen | works",
    ).tables()
    result, _ = compute("person", Views(tables))
    assert dict(result.select("person_id", "repeated_partners").iter_rows()) == {
        "ann": 1,
        "bei": 0,
        "chen": 1,
    }


def test_a_crowd_grows_the_pairs_by_the_crowd_and_not_by_its_square() -> None:
    made = town(persons=2, providers=1, months=1)
    crowd = [person(number) for number in range(400)]
    made.together(crowd, provider(0), [3, 9])
    tables = made.tables()
    assert pairs(tables).height < 2 * len(crowd) * 40
