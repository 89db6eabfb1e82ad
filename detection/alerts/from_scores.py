"""Listed entities become alerts, with their reasons.

What is at issue is not known for a score; shown is the money that a reviewer would look at first: of a
person all their settlements, of a payer account what it paid for relatives, of a provider the settlements of
its busiest month (its whole year would be no evidence of anything). All net of reversals.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from detection.alerts.build import build_alerts
from detection.alerts.draft import AlertDraft, Figure
from detection.alerts.explanation import AnomalyReason, Counterfactual
from detection.detectors.cards import Card
from features.engine import Views
from features.policy import Policy
from features.tables import Tables

CAPACITY = "capacity"
"""The card's threshold that says how many entities become alerts."""

_MONEY = ("pool_paid", "account_paid", "mutual_aid_paid")
_FIGURES = ("rank", "spend_rank", "kinds")


def capacity_of(card: Card) -> int:
    """How many entities become alerts.

    Raises:
        CardError: the card has no such threshold.
    """
    return int(card.statistical_thresholds.latest(CAPACITY))


def from_scores(
    card: Card,
    listed: pl.DataFrame,
    views: Views,
    *,
    of: int,
    policy: Policy,
    area: str,
    key: bytes,
    model_version: str,
    files: Sequence[str] = (),
) -> list[AlertDraft]:
    """Alerts of one anomaly card: the listed entities.

    Args:
        card: its subject is the entity (``person``, ``provider`` or ``payer_account``), its ``dedup`` the
            entity's id under any name.
        listed: from `detection.evidence.weak_signs.weak_signs`.
        views: of the data set; ids may be codes.
        of: how many entities were ranked.
        policy: the area's policy.
        area: six digits, or "none".
        key: the workspace's secret, which the ids of alerts are keyed with.
        model_version: of the model that scored.
        files: names of the input files, by the index in ``source_file``.

    Returns:
        Alerts sorted by ``alert_id``; an entity on the list without a settlement left after reversals has no
        evidence, and no alert.
    """
    if listed.is_empty():
        return []
    evidence, money = _evidence(card.subject, views, listed["entity_id"])
    hits = evidence.join(listed.select(subject_id="entity_id", strength="risk"), on="subject_id", how="inner")
    hits = hits.with_columns(pl.col("subject_id").alias(name) for name in card.dedup)
    by_entity = {row["entity_id"]: row for row in listed.iter_rows(named=True)}
    more: dict[str, dict[str, Figure]] = {
        entity: {"of": of} | {name: row[name] for name in _FIGURES} for entity, row in by_entity.items()
    }
    drafts = build_alerts(
        card,
        hits,
        views.tables,
        policy=policy,
        area=area,
        key=key,
        files=files,
        settlements=_net_of_reversals(views.tables, money),
        more=more,
    )
    return [_with_reasons(draft, by_entity[draft.subject.identity], model_version) for draft in drafts]


def _evidence(subject: str, views: Views, ids: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What a reviewer of each entity would read first, and the net amounts of these settlements.

    The former has ``subject_id`` and ``settlement_id`` as texts, the latter ids as the data set has them.
    """
    key = {"person": "person_id", "provider": "provider_id", "payer_account": "mutual_aid_payer_id"}[subject]
    net: pl.LazyFrame = views["net_settlements"].to_native()
    listed = views.tables.in_codes(pl.DataFrame({key: ids}))
    of_listed = net.filter(pl.col(key).is_in(listed[key].implode()))
    if subject == "payer_account":
        of_listed = of_listed.filter(pl.col("mutual_aid_paid") != 0)
    if subject == "provider":
        busiest = (
            of_listed.group_by(key, "settled_month")
            .len()
            .sort(key, "len", "settled_month", descending=[False, True, False])
            .unique(key, keep="first", maintain_order=True)
        )
        of_listed = of_listed.join(busiest, on=[key, "settled_month"], how="semi")
    rows = of_listed.select("settlement_id", *_MONEY, subject_id=key).sort("subject_id", "settlement_id")
    cited = rows.collect()
    named = views.tables.in_text(cited.select("settlement_id", "subject_id"), "settlement_id", "subject_id")
    return named, cited.select("settlement_id", *_MONEY)


def _net_of_reversals(tables: Tables, money: pl.DataFrame) -> pl.LazyFrame:
    """Canonical settlements of the evidence with the net amounts in place of their own."""
    whole: pl.LazyFrame = tables.settlements.to_native()
    return whole.drop(_MONEY).join(money.lazy(), on="settlement_id", how="inner")


def _with_reasons(draft: AlertDraft, row: dict[str, Any], model_version: str) -> AlertDraft:
    subject = draft.subject
    if subject.kind == "provider":  # its patients of a month are not involved: it served them
        subject = replace(subject, member_ids=())
    explained = draft.explained(
        reasons=tuple(AnomalyReason.from_json(reason) for reason in json.loads(row["reasons"] or "[]")),
        counterfactual=Counterfactual.from_json(json.loads(row["leaves_list_if"] or "{}")),
    )
    return replace(
        explained, subject=subject, provenance=replace(draft.provenance, model_version=model_version)
    )
