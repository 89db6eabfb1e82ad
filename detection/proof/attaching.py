"""The evidence columns of a run's alerts, computed once for all of them."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from detection.alerts.draft import AlertDraft
from detection.detectors.cards import Card, Evidence
from detection.detectors.context import DetectorContext
from detection.proof.columns import columns_of
from detection.proof.evidence import EvidenceRows, recorded_rows, settled_rows
from detection.proof.themes import THEMES
from detection.proof.values import to_text

logger = logging.getLogger(__name__)

_KEYS: Mapping[Evidence, list[str]] = {
    "settlements": ["settlement_id"],
    "records": ["record_table", "record_id"],
}


def with_proof(
    drafts: Sequence[AlertDraft], cards: Mapping[str, Card], context: DetectorContext
) -> list[AlertDraft]:
    """The drafts, with the columns that their cards name in ``proof`` of their evidence.

    One pass over the tables for each theme that a card needs. At most `MOST_ROWS` rows of an alert get columns. What
    the data lack is left out, and an error in the code of a theme leaves its columns out of this run.

    Args:
        drafts: alerts of all detectors.
        cards: by detector.
        context: all data of the run; ids may be codes.
    """
    proofs: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for kind, keys in _KEYS.items():
        for row in _computed([draft for draft in drafts if _kind(draft) == kind], kind, cards, context):
            if row["proof"] is not None:
                proofs[row["alert_id"]][tuple(row[key] for key in keys)] = row["proof"]
    return [_attached(draft, proofs.get(draft.alert_id, {})) for draft in drafts]


def _kind(draft: AlertDraft) -> Evidence:
    return "settlements" if draft.records.is_empty() else "records"


def _computed(
    drafts: Sequence[AlertDraft], kind: Evidence, cards: Mapping[str, Card], context: DetectorContext
) -> Iterable[dict[str, Any]]:
    """Rows of evidence with ``proof`` as text."""
    if not drafts:
        return
    names = {
        draft.alert_id: [column.name for column in columns_of(cards[draft.detector])] for draft in drafts
    }
    rows = settled_rows(drafts) if kind == "settlements" else recorded_rows(drafts)
    evidence, whole = EvidenceRows(context, rows), rows.select("row", "alert_id", *_KEYS[kind])
    for theme in THEMES:
        wanting = [alert for alert, wanted in names.items() if set(wanted) & set(theme.columns)]
        if theme.evidence != kind or not wanting:
            continue
        try:
            columns = theme.compute(evidence.of_alerts(wanting)).select("row", *theme.columns)
        except Exception:
            logger.exception("evidence columns left out: %s", ", ".join(theme.columns))
            continue
        whole = whole.join(columns, on="row", how="left", maintain_order="left")
    for row in whole.iter_rows(named=True):
        yield row | {"proof": to_text({name: row.get(name) for name in names[row["alert_id"]]})}


def _attached(draft: AlertDraft, proofs: Mapping[tuple[str, ...], str]) -> AlertDraft:
    kind = _kind(draft)
    rows = draft.evidence if kind == "settlements" else draft.records
    texts = [proofs.get(key) for key in rows.select(_KEYS[kind]).iter_rows()]
    attached = rows.with_columns(proof=pl.Series(texts, dtype=pl.String))
    return replace(draft, evidence=attached) if kind == "settlements" else replace(draft, records=attached)
