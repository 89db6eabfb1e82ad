"""Asks one detector its question, on the rows that it can judge, and says what it could not judge.

What is missing never stops a run and never counts as "no risk": it is written beside the hits.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass

import narwhals as nw
import polars as pl

from detection.assessability import Assessability, assess
from detection.cards import Card
from detection.catalogue import Detector
from detection.facts import Facts
from detection.limits import inside, limits
from features.errors import CardError


@dataclass(frozen=True)
class Judged:
    """What one detector found, and how far it could look.

    Attributes:
        detector: its name.
        hits: one row per evidence settlement and case, sorted: settlement_id, subject_id, the card's
            ``dedup`` columns, cause (String), strength (Float64, null for a deterministic rule), member_id.
        assessability: how far it could look.
    """

    detector: str
    hits: pl.DataFrame
    assessability: Assessability


def judge(detector: Detector, facts: Facts, period: tuple[dt.date, dt.date] | None = None) -> Judged:
    """Ask a detector, on the settlements of a period that it can judge.

    Args:
        detector: a rule or a network; anomalies are asked of the scores, see `assess`.
        facts: the whole data set.
        period: first and last service day; everything when None.

    Raises:
        CardError: the detector returns a column or a cause that its card does not promise. Missing data
            never raise.
    """
    card = detector.card
    able, judged = assess(card, facts, period)
    if detector.hits is None or able.status == "not_assessable":
        return Judged(card.detector, pl.DataFrame(schema=_schema(card)), able)
    narrowed = facts
    if period is not None or able.rows_judged < able.rows_total:
        narrowed = dataclasses.replace(
            facts, tables=facts.tables.replacing(settlements=facts.settlements.filter(judged))
        )
    found: pl.LazyFrame = detector.hits(narrowed, card.lines).to_native()
    settlements: pl.LazyFrame = narrowed.settlements.select("settlement_id", "person_id").to_native()
    hits = _known(card, _in_order(card, found, settlements), facts)
    verify = [name for name, cause in card.causes.items() if cause.judgement == "verify"]
    elsewhere = hits.filter(pl.col("cause").is_in(verify))
    return Judged(card.detector, hits.filter(~pl.col("cause").is_in(verify)), _left_to(elsewhere, card, able))


def _known(card: Card, hits: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """The hits whose cause can be judged on their settlement: the policy of one cause may be unknown alone."""
    met = nw.from_native(hits.lazy().select("settlement_id").unique())
    involved = facts.settlements.join(met, on="settlement_id", how="semi")
    kept = hits
    for name in hits["cause"].unique().sort():
        bounds = limits(card, facts, name)
        if not bounds:
            continue
        judged: pl.LazyFrame = involved.filter(inside(bounds)).select("settlement_id").to_native()
        rows = judged.collect(engine="streaming").lazy()
        of_cause = hits.lazy().filter(pl.col("cause") == name)
        outside = of_cause.join(rows, on="settlement_id", how="anti").collect()
        if not outside.is_empty():
            kept = kept.join(outside, on=["settlement_id", "cause"], how="anti")
    return kept


def _left_to(elsewhere: pl.DataFrame, card: Card, able: Assessability) -> Assessability:
    """What only another area or office can tell is no alert: it could not be judged here, and is counted."""
    if elsewhere.is_empty():
        return able
    counted = elsewhere.group_by("cause").agg(
        n=pl.col("settlement_id").n_unique(), people=pl.col("member_id").n_unique()
    )
    said = [(card.causes[row["cause"]], row) for row in counted.sort("cause").iter_rows(named=True)]
    en = [f"{cause.en} (settlements: {row['n']:,}, people: {row['people']:,})" for cause, row in said]
    zh = [f"{row['people']:,} 人的 {row['n']:,} 笔结算：{cause.zh}" for cause, row in said]
    return dataclasses.replace(
        able,
        status="partial",
        reason_en="; ".join(filter(None, [able.reason_en, *en])),
        reason_zh="；".join(filter(None, [able.reason_zh, *zh])),
        rows_judged=able.rows_judged - elsewhere["settlement_id"].n_unique(),
    )


def _in_order(card: Card, found: pl.LazyFrame, settlements: pl.LazyFrame) -> pl.DataFrame:
    """The promised columns of settlements that could be judged, each row once, in one order."""
    there = set(found.collect_schema().names())
    schema = _schema(card)
    missing = sorted(set(schema) - there - {"strength", "member_id"})
    if missing:
        raise CardError(
            "A detector does not return what its card promises.", where=card.detector, problems=missing
        )
    columns = {name: pl.col(name) if name in there else pl.lit(None) for name in schema}
    columns["member_id"] = pl.coalesce(columns["member_id"], pl.col("person_id"))
    hits = (
        found.join(settlements, on="settlement_id", how="inner", suffix="_of_settlement")
        .select(columns[name].cast(kind).alias(name) for name, kind in schema.items())
        .unique()
        .sort([*card.dedup, "settlement_id", "cause", "member_id"])
        .collect(engine="streaming")  # the hits are few, the settlements many
    )
    unknown = sorted(set(hits["cause"].unique()) - set(card.causes))
    if unknown:
        raise CardError(
            "A detector returns causes that its card does not know.", where=card.detector, problems=unknown
        )
    return hits


def _schema(card: Card) -> dict[str, pl.DataType]:
    names = dict.fromkeys(["settlement_id", "subject_id", *card.dedup, "cause"], pl.String())
    return {**names, "strength": pl.Float64(), "member_id": pl.String()}
