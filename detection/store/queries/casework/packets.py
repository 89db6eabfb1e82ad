"""Packets: "Whose alerts shall I work on next?" One row per subject, all detectors inside, money once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from detection.alerts.draft import SEVERITIES
from detection.cases.life_cycle import ended_states
from detection.cases.limits import limits
from detection.store.casework.keys import PacketKey, among, same_packet
from detection.store.casework.tables import CaseFile, PacketHolding
from detection.store.casework.waiting import waiting
from detection.store.packets.table import StoredPacket
from detection.store.queries.casework.packet_money import money_of_packets
from detection.store.queries.reader import Reader
from detection.store.queries.totals import Totals
from detection.store.schema import Alert

QUEUES = ("institutions", "insured", "agency", "data", "guidance")
"""Whose desk a packet is for; guidance has the packets of the first two whose alerts are all of a low grade."""
_SUSPICION = ("institutions", "insured")


@dataclass(frozen=True)
class PacketFilters:
    """Which packets a list holds; an empty text filters nothing.

    Attributes:
        queue: one of `QUEUES`.
        district: of at least one of its open alerts.
        holder: who holds it.
        free: only packets that nobody holds and that are in no case.
    """

    queue: str = ""
    district: str = ""
    holder: str = ""
    free: bool = False


@dataclass(frozen=True)
class Packet:
    """The open alerts about one subject.

    Attributes:
        packet_id: deterministic; the queue of the alerts and the subject's pseudonym.
        queue: one of `QUEUES`.
        kind: of the subject; ``family`` where an alert is about the account that relatives share.
        subject, pseudonym: an institution by name, anything else by pseudonym; and the pseudonym of either.
        detectors: how many detectors raised its alerts.
        severity: the highest grade.
        rank: of its first alert among all open alerts.
        first, last: ISO days of the evidence.
        money: by kind, each settlement and record once.
        holder, since: who holds it, and since when; empty where it is free.
        case_id: of the lead or case that it is in; empty where it is in none.
    """

    packet_id: str
    queue: str
    kind: str
    subject: str
    pseudonym: str
    district: str
    alerts: int
    detectors: int
    severity: str
    rank: int
    first: str
    last: str
    money: Totals
    holder: str
    since: str
    case_id: str


def packets(
    reader: Reader, filters: PacketFilters, *, page: int = 1, size: int | None = None
) -> list[Packet]:
    """One page of packets (1 is the first), those with the first alert of all first; all when ``size`` is None."""
    table = StoredPacket
    query = _listed(filters, *_KEPT).order_by(table.rank, *_KEPT).offset((page - 1) * (size or 0))
    keys = [_key(row) for row in reader.session.execute(query if size is None else query.limit(size))]
    rows = [
        row
        for start in range(0, len(keys), _AT_ONCE)
        for row in reader.session.execute(_grouped().where(among(Alert, keys[start : start + _AT_ONCE])))
    ]
    places = {key: place for place, key in enumerate(keys)}
    return _packets(reader, sorted(rows, key=lambda row: places[_key(row)]))


def packet(reader: Reader, key: PacketKey) -> Packet | None:
    """One packet; None where it has no open alert."""
    query = _grouped().where(key.alerts())
    rows = _packets(reader, reader.session.execute(query).all())
    return rows[0] if rows else None


def count_packets(reader: Reader, filters: PacketFilters) -> int:
    """Number of packets."""
    counts = counts_by_queue(reader, filters)
    return counts[filters.queue] if filters.queue else sum(counts.values())


def counts_by_queue(reader: Reader, filters: PacketFilters) -> dict[str, int]:
    """Number of packets of each queue under the same other filters: one reading of the index of packets."""
    parts = StoredPacket.queue, StoredPacket.highest
    query = _listed(replace(filters, queue=""), *parts, func.count()).group_by(*parts)
    counts = dict.fromkeys(QUEUES, 0)
    for queue, highest, count in reader.session.execute(query):
        counts[_queue(queue, highest)] += count
    return counts


_KEPT = (StoredPacket.queue, StoredPacket.packet_kind, StoredPacket.packet_subject)
_KEY = (Alert.queue, Alert.packet_kind, Alert.packet_subject)
_AT_ONCE = 500
_SHARED_ACCOUNT = and_(Alert.family == "family_accounts", Alert.subject_kind == "payer_account")


def _key(row: Any) -> PacketKey:
    return PacketKey(row.queue, row.packet_kind, row.packet_subject)


def _listed(filters: PacketFilters, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Columns of the packets of a list."""
    table, bound = StoredPacket, limits().guidance_below
    query: Select[*tuple[Any, ...]] = select(*columns).where(table.rank.is_not(None))
    if filters.queue == "guidance":
        query = query.where(table.queue.in_(_SUSPICION), table.highest < bound)
    elif filters.queue in _SUSPICION:
        query = query.where(table.queue == filters.queue, table.highest >= bound)
    elif filters.queue:
        query = query.where(table.queue == filters.queue)
    if filters.district:
        query = query.where(*_in_district(filters.district))
    if filters.free:
        query = query.where(~_holding(), ~_in_case())
    if filters.holder:
        query = query.join(PacketHolding, same_packet(PacketHolding, table)).where(
            PacketHolding.holder == filters.holder, PacketHolding.given_back_at.is_(None)
        )
    return query


