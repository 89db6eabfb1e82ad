"""How indicators are declared and found: a function from the ground, a period and drawn lines to a list.

The list's columns:

==============  ========  ==========================================================================
numerator       Int64     count or fen of the row
denominator     Int64     the same
person          Int32     code of whom the row is about; null where the row is about nobody
provider        Int32     optional: code of the institution
record          String    optional: kind and id of the row behind it, for instance a settlement
person_category String    optional: category on the day; else that of the period's end
part            String    optional: what of the numerator the row is (a reason, a use, a cause)
side            Int8      optional: 0 or 1, the two quotients of a difference
==============  ========  ==========================================================================

The value is Σ numerator / Σ denominator, of a difference the quotient of side 0 less that of side 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from features.indicators.ground import Ground, discover
from features.indicators.periods import Period
from features.indicators.population import categories
from features.registry import Frame

Drawn = Mapping[str, Any]
"""Values of the card's lines on the last day of the period, by name."""

CUTS = (
    "district",
    "respondent_group",
    "person_category",
    "age_band",
    "employer_id",
    "provider_kind",
    "provider_level",
    "provider_id",
    "part",
)


@dataclass(frozen=True)
class Indicator:
    """One list, declared.

    Attributes:
        name: the function's name.
        rows: the function.
        record: kind of id in ``record`` (``settlement``, ``month``, ...); empty when a row is a person.
        looks_back: months of data that must lie before the end of a period.
    """

    name: str
    rows: Callable[[Ground, Period, Drawn], Frame]
    record: str = ""
    looks_back: int = 0


_indicators: dict[str, Indicator] = {}


def indicator(
    *, record: str = "", looks_back: int = 0
) -> Callable[[Callable[[Ground, Period, Drawn], Frame]], Callable[[Ground, Period, Drawn], Frame]]:
    """Register a list under its function's name."""

    def register(rows: Callable[[Ground, Period, Drawn], Frame]) -> Callable[[Ground, Period, Drawn], Frame]:
        name = rows.__name__
        if name in _indicators:
            msg = f"{rows.__module__}.{name}: there is an indicator of that name already"
            raise ValueError(msg)
        _indicators[name] = Indicator(name, rows, record, looks_back)
        return rows

    return register


def all_indicators() -> dict[str, Indicator]:
    """Every indicator by name, sorted."""
    discover()
    return dict(sorted(_indicators.items()))


def with_cuts(found: Frame, ground: Ground, period: Period) -> Frame:
    """A list with everything that it can be cut by: what the person is, and the institution where there is one."""
    columns = found.collect_schema().names()
    if "person" in columns:
        found = found.join(ground["people"], on="person", how="left")
        if "person_category" not in columns:
            found = found.join(categories(ground, period), on="person", how="left")
            found = found.with_columns(nw.col("person_category").fill_null("unknown"))
    if "provider" in columns:
        found = found.join(ground["institutions"], on="provider", how="left")
    return found
