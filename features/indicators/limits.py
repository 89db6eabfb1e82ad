"""Deductibles and caps of the policy that indicators need: by month and category, and by visit."""

from __future__ import annotations

import datetime as dt

import narwhals.stable.v2 as nw
import polars as pl

from features.calendar import MONTHS_PER_YEAR, last_date
from features.engine import collect
from features.policy import Policy
from features.policy.categories import KEYS
from features.registry import Frame, view

CATEGORIES = KEYS["person_category"] or ()
_SCHEMA = {
    "month": pl.Int32,
    "person_category": pl.String,
    "deductible": pl.Int64,
    "cap": pl.Int64,
}
_SERVICE_DAY = nw.col("service_day")


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
    span = collect(
        settlements.select(first=nw.col("settled_month").min(), last=nw.col("settled_month").max())
    )
    first, last = span.row(0)
    rows = [
        (month, category, *_of_a_year(policy, last_date(month), category))
        for month in range(first, last + 1)
        for category in CATEGORIES
    ]
    return nw.from_native(pl.LazyFrame(rows, schema=_SCHEMA, orient="row"))


def _of_a_year(policy: Policy, day: dt.date, category: str) -> tuple[int | None, int | None]:
    """Deductible and cap of the year that a day lies in."""
    mode = policy.known("benefit.deductible_mode", day)
    deductible = None
    if mode is not None:
        deductible = _fen(policy, "benefit.deductible", day, category) if mode.value == "annual" else 0
    cap = _fen(policy, "benefit.annual_cap", day, category)
    return _prorated(policy, day, deductible), _prorated(policy, day, cap)


def _prorated(policy: Policy, day: dt.date, amount: int | None) -> int | None:
    """A year's amount; in the year of a start within it, its part by months where the policy prorates it."""
    start, first_year = policy.cut_over, policy.known("benefit.first_year", day)
    if amount is None or start is None or start.year != day.year:
        return amount
    if first_year is None or first_year.value != "prorated":
        return amount
    return amount * (MONTHS_PER_YEAR - start.month + 1) // MONTHS_PER_YEAR


def _fen(policy: Policy, name: str, day: dt.date, category: str) -> int | None:
    value = policy.known(name, day)
    return None if value is None else value.fen(person_category=category)


def deductible_of_a_visit(policy: Policy) -> nw.Expr:
    """Fen of the deductible of a single visit, by level and category; 0 where visits have none of their own.

    The level of a pharmacy and of an ungraded institution is the policy's.
    """
    amount = policy.fen(
        "benefit.deductible",
        _SERVICE_DAY,
        person_category=nw.col("person_category"),
        level=policy_level(policy),
    )
    by_visit = policy.holds("benefit.deductible_mode", "per_visit", _SERVICE_DAY)
    return nw.when(by_visit).then(amount).otherwise(nw.lit(0).cast(nw.Int64)).fill_null(0)


def policy_level(policy: Policy) -> nw.Expr:
    """The level whose values are in force for an institution (columns provider_kind, provider_level)."""
    level: nw.Expr = nw.col("provider_level")
    exceptions = (
        ("benefit.ungraded_level", nw.col("provider_level") == "ungraded"),
        ("benefit.pharmacy_level", nw.col("provider_kind") == "pharmacy"),
    )
    for name, here in exceptions:
        by_policy = policy.expression(name, _SERVICE_DAY)
        level = nw.when(here & ~by_policy.is_null()).then(by_policy).otherwise(level)
    return level
