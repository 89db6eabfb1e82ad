"""Settlements that the ledger names, the days of their payments, and ends that are not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.world import World

from detection.links.catalogue import breaks_of
from detection.links.link import Break, LinkName
from features.engine import Views

FIRST = dt.datetime(2024, 3, 1, 10)
PAYMENTS = 30


def payments(days_apart: int, lost: Collection[int] = ()) -> World:
    """Thirty payments, one a day, posted some days later; of some the settlement is lost."""
    world = World()
    world.person("ann").enrolled()
    world.provider("p1")
    for number in range(PAYMENTS):
        at = FIRST + dt.timedelta(days=number)
        posted = at + dt.timedelta(days=days_apart)
        if number not in lost:
            world.settlement(
                "ann", "p1", f"{at:%Y-%m-%d %H:%M}", settlement=f"s{number}", account_paid="5.00"
            )
        world.entry("ann", f"{posted:%Y-%m-%d %H:%M}", "settlement", "-5.00", settlement=f"s{number}")
    return world


def breaks(world: World, link: LinkName) -> tuple[Break, ...]:
    return breaks_of(link, Views(world.tables()))


@settings(max_examples=20)
@given(days=st.integers(-60, 60))
def test_payments_posted_on_other_days_are_a_shifted_table(days: int) -> None:
    whole = breaks(payments(days), "ledger_days")
    assert bool(whole) == (abs(days) > 5)
    for each in whole:
        assert each.part is None
        assert "settlements.settled_at and account_entries.posted_at" in each.reason[0]


@pytest.mark.parametrize(("lost", "is_broken"), [((), False), ((3, 9), False), (range(5, 15), True)])
def test_settlements_that_the_ledger_names_must_be_there(lost: Collection[int], is_broken: bool) -> None:
    whole = breaks(payments(0, lost), "settlement_rows")
    assert bool(whole) == is_broken
    for each in whole:
        assert each.reason[0].startswith(f"settlements.settlement_id: {len(lost)} of 30 settlements")


def test_entries_outside_the_days_of_the_claims_name_settlements_that_need_not_be_there() -> None:
    assert breaks(payments(0, range(20, PAYMENTS)), "settlement_rows") == ()


def test_a_person_whose_interval_ends_before_it_starts_is_left_out() -> None:
    world = World()
    world.provider("p1")
    for number in range(40):
        name = f"person{number:02}"
        end = "2019-01-01" if number == 7 else ""
        world.person(name).enrolled(start_date="2020-01-01", end_date=end)
        world.settlement(name, "p1", "2024-03-01 10:00", pool_paid="5.00")
    [left_out] = breaks(world, "patient_enrolment")
    assert left_out.part is not None and left_out.part.ids == ("person07",)
    assert "enrolments.end_date: the end is not known for 1 of 40 people" in left_out.reason[0]
