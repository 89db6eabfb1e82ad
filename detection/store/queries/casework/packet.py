"""One packet: what it is about, and its alerts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from detection.store.accounts.scope import packet_is_within
from detection.store.casework.keys import key_of
from detection.store.casework.tables import CaseFile
from detection.store.casework.waiting import waiting
from detection.store.queries.alerts import Row, listed
from detection.store.queries.casework.packets import Packet, packet
from detection.store.queries.leads.queue import leads_of_packet
from detection.store.queries.reader import Reader
from detection.store.schema import Alert
from features.errors import UsageError


@dataclass(frozen=True)
class PacketPage:
    """A packet with its open alerts, the first first; and the numbers of all leads and cases that it ever had.

    Leads from outside about its subject are among them.
    """

    packet: Packet | None
    alerts: tuple[Row, ...]
    cases: tuple[str, ...]


def packet_page(reader: Reader, packet_id: str) -> PacketPage:
    """A packet by id.

    Raises:
        UsageError: no alert was ever in such a packet, or it is of other districts than the reader's.
    """
    connection = reader.session.connection()
    key = key_of(connection, reader.workspace.pseudonym_key(), packet_id)
    table = CaseFile
    cases = reader.session.scalars(select(table.case_id).where(key.rows(table)).order_by(table.case_id)).all()
    if not packet_is_within(connection, key, reader.scope):
        if not cases:
            raise UsageError(
                "There is no packet {packet_id}.",
                next_step="list them: fundwatch packets",
                packet_id=packet_id,
            )
        return PacketPage(None, (), tuple(cases))
    alerts = reader.session.scalars(
        select(Alert).where(key.alerts(), waiting()).order_by(Alert.rank, Alert.alert_id)
    )
    return PacketPage(
        packet(reader, key), tuple(listed(reader, list(alerts))), (*cases, *leads_of_packet(reader, key))
    )
