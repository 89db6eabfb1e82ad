"""Dated policy values as expressions over days; null, or false, where nobody has read them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import narwhals as nw

from features.policy import Policy, Window

MILLIONTHS = 1_000_000
"""A ratio is held as whole millionths, so that fen times a ratio stays exact."""
FEN = 100


def holds(policy: Policy, name: str, value: object, day: nw.Expr) -> nw.Expr:
    """True on days on which a parameter is known to have this value."""
    met = nw.lit(False)
    for window in _known(policy, name):
        if window.value == value:
            met = met | _within(window, day)
    return met


def listed(policy: Policy, name: str, code: nw.Expr, day: nw.Expr) -> nw.Expr:
    """Whether a code is in a parameter's list on the day; null where the list is not known."""
    found: nw.Expr = nw.lit(None, dtype=nw.Boolean)
    for window in _known(policy, name):
        codes = window.value if isinstance(window.value, list) else []
        found = nw.when(_within(window, day)).then(code.is_in(codes)).otherwise(found)
    return found


def scaled(policy: Policy, name: str, day: nw.Expr, scale: int) -> nw.Expr:
    """A parameter's number times a scale, as Int64; null on days on which it is not known."""
    found: nw.Expr = nw.lit(None, dtype=nw.Int64)
    for window in _known(policy, name):
        whole = int(Decimal(str(window.value)) * scale)
        found = nw.when(_within(window, day)).then(nw.lit(whole, dtype=nw.Int64)).otherwise(found)
    return found


def share_of(amount: nw.Expr, millionths: nw.Expr) -> nw.Expr:
    """A share of an amount in fen, half a fen rounded up."""
    return (amount * millionths + MILLIONTHS // 2) // MILLIONTHS


def _known(policy: Policy, name: str) -> Iterator[Window]:
    if name in policy.names():
        yield from (one for one in policy.windows(name) if one.status != "unknown")


def _within(window: Window, day: nw.Expr) -> nw.Expr:
    begun = day >= window.start_day
    return begun if window.end_day is None else begun & (day <= window.end_day)
