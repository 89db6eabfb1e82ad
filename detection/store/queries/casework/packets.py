"""Packets: "Whose alerts shall I work on next?" One row per subject, all detectors inside, money once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from detection.alerts.draft import SEVERITIES
from detection.cases.life_cycle import ended_states
from detection.cases.limits import limits
from detection.store.accounts.scope import packet_within
from detection.store.casework.keys import PacketKey, among, same_packet
from detection.store.casework.tables import CaseFile, PacketHolding
from detection.store.casework.waiting import waiting
from detection.store.queries.casework.packet_money import money_of_packets
from detection.store.queries.casework.packet_order import Wanted, keys_in_order
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
        district: of the alerts.
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
    keys = _keys(reader, filters, (page - 1) * (size or 0), size)
    rows = [
        row
        for start in range(0, len(keys), _AT_ONCE)
        for row in reader.session.execute(
            _grouped(reader, filters.district).where(among(Alert, keys[start : start + _AT_ONCE]))
        )
    ]
    places = {key: place for place, key in enumerate(keys)}
    return _packets(reader, sorted(rows, key=lambda row: places[_key(row)]))


def packet(reader: Reader, key: PacketKey) -> Packet | None:
    """One packet; None where it has no open alert."""
    query = _grouped(reader, "").where(key.alerts())
    rows = _packets(reader, reader.session.execute(query).all())
    return rows[0] if rows else None


def count_packets(reader: Reader, filters: PacketFilters) -> int:
    """Number of packets."""
    counts = counts_by_queue(reader, filters)
    return counts[filters.queue] if filters.queue else sum(counts.values())


def counts_by_queue(reader: Reader, filters: PacketFilters) -> dict[str, int]:
    """Number of packets of each queue under the same other filters: one reading of the index of packets."""
    conditions = _conditions(reader, filters)
    if filters.holder:
        taken = _taken_by(reader, filters.holder)
        if not taken:
            return dict.fromkeys(QUEUES, 0)
        conditions.append(among(Alert, taken))
    highest = func.max(Alert.severity_order)
    low = (highest < limits().guidance_below).label("low")
    each = select(Alert.queue, low).where(waiting(by_status=False), *conditions).group_by(*_KEY).subquery()
    counts = dict.fromkeys(QUEUES, 0)
    query = select(each.c.queue, each.c.low, func.count()).group_by(each.c.queue, each.c.low)
    for queue, is_low, count in reader.session.execute(query):
        counts["guidance" if is_low and queue in _SUSPICION else queue] += count
    return counts


_KEY = (Alert.queue, Alert.packet_kind, Alert.packet_subject)
_AT_ONCE = 500
_SHARED_ACCOUNT = and_(Alert.family == "family_accounts", Alert.subject_kind == "payer_account")


def _key(row: Any) -> PacketKey:
    return PacketKey(row.queue, row.packet_kind, row.packet_subject)


def _keys(reader: Reader, filters: PacketFilters, first: int, most: int | None) -> list[PacketKey]:
    """The packets of a page, in order."""
    bound = limits().guidance_below
    guidance, suspicion = filters.queue == "guidance", filters.queue in _SUSPICION
    also = _conditions(reader, PacketFilters(free=filters.free))
    if filters.holder:
        taken = _taken_by(reader, filters.holder)
        if not taken:
            return []
        also.append(among(Alert, taken))
    wanted = Wanted(
        _SUSPICION if guidance else tuple(filter(None, (filters.queue,))),
        filters.district,
        bound if suspicion else None,
        bound if guidance else None,
        also,
    )
    return keys_in_order(reader, wanted, first, most)


def _taken_by(reader: Reader, holder: str) -> list[PacketKey]:
    """The packets that somebody holds."""
    table = PacketHolding
    query = select(table.queue, table.packet_kind, table.packet_subject)
    rows = reader.session.execute(query.where(table.holder == holder, table.given_back_at.is_(None)))
    return [_key(row) for row in rows]


def _conditions(reader: Reader, filters: PacketFilters) -> list[ColumnElement[bool]]:
    """On an alert, for its packet to be in a list, queue and holder aside."""
    conditions: list[ColumnElement[bool]] = []
    if reader.scope is not None:
        conditions.append(packet_within(Alert, reader.scope))
    if filters.district:
        conditions.append(Alert.district == filters.district)
    if filters.free:
        conditions += [~_holding(), ~_in_case()]
    return conditions


def _grouped(reader: Reader, district: str) -> Select[*tuple[Any, ...]]:
    """What a list says of each packet, of its alerts in a district alone where one is named."""
    query: Select[*tuple[Any, ...]] = (
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
    return query.where(*_conditions(reader, PacketFilters(district=district)))


def _holding() -> ColumnElement[bool]:
    table = PacketHolding
    query = select(table.holding_id).where(same_packet(table, Alert), table.given_back_at.is_(None))
    return query.exists()


def _in_case() -> ColumnElement[bool]:
    table = CaseFile
    return (
        select(table.case_id)
        .where(
            same_packet(table, Alert),
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
