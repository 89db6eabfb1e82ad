"""The rows that alerts cite, as one frame in memory, so that a sum over a list need not read all evidence again.

Evidence changes with a run only. The frame of a run is read once in a process and kept as numbers: about 30 bytes for
each row. Which alerts a list holds is asked of the store each time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Any

import polars as pl
from sqlalchemy import Executable, func, literal, select

from detection.alerts.explanation import EVIDENCE
from detection.detectors.cards import MONEY_KINDS
from detection.store.queries.filters import Filters, where
from detection.store.queries.reader import Reader
from detection.store.schema import Alert, Evidence, RecordEvidence

KIND = pl.Enum(MONEY_KINDS)
_ALERTS = {
    "alert_id": pl.String,
    "provider_id": pl.String,
    "detector": pl.String,
    "kind": pl.String,
    "evidence": pl.Float64,
}
_ROWS = {
    "alert_id": pl.String,
    "key": pl.String,
    "day": pl.String,
    "pool": pl.Int64,
    "account": pl.Int64,
}
_AT_ONCE = 100_000  # rows
_KEPT = 4  # runs, and parts of them that users of some districts see


@dataclass(frozen=True)
class Cited:
    """What all alerts of a run cite.

    Attributes:
        alerts: ``alert`` and ``institution`` (places in the order of their ids, the latter null where there is none),
            alert_id, detector, ``kind`` of money, ``evidence`` (0 to 6; null where none was stated).
        institutions: ids by ``institution``.
        rows: one for each alert and settlement or record: alert, ``key`` (equal where it is the same settlement or
            record), ``day`` (ISO), pool and account (fen).
    """

    alerts: pl.DataFrame
    institutions: tuple[str, ...]
    rows: pl.DataFrame


def cited_rows(reader: Reader, filters: Filters) -> pl.DataFrame:
    """The rows behind the alerts of a list, with a period those of its days alone.

    Columns: as `Cited.rows`, and institution, kind and evidence of the alert.
    """
    every = cited(reader)
    ids = reader.session.scalars(select(Alert.alert_id).where(where(reader.directory, filters))).all()
    listed = every.alerts.join(
        pl.DataFrame({"alert_id": ids}, {"alert_id": pl.String}), on="alert_id", how="semi"
    )
    rows = every.rows
    if filters.start:
        rows = rows.filter(pl.col("day") >= filters.start)
    if filters.end:
        rows = rows.filter(pl.col("day") <= filters.end)
    return rows.join(listed.select("alert", "institution", "kind", "evidence"), on="alert")


def cited(reader: Reader) -> Cited:
    """What the alerts of the run that readers see cite, of the districts that this reader sees."""
    run = reader.current_run()
    scope = None if reader.scope is None else tuple(reader.scope)
    key = str(reader.workspace.root), run.run_id, run.number, run.finished_at, scope
    with _guard:
        kept = _frames.get(key)
    if kept is None:
        kept = _read(reader)
        with _guard:
            _frames[key] = kept
            while len(_frames) > _KEPT:
                _frames.popitem(last=False)
    return kept


_guard = Lock()
_frames: OrderedDict[tuple[object, ...], Cited] = OrderedDict()


def _read(reader: Reader) -> Cited:
    query = select(
        Alert.alert_id,
        Alert.provider_id,
        Alert.detector,
        Alert.money_kind,
        Alert.figures[EVIDENCE].as_float(),
    )
    alerts = pl.concat(_chunks(reader, query, _ALERTS)).sort("alert_id").with_row_index("alert")
    institutions = alerts["provider_id"].drop_nulls().unique().sort()
    places = pl.DataFrame({"provider_id": institutions}).with_row_index("institution")
    code = alerts.select("alert", "alert_id")
    rows = [
        chunk.join(code, on="alert_id").drop("alert_id")
        for query in _evidence()
        for chunk in _chunks(reader, query, _ROWS)
    ]
    return Cited(
        alerts.join(places, on="provider_id", how="left", maintain_order="left")
        .drop("provider_id")
        .with_columns(pl.col("kind").cast(KIND)),
        tuple(institutions),
        pl.concat(rows).with_columns(pl.col("key").rank("dense").cast(pl.UInt32)).sort("alert", "key"),
    )


def _evidence() -> Iterator[Executable]:
    """Settlements and records that alerts cite, as `_ROWS`."""
    of = Evidence
    yield select(
        of.alert_id,
        literal("settlements:").concat(of.settlement_id),
        func.substr(of.settled_at, 1, 10),
        of.pool,
        of.account,
    )
    row = RecordEvidence
    yield select(
        row.alert_id,
        row.record_table.concat(":").concat(row.record_id),
        row.record_day,
        row.pool,
        row.account,
    )


def _chunks(reader: Reader, query: Executable, schema: dict[str, Any]) -> Iterator[pl.DataFrame]:
    """The result of a query, some rows at a time; one empty frame at least."""
    yield pl.DataFrame(schema=schema)
    for part in reader.session.execute(query).partitions(_AT_ONCE):
        yield pl.DataFrame([tuple(row) for row in part], schema, orient="row")
