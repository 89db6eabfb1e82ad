"""Measuring every indicator over every period of a run's data: the last files that a run writes.

::

    runs/<run_id>/indicators/
      ground/*.parquet   what the lists are made from (`features.indicators.ground`)
      values.parquet     one row per indicator, period and side: numerator, denominator, units
      about.json         months, cut-over, what could not be measured and why, policy versions
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from detection.detectors.assessability import Assessability
from detection.detectors.context import DetectorContext
from detection.indicators.assessable import Reason, lacking, lacking_in
from detection.indicators.card import IndicatorCard
from detection.indicators.card_files import indicator_cards
from features.indicators.ground import Ground, Source, lay
from features.indicators.periods import Period, periods
from features.indicators.registry import Indicator, all_indicators
from features.policy import Policy, Window
from features.registry import Frame

_EPOCH = dt.date(1970, 1, 1)
VALUES: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "kind": pl.String(),
    "start": pl.Int32(),
    "end": pl.Int32(),
    "side": pl.Int8(),
    "numerator": pl.Int64(),
    "denominator": pl.Int64(),
    "units": pl.Int64(),
}


def measure(
    context: DetectorContext, seen: Mapping[str, Frame], detectors: Mapping[str, Assessability], folder: Path
) -> None:
    """Write what readers need of every indicator into a folder that is not there yet.

    Args:
        context: tables, views and policy of the run.
        seen: what detectors found, and could judge (`features.indicators.ground.Source`).
        detectors: how far each detector could look.
        folder: ``indicators/`` of the run.
    """
    (folder / "ground").mkdir(parents=True)
    ground = lay(Source(context.tables, context.policy, seen), folder / "ground")
    first, last = _months(context)
    cut_over = context.policy.cut_over
    measured: list[pl.DataFrame] = []
    without: dict[str, list[Reason]] = {}
    outside: dict[str, dict[str, list[Reason]]] = {}
    for name, one in all_indicators().items():
        card = indicator_cards()[name]
        reasons = lacking(card, context, detectors)
        if reasons:
            without[name] = reasons
            continue
        for period in periods(first, last, cut_over):
            if period.kind not in card.kinds:
                continue
            if missing := lacking_in(period, card, one, context, first):
                outside.setdefault(name, {})[period.key] = missing
            else:
                measured.append(_measured(card, one, ground, period))
    table = pl.concat([pl.DataFrame(schema=VALUES), *measured])
    table.sort("indicator", "kind", "end", "side").write_parquet(folder / "values.parquet")
    about = {
        "first": first,
        "last": last,
        "cut_over": None if cut_over is None else str(cut_over),
        "lacking": without,
        "outside": outside,
        "policy": _versions(context.policy, indicator_cards()),
    }
    text = json.dumps(about, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "about.json").write_text(text, encoding="utf-8")


def sums(found: Frame, *by: str) -> Frame:
    """Numerator, denominator and units of a list, by its sides and by other columns.

    A unit is a person who counts in the denominator; where a list is about nobody, a row is a unit.
    """
    columns = found.collect_schema().names()
    counts = nw.col("denominator") != 0
    if "side" not in columns:
        found = found.with_columns(side=nw.lit(0))
    totals = [nw.col("numerator", "denominator").sum()]
    if "person" not in columns:
        rows = found.with_columns(units=counts.cast(nw.Int64))
        return rows.group_by("side", *by).agg(*totals, nw.col("units").sum())
    people = found.with_columns(counted=nw.when(counts).then(nw.col("person")))
    distinct = nw.col("counted").n_unique().cast(nw.Int64).alias("distinct")
    blank = nw.col("counted").is_null().any().alias("blank")
    return (
        people.group_by("side", *by)
        .agg(*totals, distinct, blank)
        .with_columns(units=nw.col("distinct") - nw.col("blank").cast(nw.Int64))
        .drop("distinct", "blank")
    )


def _measured(card: IndicatorCard, one: Indicator, ground: Ground, period: Period) -> pl.DataFrame:
    found = sums(one.rows(ground, period, card.drawn(period.last_day)))
    native: pl.LazyFrame = found.to_native()
    named = {"indicator": one.name, "kind": period.kind, "start": period.start, "end": period.end}
    return (
        native.with_columns(pl.lit(value).alias(name) for name, value in named.items())
        .select(pl.col(name).cast(kind) for name, kind in VALUES.items())
        .collect()
    )


def _months(context: DetectorContext) -> tuple[int, int]:
    """Months of the first and of the last day settled."""
    found: pl.LazyFrame = context.settlements.select(
        first=nw.col("settled_month").min(), last=nw.col("settled_month").max()
    ).to_native()
    first, last = found.collect().row(0)
    return int(first), int(last)


def _versions(policy: Policy, cards: Mapping[str, IndicatorCard]) -> dict[str, dict[str, Any]]:
    """Every version of the policy parameters that cards name."""
    named = sorted({name for card in cards.values() for name in card.spans} & set(policy.names()))
    return {
        name: {
            "words": dict(policy.words.get(name, {})),
            "versions": [_version(one) for one in policy.windows(name)],
        }
        for name in named
    }


def _version(one: Window) -> dict[str, Any]:
    last = None if one.end_day is None else str(_EPOCH + dt.timedelta(days=one.end_day))
    return {
        "from": str(_EPOCH + dt.timedelta(days=one.start_day)),
        "to": last,
        "value": [dict(row) for row in one.rows] if one.rows else one.value,
        "source": one.source,
        "status": one.status,
    }
