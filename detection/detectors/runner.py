"""Asks one detector its question, on the rows that it can judge, and says what it could not judge.

What is missing never stops a run and never counts as "no risk": it is written beside the hits.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass

import narwhals as nw
import polars as pl

from detection.detectors.assessability import Assessability, assess, lacking_for_cause
from detection.detectors.cards import Card
from detection.detectors.catalogue import Detector
from detection.detectors.context import DetectorContext
from detection.detectors.hits import evidence_keys, how_many, in_order, schema_of
from detection.detectors.judgeable_rows import areas_of, inside, limits
from detection.detectors.subject_tables import JUDGED, RECORDS

_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class Judged:
    """What one detector found, and how far it could look.

    Attributes:
        detector: its name.
        hits: one row per piece of evidence and case, sorted, with the columns of `detection.hits.schema_of`.
        assessability: how far it could look.
    """

    detector: str
    hits: pl.DataFrame
    assessability: Assessability


def judge(
    detector: Detector, context: DetectorContext, period: tuple[dt.date, dt.date] | None = None
) -> Judged:
    """Ask a detector, on the rows of a period that it can judge: settlements, or those of the table on its card.

    Args:
        detector: a rule or a network; anomalies are asked of the scores, see `assess`.
        context: the whole data set.
        period: first and last day; everything when None.

    Raises:
        CardError: the detector returns a column or a cause that its card does not promise. Missing data
            never raise.
    """
    card = detector.card
    able, judged = assess(card, context, period)
    if detector.hits is None or able.status == "not_assessable":
        return Judged(card.detector, pl.DataFrame(schema=schema_of(card)), able)
    narrowed = context
    if period is not None or able.rows_judged < able.rows_total:
        kept = {card.judged: context.tables.frame(card.judged).filter(judged)}
        narrowed = dataclasses.replace(context, tables=context.tables.replacing(**kept))
    found: pl.LazyFrame = detector.hits(narrowed, card.detector_thresholds).to_native()
    settlements: pl.LazyFrame = narrowed.settlements.select("settlement_id", "person_id").to_native()
    hits = _known(card, _during(period, in_order(card, found, settlements)), context)
    verify = [name for name, cause in card.causes.items() if cause.judgement == "verify"]
    elsewhere = hits.filter(pl.col("cause").is_in(verify))
    return Judged(card.detector, hits.filter(~pl.col("cause").is_in(verify)), _left_to(elsewhere, card, able))


def _during(period: tuple[dt.date, dt.date] | None, hits: pl.DataFrame) -> pl.DataFrame:
    """Of hits on records, those of the period; those on settlements are of it already."""
    if period is None or "record_day" not in hits.columns:
        return hits
    first, last = ((day - _EPOCH).days for day in period)
    return hits.filter(pl.col("record_day").is_between(first, last))


def _known(card: Card, hits: pl.DataFrame, context: DetectorContext) -> pl.DataFrame:
    """The hits whose cause can be judged on their evidence: the policy of one cause may be unknown alone."""
    kept = hits
    keys, rows_of = list(evidence_keys(card)), JUDGED[card.judged]
    involved = hits.lazy().select(keys).unique()
    if card.evidence == "records":
        rows_of, involved = RECORDS, hits.lazy()
    else:
        whole: pl.LazyFrame = context.settlements.to_native()
        involved = whole.join(involved, on=keys, how="semi")
    areas = areas_of(card, context, rows_of) if not hits.is_empty() else []
    for name in hits["cause"].unique().sort():
        if any(lacking_for_cause(card, name, context)):
            kept = kept.filter(pl.col("cause") != name)
            continue
        bounds = limits(card, context, rows_of, name, areas=areas)
        if not bounds:
            continue
        judged: pl.LazyFrame = nw.from_native(involved).filter(inside(bounds)).select(keys).to_native()
        rows = judged.collect(engine="streaming").lazy()
        of_cause = hits.lazy().filter(pl.col("cause") == name)
        outside = of_cause.join(rows, on=keys, how="anti").collect()
        if not outside.is_empty():
            kept = kept.join(outside, on=[*keys, "cause"], how="anti")
    return kept


def _left_to(elsewhere: pl.DataFrame, card: Card, able: Assessability) -> Assessability:
    """What only another area or office can tell is no alert: it could not be judged here, and is counted."""
    if elsewhere.is_empty():
        return able
    rows_of, many = RECORDS if card.evidence == "records" else JUDGED["settlements"], how_many(card)
    counted = elsewhere.group_by("cause").agg(n=many, people=pl.col("member_id").n_unique())
    said = [(card.causes[row["cause"]], row) for row in counted.sort("cause").iter_rows(named=True)]
    en = [f"{cause.en} ({rows_of.en}: {row['n']:,}, people: {row['people']:,})" for cause, row in said]
    zh = [
        f"{row['people']:,} 人的 {rows_of.counted_zh(format(row['n'], ','))}：{cause.zh}"
        for cause, row in said
    ]
    own = elsewhere if card.evidence == "settlements" else elsewhere.filter(record_table=card.judged)
    return dataclasses.replace(
        able,
        status="partial",
        reason_en="; ".join(filter(None, [able.reason_en, *en])),
        reason_zh="；".join(filter(None, [able.reason_zh, *zh])),
        rows_judged=able.rows_judged - own.select(many).item(),
    )
