"""Measuring every indicator over every period of a run's data: the last files that a run writes.

::

    runs/<run_id>/indicators/
      tables/*.parquet   views that the lists are made from (`detection.indicators.tables`)
      values.parquet     one row per indicator, period and side: sums, and the people behind them
      about.json         months, cut-over, what could not be measured and why, policy versions
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.assessability import Assessability
from detection.detectors.context import DetectorContext
from detection.indicators.about import About, policy_history
from detection.indicators.assessability import Reason, missing_for, missing_in
from detection.indicators.catalogue import Indicator, indicators
from detection.indicators.findings import Findings
from detection.indicators.tables import FOLDER, build_tables
from features.engine import collect
from features.indicators.periods import Period, periods
from features.registry import Frame, Relations

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


def measure(
    context: DetectorContext, findings: Findings, detectors: Mapping[str, Assessability], folder: Path
) -> None:
    """Write what readers need of every indicator into a folder that does not exist yet.

    Args:
        context: tables and policy of the run.
        findings: what detectors reported and could assess.
        detectors: how far each detector could look.
        folder: ``indicators/`` of the run.
    """
    (folder / FOLDER).mkdir(parents=True)
    views = build_tables(context.whole, context.policy, findings, folder / FOLDER)
    first, last = _months(context)
    cut_over = context.policy.cut_over
    values: list[pl.DataFrame] = []
    lacking: dict[str, tuple[Reason, ...]] = {}
    outside: dict[str, dict[str, tuple[Reason, ...]]] = {}
    for name, indicator in sorted(indicators().items()):
        if reasons := missing_for(indicator.card, context, detectors):
            lacking[name] = tuple(reasons)
            continue
        for period in periods(first, last, cut_over):
            if period.kind not in indicator.card.kinds:
                continue
            if missing := missing_in(period, indicator, context, first):
                outside.setdefault(name, {})[period.key] = tuple(missing)
            else:
                values.append(_value(indicator, views, period))
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


def sums(rows: Frame, *by: str) -> Frame:
    """Numerator, denominator and units of a list, by its sides and by other columns.

    A unit is a person who counts in the denominator; where a list is about no person, a row is a unit. ``counted`` and
    ``rest`` are the units that count in the numerator, and those of whom something does not.
    """
    columns = rows.collect_schema().names()
    if "side" not in columns:
        rows = rows.with_columns(side=nw.lit(0))
    parts = {
        "units": nw.col("denominator") != 0,
        "counted": nw.col("numerator") != 0,
        "rest": nw.col("numerator") != nw.col("denominator"),
    }
    rows = rows.with_columns(**{name: part.cast(nw.Int64) for name, part in parts.items()})
    if "insured_code" in columns:
        of_person = rows.group_by("side", *by, "insured_code").agg(
            nw.col("numerator", "denominator").sum(), nw.col(*parts).max()
        )
        # Rows that name nobody count, and are no unit.
        named = ~nw.col("insured_code").is_null()
        rows = of_person.with_columns(
            **{name: nw.when(named).then(nw.col(name)).otherwise(nw.lit(0)) for name in parts}
        )
    return rows.group_by("side", *by).agg(nw.col("numerator", "denominator", *parts).sum())


def _value(indicator: Indicator, views: Relations, period: Period) -> pl.DataFrame:
    totals = collect(sums(indicator.rows(views, period)))
    key = {"indicator": indicator.name, "kind": period.kind, "start": period.start, "end": period.end}
    return totals.with_columns(pl.lit(value).alias(name) for name, value in key.items()).select(
        pl.col(name).cast(kind) for name, kind in VALUES.items()
    )


def _months(context: DetectorContext) -> tuple[int, int]:
    """Months of the first and of the last day settled."""
    span = collect(
        context.whole.settlements.select(
            first=nw.col("settled_month").min(), last=nw.col("settled_month").max()
        )
    )
    first, last = span.row(0)
    return int(first), int(last)
