"""Hits become alerts: one per case key, with its money, period, grade, law and words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from detection.alerts import evidence
from detection.alerts.draft import (
    EVIDENCE_SCHEMA,
    RECORD_SCHEMA,
    AlertDraft,
    Explanation,
    Figure,
    Money,
    Provenance,
    Subject,
)
from detection.alerts.grade import grade
from detection.alerts.law import always_in_force, citations
from detection.alerts.sentences import seen
from detection.alerts.values import all_verified, values_used
from detection.detectors.cards import Card
from detection.detectors.hits import evidence_count, evidence_keys
from detection.language.text import Text
from features.calendar import date_of
from features.policy import Policy
from features.tables import Tables


@dataclass(frozen=True)
class _Common:
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
    more: Mapping[str, Mapping[str, Figure]] | None = None,
) -> list[AlertDraft]:
    """The alerts of one detector.

    Args:
        card: its card.
        hits: one row per piece of evidence and case (docs/design.md, "What a detector returns").
        tables: the accepted tables; the whole data, not the part that the detector could assess. Ids may be codes,
            those of hits are texts.
        policy: the area's policy.
        area: six digits, or "none".
        key: the workspace's secret, which the ids of alerts are keyed with.
        files: names of the input files, by the index in ``source_file``.
        settlements: money to take instead of the canonical settlements (net of reversals, for scores), ids as in
            the tables.
        more: further figures for the sentence, by subject.

    Returns:
        Alerts sorted by ``alert_id``; a hit on a settlement that is not in the data is left out.

    Raises:
        CardError: the card's sentence has a placeholder that alerts do not fill.
    """
    if hits.is_empty():
        return []
    cases = evidence.with_case(card, hits, key)
    if card.evidence == "records":
        rows, schema = evidence.records_of(card, cases, files=files), RECORD_SCHEMA
    else:
        money: pl.LazyFrame = tables.settlements.to_native() if settlements is None else settlements
        minutes = tables.precise("settlements", "settled_at")
        rows = evidence.evidence_of(card, cases, money, tables, minutes=minutes, files=files)
        schema = EVIDENCE_SCHEMA
    alerts = _alert_rows(card, cases, rows, tables)
    parts = rows.select(*schema).partition_by("alert_id", maintain_order=True)
    common = _Common(card, policy, area)
    return [
        _draft(common, alert, part, (more or {}).get(alert["subject_id"], {}))
        for alert, part in zip(alerts.iter_rows(named=True), parts, strict=True)
    ]


def _alert_rows(card: Card, cases: pl.DataFrame, rows: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """Everything that is the same for a whole alert, a row each, sorted by alert."""
    keys = ["alert_id", *evidence_keys(card)]
    whole = cases.group_by("alert_id").agg(
        pl.col("case_key").first(),
        pl.col("subject_id").min(),
        pl.col("subject_kind").min(),
        pl.col("strength").max(),
    )
    causes = (
        cases.join(
            rows.select(*keys, "service_day"),
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
    alerts = evidence.totals(rows)
    of_providers = (
        rows if card.evidence == "settlements" else rows.clear().with_columns(provider_id=pl.lit(""))
    )
    for columns in (
        whole,
        causes,
        evidence.members(card, cases, rows),
        evidence.main_providers(of_providers, tables),
    ):
        alerts = alerts.join(columns, on="alert_id", how="left")
    return alerts.sort("alert_id")


def _draft(
    common: _Common, row: Mapping[str, Any], rows: pl.DataFrame, more: Mapping[str, Figure]
) -> AlertDraft:
    card, days = common.card, [date_of(day) for day in row["service_days"]]
    first, last = date_of(row["first_settled"]), date_of(row["last_settled"])
    days_by_cause, causes = _days_by_cause(row, days), _causes(row)
    subject = _subject(card, row)
    figures = _figures(row, first, last) | dict(more) | {"causes": causes}
    settled = _rests_on_verified_values(common, days_by_cause)
    records = card.evidence == "records"
    return AlertDraft(
        alert_id=row["alert_id"],
        case_key=row["case_key"],
        detector=card.detector,
        subject=subject,
        money=Money(row["pool"], row["account"]),
        explanation=Explanation(
            title=Text(card.words["en"].title, card.words["zh"].title),
            seen=seen(card, figures, subject),
            citations=citations(card, days, common.area),
            figures=figures,
        ),
        provenance=Provenance(
            detector_kind=card.kind,
            family=card.family,
            queue=card.queue,
            certainty=card.certainty,
            money_kind=card.money_kind,
            typology=card.typology,
            card_digest=card.digest,
            values=values_used(card, common.policy, days_by_cause),
        ),
        severity=grade(
            card, causes, row["strength"], settled=settled and always_in_force(card, days, common.area)
        ),
        strength=row["strength"],
        first=first,
        last=last,
        evidence=pl.DataFrame(schema=EVIDENCE_SCHEMA) if records else rows,
        records=rows if records else pl.DataFrame(schema=RECORD_SCHEMA),
    )


def _subject(card: Card, row: Mapping[str, Any]) -> Subject:
    return Subject(
        kind=row["subject_kind"] or card.subject,
        identity=row["subject_id"],
        member_ids=tuple(row["member_ids"] or ()),
        provider_id=row["provider_id"],
        provider_kind=row["provider_kind"],
        district=row["district"],
    )


def _rests_on_verified_values(common: _Common, days_by_cause: Mapping[str | None, Sequence[dt.date]]) -> bool:
    """Whether each violation rests on verified values of its own: one cause does not vouch for another.

    A leniency that nobody verified has only left cases out, and casts no doubt on those that are left.
    """
    card = common.card
    violations = [
        (cause, days)
        for cause, days in days_by_cause.items()
        if cause is None or card.causes[cause].judgment == "violation"
    ]
    used = [values_used(card, common.policy, {cause: days}) for cause, days in violations]
    return all(
        all_verified([value for value in values if value.name not in card.leniencies]) for values in used
    )


def _days_by_cause(row: Mapping[str, Any], days: list[dt.date]) -> dict[str | None, list[dt.date]]:
    """Days of the events of each cause; a detector without causes has them all under None."""
    if not row["cause_names"]:
        return {None: days}
    pairs = zip(row["cause_names"], row["cause_days"], strict=True)
    return {cause: [date_of(day) for day in met] for cause, met in pairs}


def _causes(row: Mapping[str, Any]) -> dict[str, int]:
    """How often each cause was met."""
    return dict(zip(row["cause_names"] or (), row["cause_rows"] or (), strict=True))


def _figures(row: Mapping[str, Any], first: dt.date, last: dt.date) -> dict[str, Figure]:
    return {
        "n": row["n"],
        "amount": row["pool"] + row["account"],
        "pool": row["pool"],
        "account": row["account"],
        "over": row["over"],
        "owed": row["owed"],
        "members": len(row["member_ids"] or ()),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "days": row["days"],
    }
