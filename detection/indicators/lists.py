"""How the list of an indicator is declared: a function from views, a period and thresholds to rows.

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

from collections.abc import Callable
from dataclasses import dataclass

import narwhals.stable.v2 as nw

from detection.indicators.thresholds import ThresholdValues
from features.indicators.periods import Period
from features.registry import Frame, Relations, import_modules

ListFunction = Callable[[Relations, Period, ThresholdValues], Frame]
SCREEN_PACKAGES = ("participation", "benefit", "accounts", "family_aid", "fund_risk", "awareness")
"""Packages next to this module that hold the lists of a screen and their cards."""


@dataclass(frozen=True)
class IndicatorList:
    """One list, declared.

    Attributes:
        name: stored name of the indicator.
        build: the function.
        record: kind of id in ``record`` (``settlement``, ``month``, ...); empty when a row is a person.
        looks_back: months of data that must lie before the end of a period.
    """

    name: str
    build: ListFunction
    record: str = ""
    looks_back: int = 0


_lists: dict[str, IndicatorList] = {}


def indicator(
    *, record: str = "", looks_back: int = 0, name: str = ""
) -> Callable[[ListFunction], ListFunction]:
    """Register a list.

    Args:
        record: see `IndicatorList`.
        looks_back: see `IndicatorList`.
        name: stored name, where it is not the function's.

    Raises:
        ValueError: there is a list of that name already.
    """

    def register(build: ListFunction) -> ListFunction:
        stored = name or build.__name__
        if stored in _lists:
            msg = f"{build.__module__}.{stored}: there is an indicator of that name already"
            raise ValueError(msg)
        _lists[stored] = IndicatorList(stored, build, record, looks_back)
        return build

    return register


def all_lists() -> dict[str, IndicatorList]:
    """Every list by name, sorted."""
    for screen in SCREEN_PACKAGES:
        import_modules(f"{__package__}.{screen}")
    return dict(sorted(_lists.items()))


def settlement_rows(settlements: Frame, numerator: nw.Expr, denominator: nw.Expr, *more: nw.Expr) -> Frame:
    """A list of settlements: person, institution, category, and the two integers."""
    return settlements.select(
        "insured_code",
        "institution_code",
        "person_category",
        nw.col("settlement_id").alias("record"),
        numerator.alias("numerator"),
        denominator.cast(nw.Int64).alias("denominator"),
        *more,
    )


def counted_people(people: Frame, counted: Frame) -> Frame:
    """A row for each person of ``people``: denominator 1, and numerator 1 for those who are among ``counted``."""
    return people.join(
        counted.with_columns(numerator=nw.lit(1).cast(nw.Int64)), on="insured_code", how="left"
    ).with_columns(nw.col("numerator").fill_null(0), denominator=nw.lit(1).cast(nw.Int64))
