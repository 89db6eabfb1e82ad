"""The evidence of alerts that stand, with real ids: for a run that looks for it again, never for what is shown."""

from __future__ import annotations

import polars as pl
from sqlalchemy import literal, select

from detection.store.queries.reader import Reader
from detection.store.schema import Alert, Evidence, RecordEvidence

_ENDED = ("closed", "expired")
_DAY = 10
SCHEMA = {
    "alert_id": pl.String(),
    "detector": pl.String(),
    "cause": pl.String(),
    "record_table": pl.String(),
    "record_id": pl.String(),
    "person_id": pl.String(),
    "record_day": pl.Date(),
}
"""One row per alert and settlement or record; a settlement is a record of the table ``settlements``."""


def standing_evidence(reader: Reader) -> pl.DataFrame:
    """Settlements and records of the alerts that are neither closed nor expired; columns of `SCHEMA`, sorted."""
    stands = Alert.status.not_in(_ENDED)
    settlements = (
        select(
            Evidence.alert_id,
            Alert.detector,
            Evidence.cause,
            literal("settlements"),
            Evidence.settlement_id,
            Evidence.person_id,
            Evidence.settled_at,
        )
        .join(Alert, Alert.alert_id == Evidence.alert_id)
        .where(stands)
    )
    records = (
        select(
            RecordEvidence.alert_id,
            Alert.detector,
            RecordEvidence.cause,
            RecordEvidence.record_table,
            RecordEvidence.record_id,
            RecordEvidence.person_id,
            RecordEvidence.record_day,
        )
        .join(Alert, Alert.alert_id == RecordEvidence.alert_id)
        .where(stands)
    )
    rows: list[tuple[object, ...]] = [tuple(row) for row in reader.session.execute(settlements)]
    rows += [tuple(row) for row in reader.session.execute(records)]
    texts = {name: pl.String() for name in SCHEMA}
    frame = pl.DataFrame(rows, schema=texts, orient="row")
    day = pl.col("record_day").str.slice(0, _DAY).str.to_date("%Y-%m-%d")
    return frame.with_columns(day).sort(list(SCHEMA))
