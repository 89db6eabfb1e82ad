"""Which packet an id names: the queue and the pseudonym of the subject, ``institutions.I-…``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, select, tuple_

from detection.masking import id_digests, mask, masker, prefixes
from detection.store.casework.tables import CaseFile, PacketHolding, Suppression
from detection.store.packets.table import StoredPacket
from detection.store.schema import Alert
from features.errors import UsageError

OfPacket = type[Alert] | type[StoredPacket] | type[CaseFile] | type[PacketHolding] | type[Suppression]
"""Tables whose rows name a packet."""
_BETWEEN = "."


@dataclass(frozen=True)
class PacketKey:
    """A packet: queue of its alerts, kind of its subject, and the subject's id as the source has it."""

    queue: str
    kind: str
    subject: str

    def packet_id(self, masking_key: bytes) -> str:
        """The id that people see; a lead from outside may be about nobody."""
        subject = mask(masking_key, self.subject, self.kind) if self.kind else ""
        return f"{self.queue}{_BETWEEN}{subject}"

    def alerts(self) -> ColumnElement[bool]:
        """The condition that an alert is in the packet."""
        return self.rows(Alert)

    def rows(self, table: OfPacket) -> ColumnElement[bool]:
        """The condition that a row of a table is of the packet."""
        return and_(
            table.queue == self.queue,
            table.packet_kind == self.kind,
            table.packet_subject == self.subject,
        )


def same_packet(first: OfPacket, other: OfPacket) -> ColumnElement[bool]:
    """The condition that rows of two tables are of the same packet."""
    return and_(
        first.queue == other.queue,
        first.packet_kind == other.packet_kind,
        first.packet_subject == other.packet_subject,
    )


def among(table: OfPacket, keys: Sequence[PacketKey]) -> ColumnElement[bool]:
    """The condition that a row of a table is of one of some packets, of which there is at least one.

    The conditions on each column let an index be used; that on all together alone is read row by row.
    """
    columns = (table.queue, table.packet_kind, table.packet_subject)
    wanted = [(key.queue, key.kind, key.subject) for key in keys]
    each = [
        column.in_(sorted(set(values)))
        for column, values in zip(columns, zip(*wanted, strict=True), strict=True)
    ]
    return and_(*each, tuple_(*columns).in_(wanted))


def packet_ids(masking_key: bytes) -> Callable[[PacketKey], str]:
    """The function that gives `PacketKey.packet_id`, for many packets."""
    maskers: dict[str, Callable[[str], str]] = {}

    def packet_id(key: PacketKey) -> str:
        masked = maskers.setdefault(key.kind, _masker(masking_key, key.kind))
        return f"{key.queue}{_BETWEEN}{masked(key.subject)}"

    return packet_id


def key_of(connection: Connection, masking_key: bytes, packet_id: str) -> PacketKey:
    """The packet of an id, open or not.

    Raises:
        UsageError: no alert was ever in such a packet.
    """
    name, table = packet_id.strip(), StoredPacket
    query = select(table.queue, table.packet_kind, table.packet_subject)
    known = connection.execute(query.where(table.id_digest == id_digests(masking_key)(name))).first()
    key = PacketKey(*known) if known else _tried(connection, masking_key, name)
    if key is None:
        raise UsageError(
            "There is no packet {packet_id}.", next_step="list them: fundwatch packets", packet_id=packet_id
        )
    return key


def _tried(connection: Connection, masking_key: bytes, name: str) -> PacketKey | None:
    """The packet of an id, by trying all: a store of an earlier version has no digests until its next run."""
    queue, _, pseudonym = name.partition(_BETWEEN)
    kinds = prefixes().get(pseudonym[:1].upper(), ()) if pseudonym[1:2] == "-" else ("agency",)
    table = StoredPacket
    for kind in kinds:
        masked = _masker(masking_key, kind)
        query = select(table.packet_subject).where(table.queue == queue, table.packet_kind == kind)
        for subject in connection.scalars(query.order_by(table.packet_subject)):
            if masked(subject) == pseudonym:
                return PacketKey(queue, kind, subject)
    return None


def _masker(masking_key: bytes, kind: str) -> Callable[[str], str]:
    return str if kind == "agency" else masker(masking_key, kind)
