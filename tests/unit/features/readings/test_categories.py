"""Categories of people: those of the day of the settlement, or those of today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.world import World

from features.engine import collect
from features.readings import Reading, read_as
from features.tables import Tables

COLUMNS = {"settlements.person_category", "enrolments.person_category"}


def town(retired_in: Sequence[int], *, today: bool, history: bool) -> Tables:
    """People who retired on the first day of a month of 2024, with a settlement and a contribution in each month.

    Args:
        retired_in: month of each, 2 to 11.
        today: whether settlements have the category of today.
        history: whether enrolments have a row for each category, or one row with the last.
    """
    world = World()
    for number, month in enumerate([*retired_in, 13]):
        name, day = f"p{number}", dt.date(2024, min(month, 12), 1)
        stays = month > 12
        world.person(name)
        if stays:
            world.enrolment(name, person_category="active")
        elif history:
            before = day - dt.timedelta(days=1)
            world.enrolment(name, person_category="active", end_date=str(before))
            world.enrolment(name, person_category="retired", start_date=str(day))
        else:
            world.enrolment(name, person_category="retired")
        for each in range(1, 13):
            at_work = each < month
            of_today = "active" if stays else "retired"
            category = of_today if today else ("active" if at_work else "retired")
            world.settlement(name, "h1", f"2024-{each:02}-10 09:00", person_category=category)
            if at_work:
                world.add(
                    "contributions",
                    person=name,
                    accrual_month=f"2024-{each:02}",
                    contribution_base="5000.00",
                )
    return world.tables()


def read(tables: Tables, chosen: Mapping[str, str] | None = None) -> tuple[Tables, Reading]:
    translated, readings = read_as(tables, chosen or {})
    [reading] = [each for each in readings if each.name == "person_category"]
    return translated, reading


def categories(tables: Tables) -> list[tuple[str, str]]:
    return sorted(collect(tables.settlements.select("settlement_id", "person_category")).rows())


@settings(max_examples=15)
@given(
    retired_in=st.lists(st.integers(4, 11), min_size=3, max_size=5),
    today=st.booleans(),
    history=st.booleans(),
)
def test_the_category_is_read_as_earlier_settlements_show(
    retired_in: list[int], today: bool, history: bool
) -> None:
    translated, reading = read(town(retired_in, today=today, history=history))
    assert (reading.value, reading.by) == ("today" if today else "settlement", "data")
    as_they_were = town(retired_in, today=today and not history, history=history)
    assert categories(translated) == categories(as_they_were)
    assert translated.of_today == (COLUMNS if today and not history else set())


def test_a_city_without_changes_stays_as_it_is() -> None:
    tables = town([], today=False, history=True)
    translated, reading = read(tables)
    assert (reading.value, reading.by) == ("settlement", "contract")
    assert not translated.of_today


@pytest.mark.parametrize(("history", "marked"), [(True, set()), (False, COLUMNS)])
def test_the_run_may_say_that_it_is_todays(history: bool, marked: set[str]) -> None:
    translated, reading = read(town([6, 7], today=False, history=history), {"person_category": "today"})
    assert reading.by == "option"
    assert translated.of_today == marked


def test_what_replaces_a_table_keeps_the_mark() -> None:
    translated, _ = read(town([6, 7, 8], today=True, history=False))
    assert translated.replacing(persons=translated.persons).of_today == COLUMNS
