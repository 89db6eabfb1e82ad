"""The policy as a tariff: cells of amounts and ratios for every period, category and level.

A period lies between two changes of the policy. A cell has the values for one category of insured people at one level
of institutions, in the first year of the benefit or later. There is no cell where one of the values is not known: such
a settlement cannot be priced.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import TypeVar

import narwhals.stable.v2 as nw
import polars as pl

from features.calendar import MONTHS_PER_YEAR, day_number
from features.errors import PolicyError
from features.message import Message
from features.money import to_fen
from features.policy import Policy, PolicyValue
from features.policy.categories import KEYS, Number

WHOLE = 10_000
"""Ratios are whole ten-thousandths."""

CATEGORIES, LEVELS = KEYS["person_category"] or (), KEYS["level"] or ()
UNLIMITED = 10**15
"""Fen beyond every amount: where there is no cap, and where the last segment ends."""

IN_FORCE = "outpatient_pooling.in_force"
_Number = TypeVar("_Number", int, nw.Expr)
_PARAMETERS = (
    IN_FORCE,
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
class _Layer:
    """The second layer: ratio in ten-thousandths, cap in fen; None where it is not known."""

    ratio: int | None
    cap: int | None


@dataclass(frozen=True)
class _Cell:
    """The values of one cell: amounts in fen, ratios in ten-thousandths."""

    annual_deductible: int
    visit_deductible: int
    cap: int
    half: int
    layer: _Layer
    segments: list[tuple[int, int]]

    def columns(self, segments: int) -> dict[str, int | None]:
        """The cell as columns, with as many segments as the longest cell has; further ones are empty."""
        ratios = [ratio for _, ratio in self.segments] + [0] * segments
        ends = [start for start, _ in self.segments[1:]] + [UNLIMITED] * segments
        return {
            "annual_deductible": self.annual_deductible,
            "visit_deductible": self.visit_deductible,
            "cap": self.cap,
            "half": self.half,
            "layer_ratio": self.layer.ratio,
            "layer_cap": self.layer.cap,
            **{f"ratio_{k}": ratios[k] for k in range(segments)},
            **{f"until_{k}": ends[k] for k in range(segments)},
        }


@dataclass(frozen=True)
class Tariff:
    """The policy's periods in order, and the cells in them.

    Attributes:
        policy: the policy that it was made from.
        start_days: day number on which each period begins, in order.
        first_year: calendar year in which the benefit began; None where that is not known.
        segments: how many segments of cost a cell has at most.
        cells: ``cell`` (see `cell_number`); in fen ``annual_deductible``, ``visit_deductible``, ``cap``, ``layer_cap``
            (null where the layer is not known) and ``until_<k>`` (where segment k ends); in ten-thousandths
            ``layer_ratio``, ``ratio_<k>`` and ``half`` (added before rounding down).
    """

    policy: Policy
    start_days: tuple[int, ...]
    first_year: int | None
    segments: int
    cells: pl.LazyFrame


def cell_number(period: _Number, first: _Number, category: _Number, level: _Number) -> _Number:
    """Number of a cell; of expressions as of numbers."""
    return ((period * 2 + first) * len(CATEGORIES) + category) * len(LEVELS) + level


def tariff_of(policy: Policy) -> Tariff:
    """The tariff of a policy; one without periods where the policy has nothing about the benefit."""
    starts = sorted({value.start for name in _PARAMETERS for value in policy.parameters.get(name, ())})
    situations = product(enumerate(starts), (0, 1), enumerate(CATEGORIES), enumerate(LEVELS))
    cells = {
        cell_number(period, first, category, level): cell
        for (period, start), first, (category, category_name), (level, level_name) in situations
        if (cell := _cell(policy, start, bool(first), category_name, level_name))
    }
    segments = max((len(cell.segments) for cell in cells.values()), default=1)
    rows = [{"cell": number, **cell.columns(segments)} for number, cell in cells.items()]
    began = policy.cut_over
    return Tariff(
        policy,
        tuple(day_number(start) for start in starts),
        began.year if began else None,
        segments,
        pl.LazyFrame(rows, schema=_schema(segments)),
    )


def months_of(policy: Policy, day: dt.date, *, first: bool) -> int:
    """Twelfths of the annual values that apply: in the benefit's first year, its months where they are prorated.

    Raises:
        PolicyError: it is not known whether they are prorated.
    """
    began = policy.cut_over
    if not first or began is None or began.month == 1 or _needed(policy, "first_year", day).value == "full":
        return MONTHS_PER_YEAR
    return MONTHS_PER_YEAR + 1 - began.month


def _needed(policy: Policy, name: str, day: dt.date) -> PolicyValue:
    value = policy.known(f"benefit.{name}", day)
    if value is None:
        raise PolicyError(
            "benefit.{name} is not known for {day}.",
            where=Message("area {area}", area=policy.area),
            name=name,
            day=day,
        )
    return value


def _cell(policy: Policy, day: dt.date, first: bool, category: str, level: str) -> _Cell | None:
    """The values of one situation; None where one is not known, or has no row for it."""
    in_force = policy.known(IN_FORCE, day)
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
    return _Cell(
        annual_deductible=deductible * months // MONTHS_PER_YEAR if mode == "annual" else 0,
        visit_deductible=deductible if mode == "per_visit" else 0,
        cap=cap * months // MONTHS_PER_YEAR,
        half=WHOLE // 2 if half_up else 0,
        layer=_layer(policy, day, category, months),
        segments=[(start, _ten_thousandths(part)) for start, part in ratio],
    )


def _layer(policy: Policy, day: dt.date, category: str, months: int) -> _Layer:
    """The second layer: zeros where there is none, nulls where that is not known."""
    value = policy.known("benefit.second_layer", day)
    if value is None:
        return _Layer(None, None)
    if not value.rows:
        return _Layer(0, 0)
    try:
        row = value.row(person_category=category)
    except PolicyError:
        return _Layer(None, None)
    cap = to_fen(row["cap"]) * months // MONTHS_PER_YEAR
    return _Layer(_ten_thousandths(row["ratio"]), cap)


def _schema(segments: int) -> dict[str, pl.DataType]:
    amounts = ("annual_deductible", "visit_deductible", "cap", "half", "layer_ratio", "layer_cap")
    numbered = [f"{name}_{k}" for name in ("ratio", "until") for k in range(segments)]
    return {"cell": pl.Int64(), **dict.fromkeys([*amounts, *numbered], pl.Int64())}


def _ten_thousandths(ratio: Number | str) -> int:
    return int(Decimal(str(ratio)) * WHOLE)
