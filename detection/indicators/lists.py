"""How the list of an indicator is declared: a function from views, periods and thresholds to rows.

What is counted by month, whatever the period, is declared with `monthly` and names no period: the rows have a
``month``, and those of a period are the list. A list that looks at a period as a whole, at the state of its last day
or at a person's sums, is declared with `periodic`: it gets any number of periods at once, and its rows have a
``period``, the place in their sequence.

The columns of a list:

================  ========  ==========================================================================
numerator         Int64     count or fen of the row
denominator       Int64     the same
insured_code      Int32     code of the person whom the row is about; absent where it is about no person
institution_code  Int32     optional: code of the institution
record            String    optional: id of the row behind it, for instance of a settlement
person_category   String    optional: category on the day; else that of the period's end
part              String    optional: what of the numerator the row is (a reason, a use, a cause)
side              Int8      optional: 0 or 1, the two quotients of a difference
================  ========  ==========================================================================

The value is Σ numerator / Σ denominator, of a difference the quotient of side 0 less that of side 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import narwhals.stable.v2 as nw

from detection.indicators.thresholds import ThresholdValues
from features.indicators.periods import Period
from features.registry import Frame, Relations, import_modules

MonthlyFunction = Callable[[Relations, ThresholdValues], Frame]
PeriodicFunction = Callable[[Relations, Sequence[Period], ThresholdValues], Frame]
SCREEN_PACKAGES = ("participation", "benefit", "accounts", "family_aid", "fund_risk", "awareness")
"""Packages next to this module that hold the lists of a screen and their cards."""


@dataclass(frozen=True)
class MonthlyList:
    """A list whose rows belong to months.

    Attributes:
        name: stored name of the indicator.
        build: the function.
        record: kind of id in ``record`` (``settlement``, ``month``, ...); empty when a row is a person.
        looks_back: months of data that must lie before the end of a period.
    """

    name: str
    build: MonthlyFunction
    record: str = ""
    looks_back: int = 0

    def rows(self, views: Relations, period: Period, thresholds: ThresholdValues) -> Frame:
        """The list of one period."""
        rows = self.build(views, thresholds).filter(nw.col("month").is_between(period.start, period.end))
        return rows if self.record == "month" else rows.drop("month")


@dataclass(frozen=True)
class PeriodicList:
    """A list whose rows depend on the whole of a period; the attributes are those of `MonthlyList`."""

    name: str
    build: PeriodicFunction
    record: str = ""
    looks_back: int = 0

    def rows(self, views: Relations, period: Period, thresholds: ThresholdValues) -> Frame:
        """The list of one period."""
        return self.build(views, [period], thresholds).drop("period")


IndicatorList = MonthlyList | PeriodicList
_lists: dict[str, IndicatorList] = {}


def monthly(*, record: str = "", name: str = "") -> Callable[[MonthlyFunction], MonthlyFunction]:
    """Register a list by month.

    Args:
        record: see `MonthlyList`.
        name: stored name, where it is not the function's.

    Raises:
        ValueError: there is a list of that name already.
    """

    def register(build: MonthlyFunction) -> MonthlyFunction:
        _register(MonthlyList(name or build.__name__, build, record))
        return build

    return register


def periodic(
    *, record: str = "", looks_back: int = 0, name: str = ""
) -> Callable[[PeriodicFunction], PeriodicFunction]:
    """Register a list by period.

    Args:
        record: see `PeriodicList`.
        looks_back: see `PeriodicList`.
        name: stored name, where it is not the function's.

    Raises:
        ValueError: there is a list of that name already.
    """

    def register(build: PeriodicFunction) -> PeriodicFunction:
        _register(PeriodicList(name or build.__name__, build, record, looks_back))
        return build

    return register


def _register(declared: IndicatorList) -> None:
    if declared.name in _lists:
        msg = f"{declared.build.__module__}.{declared.name}: there is an indicator of that name already"
        raise ValueError(msg)
    _lists[declared.name] = declared


def all_lists() -> dict[str, IndicatorList]:
    """Every list by name, sorted."""
    for screen in SCREEN_PACKAGES:
        import_modules(f"{__package__}.{screen}")
    return dict(sorted(_lists.items()))


def settlement_rows(settlements: Frame, numerator: nw.Expr, denominator: nw.Expr, *more: nw.Expr) -> Frame:
    """A list of settlements by month: person, institution, category, and the two integers."""
    return settlements.select(
        "month",
        "insured_code",
        "institution_code",
        "person_category",
        nw.col("settlement_id").alias("record"),
        numerator.alias("numerator"),
        denominator.cast(nw.Int64).alias("denominator"),
        *more,
    )


def counted_people(people: Frame, counted: Frame) -> Frame:
    """A row for each person and period of ``people``: denominator 1; numerator 1 for those among ``counted``."""
    return people.join(
        counted.with_columns(numerator=nw.lit(1).cast(nw.Int64)), on=["period", "insured_code"], how="left"
    ).with_columns(nw.col("numerator").fill_null(0), denominator=nw.lit(1).cast(nw.Int64))
