"""Deductibles and caps of the policy that indicators need: by month and category, and by visit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import narwhals as nw
import polars as pl

from features.calendar import MONTHS_PER_YEAR, last_date
from features.policy import Policy, Window
from features.registry import Frame, view

CATEGORIES = ("active", "flexible", "retired")
_SCHEMA = {
    "month": pl.Int32,
    "person_category": pl.String,
    "deductible": pl.Int64,
    "cap": pl.Int64,
}


@view(
    grain="month of the data and person category",
    persist=True,
    order=("month", "person_category"),
    schema={"month": nw.Int32, "person_category": nw.String, "deductible": nw.Int64, "cap": nw.Int64},
)
def benefit_limits(settlements: Frame, policy: Policy) -> Frame:
    """``deductible`` and ``cap`` of a year in force on the last day of a month, in fen.

    The deductible is 0 where there is none or it is taken of every visit. Null is an unknown value.
    """
    span: pl.LazyFrame = settlements.select(
        first=nw.col("settled_month").min(), last=nw.col("settled_month").max()
    ).to_native()
    first, last = span.collect().row(0)
    rows = [
        (month, category, *_of_a_year(policy, month, category))
        for month in range(first, last + 1)
        for category in CATEGORIES
    ]
    return nw.from_native(pl.LazyFrame(rows, schema=_SCHEMA, orient="row"))


def _of_a_year(policy: Policy, month: int, category: str) -> tuple[int | None, int | None]:
    day = last_date(month)
    mode = known_on(policy, "benefit.deductible_mode", day)
    amount = _fen(policy, "benefit.deductible", day, category) if mode == "annual" else 0
    deductible = None if mode is None else amount
    return _begun(policy, day, deductible), _begun(
        policy, day, _fen(policy, "benefit.annual_cap", day, category)
    )


def _begun(policy: Policy, day: dt.date, amount: int | None) -> int | None:
    """A year's amount; its part by months in the year of a start within it, where the policy says so."""
    start = policy.cut_over
    prorated = known_on(policy, "benefit.first_year", day) == "prorated"
    if amount is None or not prorated or start is None or start.year != day.year:
        return amount
    return amount * (MONTHS_PER_YEAR - start.month + 1) // MONTHS_PER_YEAR


def _fen(policy: Policy, name: str, day: dt.date, category: str) -> int | None:
    if name not in policy.names() or policy.known_from(name) > day:
        return None
    value = policy.at(name, day)
    return None if value.status == "unknown" else value.fen(person_category=category)


def known_on(policy: Policy, name: str, day: dt.date) -> object:
    """A policy value on a day; None where it is unknown or not written down."""
    if name not in policy.names() or policy.known_from(name) > day:
        return None
    return policy.at(name, day).value


def windows_of(policy: Policy, name: str) -> Iterator[Window]:
    """The windows of a parameter whose values are known; none where the area has no such parameter."""
    if name in policy.names():
        yield from (window for window in policy.windows(name) if window.status != "unknown")


def on(window: Window) -> nw.Expr:
    """Whether the day of service lies in a policy window."""
    begun = nw.col("service_day") >= window.start_day
    return begun if window.end_day is None else begun & (nw.col("service_day") <= window.end_day)


def in_force(policy: Policy, name: str) -> nw.Expr:
    """Whether a flag of the policy is known to be true on the day of service."""
    true_on = [on(window) for window in windows_of(policy, name) if window.value is True]
    return nw.any_horizontal(nw.lit(False), *true_on, ignore_nulls=True)


def deductible_of_a_visit(policy: Policy) -> nw.Expr:
    """Fen of the deductible that a visit has of its own, by level and category; 0 where it has none.

    The level of a pharmacy and of an ungraded institution is the policy's.
    """
    amount: nw.Expr = nw.lit(0).cast(nw.Int64)
    for mode in windows_of(policy, "benefit.deductible_mode"):
        for window in windows_of(policy, "benefit.deductible") if mode.value == "per_visit" else ():
            for category in CATEGORIES:
                for level in ("primary", "secondary", "tertiary"):
                    fen = window.fen(person_category=category, level=level)
                    here = (nw.col("person_category") == category) & (level_of_policy(policy) == level)
                    amount = nw.when(on(mode) & on(window) & here).then(nw.lit(fen)).otherwise(amount)
    return amount


def level_of_policy(policy: Policy) -> nw.Expr:
    """The level whose values hold for a provider (columns provider_kind, provider_level)."""
    level: nw.Expr = nw.col("provider_level")
    places = (
        ("benefit.ungraded_level", nw.col("provider_level") == "ungraded"),
        ("benefit.pharmacy_level", nw.col("provider_kind") == "pharmacy"),
    )
    for name, here in places:
        for window in windows_of(policy, name):
            level = nw.when(here & on(window)).then(nw.lit(str(window.value))).otherwise(level)
    return level
