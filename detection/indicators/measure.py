"""Measuring every indicator over every period of a run's data: the last files that a run writes.

::

    runs/<run_id>/indicators/
      tables/*.parquet   views that the lists are made from (`detection.indicators.tables`)
      values.parquet     one row per indicator, period and side: sums, and the people behind them
      about.json         months, cut-over, what could not be measured and why, policy versions
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.assessability import Assessability
from detection.detectors.context import DetectorContext
from detection.indicators.about import About, policy_history
from detection.indicators.assessability import Reason, missing_for, missing_in
from detection.indicators.catalogue import Indicator, indicators
from detection.indicators.findings import Findings
from detection.indicators.lists import MonthlyList
from detection.indicators.sums import sums, sums_by_period
from detection.indicators.tables import FOLDER, build_tables
from features.engine import collect
from features.indicators.periods import Period, periods
from features.registry import Relations
from features.visits.settlements import count

VALUES: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "kind": pl.String(),
    "start": pl.Int32(),
    "end": pl.Int32(),
    "side": pl.Int8(),
    "numerator": pl.Int64(),
    "denominator": pl.Int64(),
    "units": pl.Int64(),
    "counted": pl.Int64(),
    "rest": pl.Int64(),
}
"""Columns of ``values.parquet``."""
_PERSON_MONTHS = 4_000_000
"""People times months that one query of a list by period may look at: what it makes of them stays in memory."""


def measure(
    context: DetectorContext, findings: Findings, detectors: Mapping[str, Assessability], folder: Path
) -> None:
    """Write what readers need of every indicator into a folder that does not exist yet.

    Args:
        context: tables, views and policy of the run; ids may be codes.
        findings: what detectors reported and could assess.
        detectors: how far each detector could look.
        folder: ``indicators/`` of the run.
    """
    (folder / FOLDER).mkdir(parents=True)
    views = build_tables(context.views, context.policy, findings, folder / FOLDER)
    first, last = _months(context)
    cut_over = context.policy.cut_over
    at_once = _at_once(views, last - first + 1)
    values: list[pl.DataFrame] = []
    lacking: dict[str, tuple[Reason, ...]] = {}
    outside: dict[str, dict[str, tuple[Reason, ...]]] = {}
    for name, indicator in sorted(indicators().items()):
        if reasons := missing_for(indicator.card, context, detectors):
            lacking[name] = tuple(reasons)
            continue
        measured: list[Period] = []
        for period in periods(first, last, cut_over):
            if period.kind not in indicator.card.kinds:
                continue
            if missing := missing_in(period, indicator, context, first):
                outside.setdefault(name, {})[period.key] = tuple(missing)
            else:
                measured.append(period)
        values += values_of(indicator, views, measured, at_once)
    table = pl.concat([pl.DataFrame(schema=VALUES), *values])
    table.sort("indicator", "kind", "end", "side").write_parquet(folder / "values.parquet")
    about = About(
        first=first,
        last=last,
        cut_over=cut_over,
        lacking=lacking,
        outside=outside,
        policy=policy_history(
            context.policy, {name for indicator in indicators().values() for name in indicator.card.spans}
        ),
    )
    about.write(folder)


def values_of(
    indicator: Indicator, views: Relations, measured: Sequence[Period], at_once: int
) -> Iterator[pl.DataFrame]:
    """Sums over some periods: by one query for all with the same thresholds, or for as many as memory allows.

    Args:
        indicator: the indicator.
        views: the views of the run.
        measured: the periods.
        at_once: most periods of one query of a list by period.

    Yields:
        Frames of the columns of `VALUES`; no row for a period in which nothing is counted.
    """
    for thresholds, alike in indicator.by_thresholds(measured):
        if isinstance(indicator.declared, MonthlyList):
            rows = indicator.declared.build(views, thresholds)
            yield _named(indicator, alike, sums_by_period(rows, alike))
            continue
        for start in range(0, len(alike), at_once):
            some = alike[start : start + at_once]
            rows = indicator.declared.build(views, some, thresholds)
            yield _named(indicator, some, collect(sums(rows, "period")))


def _named(indicator: Indicator, measured: Sequence[Period], totals: pl.DataFrame) -> pl.DataFrame:
    """Sums with the names of the indicator and of their periods, in the columns of `VALUES`."""
    keys = pl.DataFrame(
        [(period.kind, period.start, period.end) for period in measured],
        schema=["kind", "start", "end"],
        orient="row",
    )
    return (
        totals.join(keys.with_row_index("period").cast({"period": pl.Int32}), on="period")
        .with_columns(indicator=pl.lit(indicator.name))
        .select(pl.col(name).cast(kind) for name, kind in VALUES.items())
    )


def _at_once(views: Relations, months: int) -> int:
    """How many periods one query of a list by period may look at; each may look at every person's every month."""
    people = int(collect(views["insured"].select(count().alias("people"))).item())
    return max(1, _PERSON_MONTHS // max(1, people * months))


def _months(context: DetectorContext) -> tuple[int, int]:
    """Months of the first and of the last day settled."""
    span = collect(
        context.whole.settlements.select(
            first=nw.col("settled_month").min(), last=nw.col("settled_month").max()
        )
    )
    first, last = span.row(0)
    return int(first), int(last)
