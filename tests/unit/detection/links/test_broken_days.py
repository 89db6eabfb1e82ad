"""A day on which most payments differ from the ledger, or are not there, is a fault of that day and of no account."""

from __future__ import annotations

import datetime as dt

import pytest
from support.world import World

from detection.links.catalogue import breaks_of
from detection.links.link import LinkName
from features.calendar import day_number
from features.engine import Views

FIRST, DAYS, A_DAY = dt.date(2024, 3, 1), 40, 12
BROKEN = 17


def payments(off: int, *, lost: bool = False, spread: bool = False) -> World:
    """Forty days of payments; on one of them some have another amount or are lost, or one on each of the first days."""
    world = World()
    world.person("ann").enrolled()
    world.provider("p1")
    for number in range(DAYS * A_DAY):
        day, place = divmod(number, A_DAY)
        is_off = (day < off and place == 0) if spread else (day == BROKEN and place < off)
        at = f"{FIRST + dt.timedelta(days=day)} 10:{place:02}"
        if not (is_off and lost):
            paid = "500.00" if is_off else "5.00"
            world.settlement("ann", "p1", at, settlement=f"s{number}", account_paid=paid)
        world.entry("ann", at, "settlement", "-5.00", settlement=f"s{number}")
    return world


@pytest.mark.parametrize(("link", "lost"), [("ledger_payments", False), ("settlement_rows", True)])
@pytest.mark.parametrize("off", [9, 10, A_DAY])
def test_most_payments_of_one_day_are_a_fault_of_the_day(link: LinkName, lost: bool, off: int) -> None:
    whole = breaks_of(link, Views(payments(off, lost=lost).tables()))
    assert len(whole) == (off >= 10)
    for each in whole:
        day = day_number(FIRST + dt.timedelta(days=BROKEN))
        assert each.part is not None
        assert (each.part.ids, each.part.first_day, each.part.last_day) == (None, day, day)
        assert all(f"{FIRST + dt.timedelta(days=BROKEN)}" in text for text in each.reason)


@pytest.mark.parametrize(("link", "lost"), [("ledger_payments", False), ("settlement_rows", True)])
def test_as_many_on_many_days_are_matters_of_single_accounts(link: LinkName, lost: bool) -> None:
    assert breaks_of(link, Views(payments(A_DAY, lost=lost, spread=True).tables())) == ()
