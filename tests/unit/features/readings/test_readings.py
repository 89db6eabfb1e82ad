"""Words that exports use in two ways are read as the data show, or as the run was told."""

from __future__ import annotations

import pytest
from support.world import World

from features.engine import collect
from features.errors import UsageError
from features.readings import read_as
from features.tables import Tables


def town(*, today: bool, exclusive: bool = False) -> Tables:
    """Twenty people whose enrolment ended in May; five were suspended in March, which is a row of its own or none.

    Args:
        today: whether the status is that of today, and the fund paid inside ended intervals.
        exclusive: whether an interval's end is the first day after it.
    """
    world, end = World(), "2024-05-01" if exclusive else "2024-04-30"
    for number in range(20):
        name = f"p{number:02}"
        world.person(name)
        world.enrolment(
            name,
            status="terminated" if today else "active",
            start_date="2020-01-01",
            end_date=end,
        )
        if not today and number < 5:
            world.enrolment(name, status="suspended", start_date="2024-05-01", end_date="2024-05-20")
        elif number < 10:
            world.enrolment(name, status="active", start_date="2024-05-01")
        world.settlement(name, "h1", "2024-02-10 09:00", pool_paid="10.00", account_paid="0.00")
        world.settlement(name, "h1", f"2024-04-{number + 1:02} 09:00", pool_paid="10.00", account_paid="0.00")
    world.settlement("p19", "h1", "2024-06-30 09:00", pool_paid="0.00", account_paid="1.00")
    return world.tables()


def statuses(tables: Tables) -> list[str]:
    return sorted(collect(tables.enrolments)["status"])


@pytest.mark.parametrize("today", [True, False])
def test_the_status_is_read_as_payments_and_earlier_intervals_show(today: bool) -> None:
    before = town(today=today)
    tables, readings = read_as(before, {})
    [reading] = [each for each in readings if each.name == "enrolment_status"]
    assert (reading.value, reading.by) == ("today" if today else "interval", "data")
    assert "ended intervals with an inactive status" in reading.en
    assert statuses(tables) == (["active"] * 30 if today else statuses(before))


@pytest.mark.parametrize("exclusive", [True, False])
def test_the_end_is_read_as_the_next_beginning_shows(exclusive: bool) -> None:
    tables, readings = read_as(town(today=True, exclusive=exclusive), {})
    [reading] = [each for each in readings if each.name == "enrolment_end"]
    assert (reading.value, reading.by) == ("exclusive" if exclusive else "inclusive", "data")
    ends = collect(tables.enrolments)["end_date"].drop_nulls().unique()
    assert [str(day) for day in ends] == ["2024-04-30"]


def test_what_the_run_is_given_goes_before_what_the_data_show() -> None:
    tables, readings = read_as(town(today=True), {"enrolment_status": "interval"})
    assert ("enrolment_status", "interval", "option") in {
        (each.name, each.value, each.by) for each in readings
    }
    assert "terminated" in statuses(tables)


@pytest.mark.parametrize("given", [{"enrolment_status": "yesterday"}, {"unheard_of": "today"}])
def test_a_reading_that_does_not_exist_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="no such reading"):
        read_as(town(today=False), given)


def test_too_few_intervals_keep_the_contracts_meaning() -> None:
    world = World()
    world.enrolment("li", status="terminated", start_date="2020-01-01", end_date="2024-04-30")
    world.settlement("li", "h1", "2024-02-10 09:00", pool_paid="10.00")
    _, readings = read_as(world.tables(), {})
    assert {each.by for each in readings} == {"contract"}
