"""Values of many periods at once are the sums of the lists of each, however many periods a query looks at."""

from __future__ import annotations

from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from support.random_worlds.findings import random_findings
from support.random_worlds.indicators import indicator_tables

from detection.indicators.catalogue import Indicator, indicators
from detection.indicators.measure import VALUES, values_of
from detection.indicators.sums import sums, sums_by_period
from detection.indicators.tables import build_tables
from features.engine import Views, collect
from features.indicators.periods import Period, periods
from features.policy import load_policy
from features.registry import Relations

AREA, SEED, EVERY = "320600", 1, 10_000
THREE_MONTHS = [Period("month", month, month) for month in (1, 2, 3)]
LONGER = [Period("whole", 1, 3), Period("before", 1, 2), Period("after", 3, 3)]


@pytest.mark.slow
@pytest.mark.parametrize("at_once", [EVERY, 5])
def test_values_are_the_sums_of_the_lists(at_once: int, tmp_path: Path) -> None:
    policy, tables = load_policy(AREA, profile="illustrative"), indicator_tables(SEED)
    views = build_tables(Views(tables), policy, random_findings(tables, SEED).findings(), tmp_path)
    first, last = collect(
        views["benefit_limits"].select(a=nw.col("month").min(), b=nw.col("month").max())
    ).row(0)
    counted = set()
    for name, indicator in indicators().items():
        kinds, back = indicator.card.kinds, indicator.declared.looks_back
        measured = [
            period
            for period in periods(first, last, policy.cut_over)
            if period.kind in kinds and period.end - back + 1 >= first
        ]
        expected = {row for period in measured for row in _by_hand(indicator, views, period)}
        values = pl.concat(values_of(indicator, views, measured, at_once))
        assert values.schema == VALUES
        assert set(values.iter_rows()) == expected, name
        assert values.height == len(expected), name
        counted |= {name} if len(expected) > 1 else set()
    assert counted == set(indicators())


def _by_hand(indicator: Indicator, views: Relations, period: Period) -> list[tuple[object, ...]]:
    totals = collect(sums(indicator.rows(views, period)))
    key = (indicator.name, period.kind, period.start, period.end)
    return [(*key, *row) for row in totals.select(list(VALUES)[len(key) :]).iter_rows()]


def _listed(*rows: tuple[int | None, int | None, int, int]) -> nw.LazyFrame[pl.LazyFrame]:
    names = ("insured_code", "month", "numerator", "denominator")
    return nw.from_native(
        pl.LazyFrame(rows, schema=dict.fromkeys(names, pl.Int64), orient="row")
    ).with_columns(nw.col("insured_code", "month").cast(nw.Int32))


def _counted(listed: nw.LazyFrame[pl.LazyFrame], measured: list[Period]) -> dict[int, tuple[int, ...]]:
    table = sums_by_period(listed, measured).sort("period")
    return {
        row["period"]: tuple(row[name] for name in list(VALUES)[5:]) for row in table.iter_rows(named=True)
    }


def test_a_person_of_several_months_counts_once() -> None:
    listed = _listed((7, 1, 1, 1), (7, 3, 0, 1), (8, 2, 0, 2), (8, 2, 1, 1))
    assert _counted(listed, [*THREE_MONTHS, *LONGER]) == {
        0: (1, 1, 1, 1, 0),
        1: (1, 3, 1, 1, 1),
        2: (0, 1, 1, 0, 1),
        3: (2, 5, 2, 2, 2),
        4: (2, 4, 2, 2, 1),
        5: (0, 1, 1, 0, 1),
    }


def test_rows_that_name_no_person_count_and_are_no_unit() -> None:
    assert _counted(_listed((None, 1, 2, 3), (None, 2, 0, 4), (7, 2, 1, 1)), LONGER[:1]) == {
        0: (3, 8, 1, 1, 0)
    }


def test_where_a_list_is_about_no_person_a_row_is_a_unit() -> None:
    listed = _listed((0, 1, 1, 1), (0, 1, 0, 1), (0, 2, 1, 1)).drop("insured_code")
    assert _counted(listed, LONGER[:2]) == {0: (2, 3, 3, 2, 1), 1: (2, 3, 3, 2, 1)}


def test_rows_outside_all_periods_or_of_no_month_are_left_out() -> None:
    assert _counted(_listed((7, None, 1, 1), (7, 9, 1, 1), (7, 0, 1, 1)), LONGER) == {}
