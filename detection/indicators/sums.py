"""From a list to its sums, and to the people behind them: of rows, or of many periods by one pass over a list."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw
import polars as pl

from features.engine import collect
from features.indicators.periods import Period, months_of
from features.registry import Frame

_AMOUNTS = ("numerator", "denominator")
_PEOPLE = {
    "units": nw.col("denominator") != 0,
    "counted": nw.col("numerator") != 0,
    "rest": nw.col("numerator") != nw.col("denominator"),
}
"""Who is behind an amount: a unit counts in the denominator; of ``rest`` something does not count in the numerator."""
_NEVER = 99_999
"""A month that no period comes to."""


def sums(rows: Frame, *by: str) -> Frame:
    """Numerator, denominator and units of a list, by its sides and by other columns.

    A unit is a person who counts in the denominator; where a list is about no person, a row is a unit. ``counted`` and
    ``rest`` are the units that count in the numerator, and those of whom something does not.
    """
    return _by_person(rows, *by).group_by("side", *by).agg(nw.col(*_AMOUNTS, *_PEOPLE).sum())


def sums_by_period(rows: Frame, periods: Sequence[Period]) -> pl.DataFrame:
    """The same of the months of each period, from one pass over a list that has a ``month``.

    Amounts of months add up; people do not, because one may come in several. A person counts in a period with the row
    of their last month in it: the one after which their next such month is later than the period's end.

    Returns:
        period (place in ``periods``), side, and the columns of `sums`; no row for a period without rows.
    """
    people = collect(_by_person(rows.filter(~nw.col("month").is_null()), "month"))
    months = collect(months_of(periods))
    amounts = people.group_by("side", "month").agg(pl.col(*_AMOUNTS, *_PEOPLE).sum())
    by_period = amounts.join(months, on="month").group_by("period", "side").agg(pl.exclude("month").sum())
    if "insured_code" not in people.columns:
        return by_period
    by_period = by_period.drop(_PEOPLE)
    people = people.select("side", "insured_code", "month", *_PEOPLE).sort("side", "insured_code", "month")
    ends = pl.DataFrame({"end": [period.end for period in periods]}).with_row_index("period")
    months = months.join(ends.cast(pl.Int32), on="period")
    for name in _PEOPLE:
        by_period = by_period.join(
            _present(people.filter(pl.col(name) > 0), months, name), on=_KEY, how="left"
        )
    return by_period.with_columns(pl.col(*_PEOPLE).fill_null(0))


_KEY = ("period", "side")


def _present(people: pl.DataFrame, months: pl.DataFrame, name: str) -> pl.DataFrame:
    """How many people have a month in each period: period, side, and the count under ``name``.

    Args:
        people: side, insured_code, month; each once, in this order.
        months: period, its last month ``end``, and each month of it.
        name: of the count.
    """
    same = pl.all_horizontal(pl.col(key) == pl.col(key).shift(-1) for key in ("side", "insured_code"))
    following = pl.when(same).then(pl.col("month").shift(-1)).otherwise(_NEVER)
    spells = people.with_columns(following=following).group_by("side", "month", "following").len(name)
    return (
        spells.join(months, on="month")
        .filter(pl.col("following") > pl.col("end"))
        .group_by(_KEY)
        .agg(pl.col(name).cast(pl.Int64).sum())
    )


def _by_person(rows: Frame, *by: str) -> Frame:
    """Amounts by side, other columns and person, with 1 in each column of `_PEOPLE` in which the person counts."""
    columns = rows.collect_schema().names()
    if "side" not in columns:
        rows = rows.with_columns(side=nw.lit(0))
    rows = rows.with_columns(**{name: part.cast(nw.Int64) for name, part in _PEOPLE.items()})
    if "insured_code" not in columns:
        return rows.group_by("side", *by).agg(nw.col(*_AMOUNTS, *_PEOPLE).sum())
    of_person = rows.group_by("side", *by, "insured_code").agg(
        nw.col(*_AMOUNTS).sum(), nw.col(*_PEOPLE).max()
    )
    # Rows that name nobody count, and are no unit.
    named = ~nw.col("insured_code").is_null()
    return of_person.with_columns(
        **{name: nw.when(named).then(nw.col(name)).otherwise(nw.lit(0)) for name in _PEOPLE}
    )
