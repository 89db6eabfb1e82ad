"""The policy as a tariff: a period between two changes of the policy, and in it a cell for everyone's situation.

A cell is what holds for one category of insured people at one level of institutions, in the first year of the
benefit or later. A situation of which some value is not known has no cell: nobody can price it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Any, TypeVar

import narwhals as nw
import polars as pl

from features.errors import PolicyError
from features.policy import Policy, PolicyValue
from features.policy.categories import KEYS, Number, fen

WHOLE = 10_000
"""Ratios are whole ten-thousandths."""

CATEGORIES, LEVELS = KEYS["person_category"] or (), KEYS["level"] or ()
UNLIMITED = 10**15
"""Fen that nobody reaches: where there is no cap, and where the last segment ends."""

_EPOCH = dt.date(1970, 1, 1)
_Number = TypeVar("_Number", int, nw.Expr)
MONTHS = 12
_ASKED = (
    "outpatient_pooling.in_force",
    "benefit.deductible_mode",
    "benefit.deductible",
    "benefit.ratio",
    "benefit.annual_cap",
    "benefit.pharmacy_level",
    "benefit.ungraded_level",
    "benefit.pharmacy_needs_prescription",
    "benefit.first_year",
    "benefit.second_layer",
    "benefit.rounding",
)


@dataclass(frozen=True)
class Period:
    """Days between two changes of the policy.

    Attributes:
        start, start_day: first day in force, as a date and in days since 1970-01-01.
        in_force: whether the pooled fund pays ordinary outpatient care; None where that is not known.
        pharmacy_level, ungraded_level: level whose values hold for them; None where that is not known.
        needs_prescription: whether a purchase is pooled on a prescription only; None where that is not known.
    """

    start: dt.date
    in_force: bool | None
    pharmacy_level: str | None
    ungraded_level: str | None
    needs_prescription: bool | None

    @property
    def start_day(self) -> int:
        """First day in days since 1970-01-01."""
        return (self.start - _EPOCH).days


@dataclass(frozen=True)
class Tariff:
    """The policy's periods in order, and the cells in them.

    Attributes:
        periods: in order of their first day.
        first_year: calendar year in which the benefit began; None where that is not known.
        segments: how many segments of cost a cell has at most.
        cells: ``cell`` (see `cell_number`); in fen ``annual_deductible``, ``visit_deductible``, ``cap``, ``layer_cap``
            (null where the layer is not known) and ``until_<k>`` (where segment k ends); in ten-thousandths
            ``layer_ratio``, ``ratio_<k>`` and ``half`` (what is added before rounding down).
    """

    periods: tuple[Period, ...]
    first_year: int | None
    segments: int
    cells: pl.LazyFrame


def cell_number(period: _Number, first: _Number, category: _Number, level: _Number) -> _Number:
    """Number of a cell; of expressions as of numbers."""
    return ((period * 2 + first) * len(CATEGORIES) + category) * len(LEVELS) + level


def tariff(policy: Policy) -> Tariff:
    """The tariff of a policy; one without periods where the policy says nothing of the benefit."""
    starts = sorted({one.start for name in _ASKED for one in policy.parameters.get(name, ())})
    periods = tuple(_period(policy, start) for start in starts)
    cells = [
        {"cell": cell_number(number, first, category, level), **cell}
        for number, period in enumerate(periods)
        for first, category, level in product((0, 1), range(len(CATEGORIES)), range(len(LEVELS)))
        if (cell := _cell(policy, period.start, bool(first), CATEGORIES[category], LEVELS[level]))
    ]
    segments = max((len(cell["segments"]) for cell in cells), default=1)
    flat = [_flat(cell, segments) for cell in cells]
    began = policy.cut_over
    return Tariff(
        periods, began.year if began else None, segments, pl.LazyFrame(flat, schema=_schema(segments))
    )


def known(policy: Policy, name: str, day: dt.date) -> PolicyValue | None:
    """The value in force on a day; None where it is unknown, not written down, or not yet."""
    dated = [one for one in policy.parameters.get(name, ()) if one.start <= day]
    return dated[-1] if dated and dated[-1].status != "unknown" else None


def months_of(policy: Policy, day: dt.date, *, first: bool) -> int:
    """Twelfths of the annual values that hold: in the benefit's first year, its months where they are prorated.

    Raises:
        PolicyError: nobody has read whether they are.
    """
    began = policy.cut_over
    if not first or began is None or began.month == 1 or _needed(policy, "first_year", day).value == "full":
        return MONTHS
    return MONTHS + 1 - began.month


def _period(policy: Policy, start: dt.date) -> Period:
    in_force = known(policy, "outpatient_pooling.in_force", start)
    pharmacy, ungraded, prescription = (
        known(policy, f"benefit.{name}", start)
        for name in ("pharmacy_level", "ungraded_level", "pharmacy_needs_prescription")
    )
    return Period(
        start,
        bool(in_force.value) if in_force else None,
        str(pharmacy.value) if pharmacy else None,
        str(ungraded.value) if ungraded else None,
        bool(prescription.value) if prescription else None,
    )


def _needed(policy: Policy, name: str, day: dt.date) -> PolicyValue:
    value = known(policy, f"benefit.{name}", day)
    if value is None:
        raise PolicyError(f"benefit.{name} is not known for {day}.", where=f"area {policy.area}")
    return value


def _cell(policy: Policy, day: dt.date, first: bool, category: str, level: str) -> dict[str, Any] | None:
    """What holds in one situation; None where a value is not known, or has no row for it."""
    in_force = known(policy, "outpatient_pooling.in_force", day)
    if in_force is None or not in_force.value:
        return None
    try:
        months = months_of(policy, day, first=first)
        mode = _needed(policy, "deductible_mode", day).value
        deductible = 0
        if mode != "none":
            deductible = _needed(policy, "deductible", day).fen(person_category=category, level=level)
        ratio = _needed(policy, "ratio", day).segments(person_category=category, level=level)
        cap = _needed(policy, "annual_cap", day).fen(person_category=category)
        half_up = _needed(policy, "rounding", day).value == "half_up"
    except PolicyError:
        return None
    return {
        "annual_deductible": deductible * months // MONTHS if mode == "annual" else 0,
        "visit_deductible": deductible if mode == "per_visit" else 0,
        "cap": cap * months // MONTHS,
        "half": WHOLE // 2 if half_up else 0,
        **_layer(policy, day, category, months),
        "segments": [(start, _whole(part)) for start, part in ratio],
    }


def _layer(policy: Policy, day: dt.date, category: str, months: int) -> dict[str, int | None]:
    """The second layer: nothing where there is none, nulls where that is not known."""
    value = known(policy, "benefit.second_layer", day)
    if value is None:
        return {"layer_ratio": None, "layer_cap": None}
    if not value.rows:
        return {"layer_ratio": 0, "layer_cap": 0}
    try:
        row = value.row(person_category=category)
    except PolicyError:
        return {"layer_ratio": None, "layer_cap": None}
    return {"layer_ratio": _whole(row["ratio"]), "layer_cap": fen(row["cap"]) * months // MONTHS}


def _flat(cell: Mapping[str, Any], segments: int) -> dict[str, int | None]:
    """A cell with a column for each segment; those that it lacks are empty."""
    ratios = [part for _, part in cell["segments"]] + [0] * segments
    ends = [start for start, _ in cell["segments"][1:]] + [UNLIMITED] * segments
    numbered = {f"ratio_{k}": ratios[k] for k in range(segments)} | {
        f"until_{k}": ends[k] for k in range(segments)
    }
    return {name: value for name, value in cell.items() if name != "segments"} | numbered


def _schema(segments: int) -> dict[str, pl.DataType]:
    amounts = ("annual_deductible", "visit_deductible", "cap", "half", "layer_ratio", "layer_cap")
    numbered = [f"{name}_{k}" for name in ("ratio", "until") for k in range(segments)]
    return {"cell": pl.Int64(), **dict.fromkeys([*amounts, *numbered], pl.Int64())}


def _whole(ratio: Number | str) -> int:
    return int(Decimal(str(ratio)) * WHOLE)