def _in_district(district: str) -> Sequence[ColumnElement[bool]]:
    """That an open alert is of a district."""
    table = StoredPacket
    alert = select(Alert.alert_id).where(same_packet(Alert, table), waiting(), Alert.district == district)
    return table.first_district <= district, table.last_district >= district, alert.exists()


def _grouped() -> Select[*tuple[Any, ...]]:
    """What a list says of each packet."""
    return (
        select(
            *_KEY,
            func.count().label("alerts"),
            func.count(Alert.detector.distinct()).label("detectors"),
            func.max(Alert.severity_order).label("highest"),
            func.min(Alert.rank).label("rank"),
            func.min(Alert.period_start).label("first"),
            func.max(Alert.period_end).label("last"),
            func.min(Alert.district).label("district"),
            func.max(case((_SHARED_ACCOUNT, 1), else_=0)).label("family"),
        )
        .where(waiting())
        .group_by(*_KEY)
    )


def _holding() -> ColumnElement[bool]:
    table = PacketHolding
    query = select(table.holding_id).where(same_packet(table, StoredPacket), table.given_back_at.is_(None))
    return query.exists()


def _in_case() -> ColumnElement[bool]:
    table = CaseFile
    return (
        select(table.case_id)
        .where(
            same_packet(table, StoredPacket),
            table.state.not_in(ended_states()),
        )
        .exists()
    )


def _packets(reader: Reader, rows: Sequence[Any]) -> list[Packet]:
    if not rows:
        return []
    keys = [_key(row) for row in rows]
    money = money_of_packets(reader, keys)
    holders, cases = _holders(reader, keys), _cases(reader, keys)
    return [
        Packet(
            packet_id=key.packet_id(reader.workspace.pseudonym_key()),
            queue=_queue(row.queue, row.highest),
            kind="family" if row.family and key.kind == "person" else key.kind,
            subject=reader.name(key.kind, key.subject),
            pseudonym=reader.identity(key.kind, key.subject),
            district=row.district or "",
            alerts=row.alerts,
            detectors=row.detectors,
            severity=SEVERITIES[row.highest],
            rank=row.rank,
            first=row.first,
            last=row.last,
            money=money.get(key, Totals()),
            holder=holders.get(key, ("", ""))[0],
            since=holders.get(key, ("", ""))[1],
            case_id=cases.get(key, ""),
        )
        for key, row in zip(keys, rows, strict=True)
    ]


def _queue(queue: str, highest: int) -> str:
    return "guidance" if queue in _SUSPICION and highest < limits().guidance_below else queue


def _holders(reader: Reader, keys: Sequence[PacketKey]) -> dict[PacketKey, tuple[str, str]]:
    table = PacketHolding
    names = (table.queue, table.packet_kind, table.packet_subject)
    query = select(*names, table.holder, table.taken_at).where(table.given_back_at.is_(None))
    return {
        PacketKey(queue, kind, subject): (holder, since)
        for queue, kind, subject, holder, since in reader.session.execute(
            query.where(among(table, keys)).order_by(table.holding_id)
        )
    }


def _cases(reader: Reader, keys: Sequence[PacketKey]) -> dict[PacketKey, str]:
    table = CaseFile
    names = (table.queue, table.packet_kind, table.packet_subject)
    query = select(*names, table.case_id).where(table.state.not_in(ended_states()))
    return {
        PacketKey(queue, kind, subject): case_id
        for queue, kind, subject, case_id in reader.session.execute(
            query.where(among(table, keys)).order_by(table.case_id)
        )
    }
