"""Hits become alerts: one per case key, with its money, period, grade, law and words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from detection.alerts import evidence as of
from detection.alerts.draft import EVIDENCE_SCHEMA, RECORD_SCHEMA, AlertDraft
from detection.alerts.grade import grade
from detection.alerts.law import always_in_force, quoted
from detection.alerts.sentences import people_text, seen
from detection.alerts.values import all_verified, day_of, values_used
from detection.detectors.cards import Card
from detection.detectors.hits import evidence_count, evidence_keys
from detection.masking import mark
from features.policy import Policy
from features.tables import Tables


@dataclass(frozen=True)
class _Ground:
    """What the alerts of one detector have in common."""

    card: Card
    policy: Policy
    area: str


def build_alerts(
    card: Card,
    hits: pl.DataFrame,
    tables: Tables,
    *,
    policy: Policy,
    area: str,
    key: bytes,
    files: Sequence[str] = (),
    settlements: pl.LazyFrame | None = None,
    more: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[AlertDraft]:
    """The alerts of one detector.

    Args:
        card: its card.
        hits: one row per piece of evidence and case (docs/design.md, "What a detector returns").
        tables: the accepted tables; the whole data, not the part that the detector could judge.
        policy: the area's policy.
        area: six digits, or "none".
        key: the workspace's secret, which the ids of alerts are keyed with.
        files: names of the input files, by the index in ``source_file``.
        settlements: money to take instead of the canonical settlements (net of reversals, for scores).
        more: further figures for the sentence, by subject.

    Returns:
        Alerts sorted by ``alert_id``; a hit on a settlement that is not in the data is left out.

    Raises:
        CardError: the card's sentence has a placeholder that alerts do not fill.
    """
    if hits.is_empty():
        return []
    cases = of.with_case(card, hits, key)
    if card.evidence == "records":
        evidence, schema = of.records_of(card, cases, files=files), RECORD_SCHEMA
    else:
        money: pl.LazyFrame = tables.settlements.to_native() if settlements is None else settlements
        minutes = tables.precise("settlements", "settled_at")
        evidence = of.evidence_of(card, cases, money, minutes=minutes, files=files)
        schema = EVIDENCE_SCHEMA
    context = _facts(card, cases, evidence, tables.providers.to_native())
    parts = evidence.select(*schema).partition_by("alert_id", maintain_order=True)
    ground = _Ground(card, policy, area)
    return [
        _draft(ground, row | _more(more, row), part)
        for row, part in zip(context.iter_rows(named=True), parts, strict=True)
    ]


def _more(more: Mapping[str, Mapping[str, Any]] | None, row: Mapping[str, Any]) -> dict[str, Any]:
    return {"more": (more or {}).get(row["subject_id"], {})}


def _facts(card: Card, cases: pl.DataFrame, evidence: pl.DataFrame, providers: pl.LazyFrame) -> pl.DataFrame:
    """Everything that is the same for a whole alert, one row each, sorted by alert."""
    keys = ["alert_id", *evidence_keys(card)]
    whole = cases.group_by("alert_id").agg(
        pl.col("case_key").first(),
        pl.col("subject_id").min(),
        pl.col("subject_kind").min(),
        pl.col("strength").max(),
    )
    causes = (
        cases.join(
            evidence.select(*keys, "service_day"),
            on=keys,
            how="inner",
        )
        .drop_nulls("cause")
        .group_by("alert_id", "cause")
        .agg(
            rows=evidence_count(card),
            days=pl.col("service_day").unique().sort(),
        )
        .sort("alert_id", "cause")
        .group_by("alert_id", maintain_order=True)
        .agg(cause_names=pl.col("cause"), cause_rows=pl.col("rows"), cause_days=pl.col("days"))
    )
    context = of.totals(evidence)
    where = (
        evidence if card.evidence == "settlements" else evidence.clear().with_columns(provider_id=pl.lit(""))
    )
    for more in (whole, causes, of.members(card, cases, evidence), of.main_providers(where, providers)):
        context = context.join(more, on="alert_id", how="left")
    return context.sort("alert_id")


def _draft(ground: _Ground, row: Mapping[str, Any], evidence: pl.DataFrame) -> AlertDraft:
    card, days = ground.card, [day_of(day) for day in row["service_days"]]
    met = _days_by_cause(row, days)
    figures, members = _figures(row), tuple(row["member_ids"] or ())
    kind = row["subject_kind"] or card.subject
    marks = {
        "subject": mark(kind, row["subject_id"]),
        "provider": mark("provider", row["provider_id"] or ""),
    }
    return AlertDraft(
        alert_id=row["alert_id"],
        case_key=row["case_key"],
        detector=card.detector,
        detector_kind=card.kind,
        family=card.family,
        queue=card.queue,
        certainty=card.certainty,
        typology=card.typology,
        subject_kind=kind,
        subject_id=row["subject_id"],
        member_ids=members,
        title_en=card.words["en"].title,
        title_zh=card.words["zh"].title,
        seen_en=seen(card, figures, marks | {"people": people_text(members, "en")}, "en"),
        seen_zh=seen(card, figures, marks | {"people": people_text(members, "zh")}, "zh"),
        severity=grade(
            card,
            figures["causes"],
            row["strength"],
            settled=_settled(ground, met) and always_in_force(card, days, ground.area),
        ),
        strength=row["strength"],
        pool_at_issue=row["pool"],
        account_at_issue=row["account"],
        period_start=figures["first"],
        period_end=figures["last"],
        provider_id=row["provider_id"],
        provider_kind=row["provider_kind"],
        district=row["district"],
        legal_basis=quoted(card, days, ground.area),
        figures=figures,
        card_digest=card.digest,
        values_used=values_used(card, ground.policy, met),
        evidence=pl.DataFrame(schema=EVIDENCE_SCHEMA) if card.evidence == "records" else evidence,
        records=evidence if card.evidence == "records" else pl.DataFrame(schema=RECORD_SCHEMA),
    )


def _settled(ground: _Ground, met: Mapping[str | None, Sequence[dt.date]]) -> bool:
    """Whether each violation rests on values of its own kind, verified: one cause does not vouch for another."""
    card = ground.card
    violations = [
        (cause, days)
        for cause, days in met.items()
        if cause is None or card.causes[cause].judgment == "violation"
    ]
    return all(all_verified(values_used(card, ground.policy, {cause: days})) for cause, days in violations)


def _days_by_cause(row: Mapping[str, Any], days: list[dt.date]) -> dict[str | None, list[dt.date]]:
    """Days of the events of each cause; a detector without causes has them all under None."""
    if not row["cause_names"]:
        return {None: days}
    each = zip(row["cause_names"], row["cause_days"], strict=True)
    return {cause: [day_of(day) for day in met] for cause, met in each}


def _figures(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "n": row["n"],
        "amount": row["pool"] + row["account"],
        "pool": row["pool"],
        "account": row["account"],
        "over": row["over"],
        "owed": row["owed"],
        "members": len(row["member_ids"] or ()),
        "first": day_of(row["first_settled"]).isoformat(),
        "last": day_of(row["last_settled"]).isoformat(),
        "days": row["days"],
        **row["more"],
        "causes": dict(zip(row["cause_names"] or (), row["cause_rows"] or (), strict=True)),
    }
