"""What hand counts are written with: their register, the count of a visit, and the amount of a year."""

from __future__ import annotations

from reference.books import Books, Counted, Hand, Span
from reference.registry import Row

REGISTER: dict[str, Hand] = {}
_STORED_NAMES = {"used_authorizations": "used_authorisations", "authorized_holders": "authorised_holders"}
"""Stored names of indicators, where they are spelled differently."""


def by_hand(hand: Hand) -> Hand:
    """Mark the hand count of the indicator of the same name."""
    REGISTER[_STORED_NAMES.get(hand.__name__, hand.__name__)] = hand
    return hand


def visit(row: Row, numerator: int, denominator: int, side: int = 0, part: str | None = None) -> Counted:
    """The count of a settlement, with all that it is cut by."""
    return Counted(
        row["person_id"],
        numerator,
        denominator,
        side,
        part,
        row["provider_id"],
        row["person_category"] or "unknown",
    )


def of_the_year(books: Books, name: str, category: str | None, month: int) -> int | None:
    """A yearly amount at the end of a month; if prorated, by the months of the year in which the benefit began."""
    if category not in ("active", "flexible", "retired"):
        return None
    day = Span(month, month).last_day
    amount = books.number(name, day, person_category=category)
    start = books.policy.cut_over
    if amount is None or start is None or start.year != month // 12:
        return amount
    whole = books.value("benefit.first_year", day) != "prorated"
    return amount if whole else amount * (13 - start.month) // 12
