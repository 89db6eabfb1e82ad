"""Keep the table of packets as the alerts are, in the transaction that changes them."""

from __future__ import annotations

from typing import Any, cast

import polars as pl
from sqlalchemy import ColumnElement, Connection, Label, Select, Table, case, delete, func, select, update

from detection.masking import id_digests
from detection.store.casework.keys import PacketKey, packet_ids
from detection.store.casework.waiting import waiting
from detection.store.engines.bulk import insert_frame
from detection.store.packets.table import StoredPacket
from detection.store.schema import Alert

_TABLE = cast("Table", StoredPacket.__table__)
_KEY = (Alert.queue, Alert.packet_kind, Alert.packet_subject)
_TYPES = {
    column.name: pl.Int64 if column.name in ("rank", "highest") else pl.String for column in _TABLE.columns
}


def _of_alerts() -> Select[*tuple[Any, ...]]:
    """Every packet as its alerts say that it is: the columns of the table, but for ``id_digest``."""
    return select(*_KEY, *_aggregates()).group_by(*_KEY).order_by(*_KEY)


def keep_all(connection: Connection, masking_key: bytes) -> None:
    """Make the table again from all alerts: after a run, or with another key.

    Args:
        connection: in the transaction of the run.
        masking_key: secret of the pseudonyms.
    """
    packet_id, digest = packet_ids(masking_key), id_digests(masking_key)
    stored = connection.execute(_of_alerts())
    rows = [(*row, digest(packet_id(PacketKey(*row[:3])))) for row in stored]
    connection.execute(delete(StoredPacket))
    insert_frame(connection, _TABLE, pl.DataFrame(rows, schema=_TYPES, orient="row"))


def keep(connection: Connection, key: PacketKey) -> None:
    """Bring one packet up to date after one of its alerts was changed.

    Args:
        connection: in the transaction of the change.
        key: the packet.
    """
    now = _of_alerts().where(key.alerts()).order_by(None).subquery()
    values = {name: now.c[name] for name in ("rank", "highest", "first_district", "last_district")}
    same = [now.c[name] == _TABLE.c[name] for name in ("queue", "packet_kind", "packet_subject")]
    connection.execute(update(StoredPacket).where(key.rows(StoredPacket), *same).values(values))


def _aggregates() -> list[Label[Any]]:
    def of_open(value: ColumnElement[Any]) -> ColumnElement[Any]:
        return case((waiting(), value))

    district = of_open(func.coalesce(Alert.district, ""))
    return [
        func.min(of_open(Alert.rank.expression)).label("rank"),
        func.max(of_open(Alert.severity_order.expression)).label("highest"),
        func.min(district).label("first_district"),
        func.max(district).label("last_district"),
    ]
