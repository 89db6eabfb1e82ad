"""Run one detector on the rows that it can assess.

Missing data never stop a run and never count as "no risk": they are reported as not assessable.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.assessability import (
    Assessability,
    Period,
    assess,
    missing_for_cause,
    with_fewer_rows,
    with_reasons,
)
from detection.detectors.assessable_rows import area_filters, passing, row_filters
from detection.detectors.cards import Card
from detection.detectors.catalogue import Detector
from detection.detectors.context import DetectorContext
from detection.detectors.exposure import Exposure, exposures
from detection.detectors.hits import evidence_count, evidence_keys, ordered_hits, schema_of
from detection.detectors.subject_tables import RECORDS, SUBJECT_TABLES
from features.calendar import day_number


@dataclass(frozen=True)
class Evaluation:
    """The hits of one detector, and what it could assess.

    Attributes:
        detector: its name.
        hits: one row per piece of evidence and case, sorted, with the columns of `detection.detectors.hits.schema_of`.
        assessability: which rows it could assess.
        exposure: how common each violation is, by cause.
    """

    detector: str
    hits: pl.DataFrame
    assessability: Assessability
    exposure: Mapping[str, Exposure] = field(default_factory=dict)


HitSource = Callable[[Detector, DetectorContext, nw.Expr], pl.DataFrame]
"""The hits of a detector: from the data with the rows that it can assess, and what is true for those rows."""


def all_hits(detector: Detector, narrowed: DetectorContext, assessable: nw.Expr) -> pl.DataFrame:
    """The hits of a detector on all rows that it can assess, as its card promises them.

    Args:
        detector: a rule or a network.
        narrowed: the data, with the rows that it can assess.
        assessable: true for those rows; they are chosen already.
    """
    del assessable
    query, card = detector.hits, detector.card
    if query is None:
        return pl.DataFrame(schema=schema_of(card))
    returned: pl.LazyFrame = query(narrowed, card.detector_thresholds).to_native()
    people: pl.LazyFrame = narrowed.assessable.settlements.select("settlement_id", "person_id").to_native()
    return ordered_hits(card, returned, people)


def evaluate(
    detector: Detector,
    context: DetectorContext,
    period: Period | None = None,
    source: HitSource = all_hits,
) -> Evaluation:
    """Evaluate a detector on the rows of a period that it can assess.

    Args:
        detector: a rule or a network; a model's card alone has no hits, see `assess`.
        context: the whole data set.
        period: first and last day; everything when None.
        source: of the hits; where a period is given, it has to look at all rows.

    Raises:
        CardError: the detector returns a column or a cause that its card does not promise. Missing data
            never raise.
    """
    card = detector.card
    assessability, assessable = assess(card, context, period)
    if detector.hits is None or assessability.status == "not_assessable":
        return Evaluation(card.detector, pl.DataFrame(schema=schema_of(card)), assessability)
    narrowed = context
    if period is not None or assessability.rows_judged < assessability.rows_total:
        rows = {card.subject_table: context.whole.frame(card.subject_table).filter(assessable)}
        narrowed = dataclasses.replace(context, assessable=context.whole.replacing(**rows))
    raised = _in_period(period, source(detector, narrowed, assessable))
    hits = context.whole.in_text(_with_assessable_cause(card, raised, context), *schema_of(card))
    to_verify = pl.col("cause").is_in(card.causes_with("verify"))
    unconfirmed, confirmed = hits.filter(to_verify), hits.filter(~to_verify)
    exposure = exposures(detector, confirmed, narrowed)
    common = [name for name, each in exposure.items() if each.is_common(card, card.causes[name])]
    reasons = [exposure[name].reason(card, card.causes[name]) for name in common]
    return Evaluation(
        card.detector,
        _without_common(confirmed, card, common, context.area),
        with_reasons(_without_unconfirmed(unconfirmed, card, assessability), reasons),
        exposure,
    )


def _without_common(hits: pl.DataFrame, card: Card, common: Sequence[str], area: str) -> pl.DataFrame:
    """Without what is too common to be a violation: left out, or one case of the agency as its cause says."""
    by_agency = [name for name in common if card.causes[name].when_common == "summary"]
    left_out = [name for name in common if name not in by_agency]
    kept, of_agency = hits.filter(~pl.col("cause").is_in(left_out)), pl.col("cause").is_in(by_agency)
    agency = {"subject_kind": pl.lit("agency"), "subject_id": pl.lit(area)}
    agency |= dict.fromkeys(card.dedup, pl.lit("agency"))
    return kept.with_columns(
        pl.when(of_agency).then(value).otherwise(name).alias(name) for name, value in agency.items()
    )


def _in_period(period: Period | None, hits: pl.DataFrame) -> pl.DataFrame:
    """The hits on records of the period; hits on settlements are of the period already."""
    if period is None or "record_day" not in hits.columns:
        return hits
    first, last = (day_number(date) for date in period)
    return hits.filter(pl.col("record_day").is_between(first, last))


def _with_assessable_cause(card: Card, hits: pl.DataFrame, context: DetectorContext) -> pl.DataFrame:
    """The hits whose cause can be assessed on their evidence: the policy of one cause may be unknown alone."""
    kept = hits
    keys, table = list(evidence_keys(card)), SUBJECT_TABLES[card.subject_table]
    involved = hits.lazy().select(keys).unique()
    if card.evidence == "records":
        table, involved = RECORDS, hits.lazy()
    else:
        whole: pl.LazyFrame = context.whole.settlements.to_native()
        involved = whole.join(involved, on=keys, how="semi")
    areas = area_filters(card, context, table) if not hits.is_empty() else []
    for cause in hits["cause"].unique().sort():
        if any(missing_for_cause(card, cause, context)):
            kept = kept.filter(pl.col("cause") != cause)
            continue
        filters = row_filters(card, context, table, cause, areas=areas)
        if not filters:
            continue
        passed: pl.LazyFrame = nw.from_native(involved).filter(passing(filters)).select(keys).to_native()
        assessable = passed.collect(engine="streaming").lazy()
        of_cause = hits.lazy().filter(pl.col("cause") == cause)
        removed = of_cause.join(assessable, on=keys, how="anti").collect()
        if not removed.is_empty():
            kept = kept.join(removed, on=[*keys, "cause"], how="anti")
    return kept


def _without_unconfirmed(
    unconfirmed: pl.DataFrame, card: Card, assessability: Assessability
) -> Assessability:
    """Count hits that only another area or office could confirm as not assessable: they raise no alert."""
    if unconfirmed.is_empty():
        return assessability
    count = evidence_count(card)
    table = RECORDS if card.evidence == "records" else SUBJECT_TABLES["settlements"]
    counts = unconfirmed.group_by("cause").agg(n=count, people=pl.col("member_id").n_unique()).sort("cause")
    by_cause = [(card.causes[row["cause"]], row) for row in counts.iter_rows(named=True)]
    en = [f"{cause.en} ({table.en}: {row['n']:,}, people: {row['people']:,})" for cause, row in by_cause]
    zh = [
        f"{row['people']:,} 人的 {table.counted_zh(format(row['n'], ','))}：{cause.zh}"
        for cause, row in by_cause
    ]
    counted = unconfirmed
    if card.evidence == "records":
        counted = unconfirmed.filter(record_table=card.subject_table)
    rows = int(counted.select(count).item())
    subjects = SUBJECT_TABLES[card.subject_table]
    return with_fewer_rows(assessability, rows, list(zip(en, zh, strict=True)), subjects)
