"""Alerts and scores as tables with the fields of the data contract; ids as the reader shows them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

import polars as pl

from detection.detectors.catalogue import catalogue
from detection.language.law import Citation, law_text
from detection.language.messages import Messages
from detection.language.text import Text
from detection.store.lifecycle import ALERTS
from detection.store.queries import stored
from detection.store.queries.filters import EVERY_ALERT, Filters
from detection.store.queries.reader import Reader
from detection.store.schema import Alert
from features.errors import StoreError
from features.message import Message

ALERT_FIELDS: dict[str, pl.DataType] = {
    "alert_id": pl.String(),
    "run_id": pl.String(),
    "detector": pl.String(),
    "detector_kind": pl.String(),
    "typology": pl.String(),
    "subject_kind": pl.String(),
    "subject_id": pl.String(),
    "member_ids": pl.List(pl.String()),
    "title": pl.String(),
    "score": pl.Float64(),
    "rank": pl.Int64(),
    "severity": pl.String(),
    "pool_at_issue": pl.Int64(),
    "account_at_issue": pl.Int64(),
    "amount_at_issue": pl.Int64(),
    "period_start": pl.String(),
    "period_end": pl.String(),
    "settlement_ids": pl.List(pl.String()),
    "record_ids": pl.List(pl.String()),
    "legal_basis": pl.List(pl.String()),
    "status": pl.String(),
    "money_kind": pl.String(),
}
"""Fields of an exported alert; money in fen, of the kind that ``money_kind`` names; days as ISO text."""
ALERT_ROW_FIELDS: dict[str, pl.DataType] = {
    "alert_id": pl.String(),
    "detector": pl.String(),
    "table": pl.String(),
    "row_id": pl.String(),
    "person_id": pl.String(),
    "provider_id": pl.String(),
    "at": pl.String(),
    "cause": pl.String(),
    "pool": pl.Int64(),
    "account": pl.Int64(),
    "source_file": pl.String(),
    "source_row": pl.Int64(),
    "money_kind": pl.String(),
}
"""Fields of an exported row behind an alert; money in fen, ``at`` as ISO text of a day or a time."""
_AT_AND_ID = itemgetter(*(list(ALERT_ROW_FIELDS).index(name) for name in ("at", "row_id")))
_SETTLEMENTS = "settlements"
_CITED_IN = "en"  # the contract cites law in English, whatever the language of the titles


def alert_sheet(reader: Reader, *, language: str, filters: Filters = EVERY_ALERT) -> pl.DataFrame:
    """Alerts of the store by rank, with `ALERT_FIELDS`; titles in a language."""
    settlements, records = stored.settlement_ids(reader), stored.record_ids(reader)
    rows = [
        {
            **_own_fields(alert),
            "subject_id": reader.identity(alert.subject_kind, alert.subject_id),
            # Sorted as they are shown: the order of real ids says who is older, and from which district.
            "member_ids": sorted(reader.identity("person", str(member)) for member in alert.member_ids),
            "title": reader.sentence(Text(alert.title_en, alert.title_zh)[language], named=False),
            "settlement_ids": sorted(
                reader.identity("settlement", settlement)
                for settlement in settlements.get(alert.alert_id, ())
            ),
            "record_ids": sorted(
                f"{table}:{reader.identity('record', record)}"
                for table, record in records.get(alert.alert_id, ())
            ),
            "legal_basis": [law_text(Citation.from_json(basis), _CITED_IN) for basis in alert.legal_basis],
        }
        for alert in stored.alerts(reader, filters)
    ]
    return pl.DataFrame(rows, schema=ALERT_FIELDS)


def alert_row_sheet(reader: Reader, *, filters: Filters = EVERY_ALERT) -> pl.DataFrame:
    """Settlements and records behind the alerts, with `ALERT_ROW_FIELDS`: by rank, then time and the id as shown."""
    rows = [
        row
        for alert in stored.alerts(reader, filters)
        for rows in (_settlement_rows(reader, alert), _record_rows(reader, alert))
        for row in sorted(rows, key=_AT_AND_ID)
    ]
    return pl.DataFrame(rows, schema=ALERT_ROW_FIELDS, orient="row")


def _settlement_rows(reader: Reader, alert: Alert) -> Iterator[tuple[object, ...]]:
    for row in stored.evidence(reader, alert.alert_id):
        yield (
            *(alert.alert_id, alert.detector, _SETTLEMENTS),
            reader.identity("settlement", row.settlement_id),
            reader.identity("person", row.person_id),
            reader.identity("provider", row.provider_id),
            row.settled_at,
            *(row.cause, row.pool, row.account, row.source_file, row.source_row, alert.money_kind),
        )


def _record_rows(reader: Reader, alert: Alert) -> Iterator[tuple[object, ...]]:
    for row in stored.records(reader, alert.alert_id):
        person = reader.identity("person", row.person_id) if row.person_id else None
        yield (
            *(alert.alert_id, alert.detector, row.record_table),
            reader.identity("record", row.record_id),
            *(person, None, row.record_day),
            *(row.cause, row.pool, row.account, row.source_file, row.source_row, alert.money_kind),
        )


def score_sheet(reader: Reader, *, kind: str, language: str) -> pl.DataFrame:
    """Risk of the current run by rank: entity_id, score, rank, spend_rank, reasons in a language.

    ``spend_rank`` is empty where ids are masked: whoever has the claims finds most people by it alone.

    Args:
        reader: the reading.
        kind: ``person``, ``provider``, ``payer_account``, ``prescriber``, ``operator``, ``employer`` or ``group``.
        language: ``en`` or ``zh``.

    Raises:
        StoreError: the run has no scores of this kind.
    """
    run_id = reader.current_run().run_id
    path = reader.run_part(f"risk/{kind}.parquet")
    if not path.exists():  # a run of an earlier version has the models' scores alone
        path = reader.run_part(f"scores/{kind}.parquet")
    if not path.exists():
        raise StoreError(
            "The current run has no scores of kind {kind!r}.",
            where=Message("run {run_id}", run_id=run_id),
            next_step="see on the Data screen why they were not assessable, or run again",
            kind=kind,
        )
    scores = pl.read_parquet(path).sort("rank")
    reasons = scores["reasons"].fill_null("[]")
    evidence = (
        scores["evidence"] if "evidence" in scores.columns else pl.repeat("[]", len(scores), eager=True)
    )
    return scores.select(
        pl.Series(
            "entity_id", [reader.identity(kind, entity) for entity in scores["entity_id"]], dtype=pl.String
        ),
        "score",
        "rank",
        "spend_rank" if reader.reveals else pl.lit(None, pl.Int64).alias("spend_rank"),
        pl.Series(
            "reasons",
            [
                [*_kinds(items, language), *basis, *_sentences(reader, stored_reasons, language)]
                for items, basis, stored_reasons in zip(
                    evidence, _basis(scores, language), reasons, strict=True
                )
            ],
            dtype=pl.List(pl.String),
        ),
    )


def evidence_sheet(reader: Reader) -> pl.DataFrame:
    """Pieces of evidence of the current run: subject_kind, subject_id, detector, value, observed, expected.

    Raises:
        StoreError: the run is of an earlier version, which had none.
    """
    run_id = reader.current_run().run_id
    path = reader.run_part("risk/evidence.parquet")
    if not path.exists():
        raise StoreError(
            "The current run has no evidence.",
            where=Message("run {run_id}", run_id=run_id),
            next_step="run again",
        )
    items = pl.read_parquet(path)
    ids = [
        reader.identity(kind, identity)
        for kind, identity in items.select("subject_kind", "subject_id").iter_rows()
    ]
    return items.with_columns(pl.Series("subject_id", ids, dtype=pl.String))


def _kinds(items: str, language: str) -> Sequence[str]:
    """The kinds of evidence that a risk rests on, strongest first: ``Account emptied: 3.2``."""
    if items == "[]":
        return []
    return [
        f"{catalogue()[item['detector']].card.words[language].label}: {item['value']:.1f}"
        for item in json.loads(items)
        if item["detector"] in catalogue()
    ]


def _basis(scores: pl.DataFrame, language: str) -> Iterator[list[str]]:
    """For each subject how many of the run's kinds of evidence point to it, and its rank without the strongest."""
    names = ("kinds", "kinds_in_run", "rank_without")
    if not set(names) <= set(scores.columns):  # a run of an earlier version
        yield from ([] for _ in range(scores.height))
        return
    words = Messages(language, "codes")
    for kinds, in_run, rank in scores.select(names).iter_rows():
        if not kinds:
            yield []
        else:
            without = [] if rank is None else [words("risk_basis.without_strongest", rank=rank)]
            yield [words("risk_basis.kinds", n=kinds, of=in_run), *without]


def _own_fields(alert: Alert) -> Mapping[str, object]:
    """Columns that are fields of the contract as they are; the status is the contract's word for it."""
    fields = {name: getattr(alert, name) for name in ALERT_FIELDS if hasattr(alert, name)}
    return fields | {"status": ALERTS.shown_as(alert.status)}


def _sentences(reader: Reader, reasons: str, language: str) -> Sequence[str]:
    if reasons == "[]":  # all but the list's entities: millions of them
        return []
    return [reader.sentence(reason[language], named=False) for reason in json.loads(reasons)]
