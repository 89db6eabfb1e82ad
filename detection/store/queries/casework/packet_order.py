"""Which packets are on a page of a list, those with the first alert of all first.

The first pages are found by reading alerts in their order until the page is full; what would take too long that way is
found by reading the index of packets once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, tuple_

from detection.store.casework.keys import PacketKey, among
from detection.store.casework.waiting import waiting
from detection.store.engines.sql import Unindexed
from detection.store.queries.reader import Reader
from detection.store.schema import Alert

_KEY = (Alert.queue, Alert.packet_kind, Alert.packet_subject)
_AT_ONCE = 250
_MOST_READ = 5_000
"""Alerts that are read in order before the index of packets is."""


@dataclass(frozen=True)
class Wanted:
    """Which packets a list holds.

    Attributes:
        queues: of their alerts; all when empty.
        district: of their alerts; all when empty.
        least: the order of grade that one of the alerts has at least; None for any.
        below: the order of grade that none of them has; None for any.
        also: further conditions on an alert.
    """

    queues: Sequence[str]
    district: str
    least: int | None
    below: int | None
    also: Sequence[ColumnElement[bool]] = ()


def keys_in_order(reader: Reader, wanted: Wanted, first: int, most: int | None) -> list[PacketKey]:
    """Packets by the rank of their first alert.

    Args:
        reader: of the store.
        wanted: which.
        first: how many are left out before.
        most: how many; all when None.
    """
    # Those of a low grade come last; and each alert that is read adds one packet at most.
    if most is not None and wanted.below is None and first + most <= _MOST_READ:
        keys = _read_in_order(reader, wanted, first + most)
        if keys is not None:
            return keys[first:]
    highest, rank = func.max(Alert.severity_order), func.min(Alert.rank)
    query: Select[*tuple[Any, ...]] = (
        select(*_KEY).where(waiting(by_status=False), *_conditions(wanted)).group_by(*_KEY)
    )
    if wanted.least is not None:
        query = query.having(highest >= wanted.least)
    if wanted.below is not None:
        query = query.having(highest < wanted.below)
    query = query.order_by(rank, func.min(Alert.alert_id)).offset(first)
    return _keys(reader, query if most is None else query.limit(most))


def _read_in_order(reader: Reader, wanted: Wanted, most: int) -> list[PacketKey] | None:
    """The first packets; None where too many alerts would have to be read."""
    keys: dict[PacketKey, None] = {}
    seen: set[PacketKey] = set()
    last: tuple[int, str] | None = None
    for _ in range(_MOST_READ // _AT_ONCE):
        rows = reader.session.execute(_after(wanted, last)).all()
        new = list(dict.fromkeys(PacketKey(*row[:3]) for row in rows))
        fresh = [key for key in new if key not in seen]
        seen.update(fresh)
        keys |= dict.fromkeys(_graded(reader, wanted, fresh))
        if len(keys) >= most or len(rows) < _AT_ONCE:
            return list(keys)[:most]
        last = rows[-1].rank, rows[-1].alert_id
    return None


def _after(wanted: Wanted, last: tuple[int, str] | None) -> Select[*tuple[Any, ...]]:
    """The next alerts in order."""
    place = tuple_(Alert.rank, Alert.alert_id)
    query: Select[*tuple[Any, ...]] = select(*_KEY, Alert.rank, Alert.alert_id).where(
        waiting(by_status=False), *_conditions(wanted, ordered=True)
    )
    if last is not None:
        query = query.where(Alert.rank >= last[0], place > last)
    return query.order_by(Alert.rank, Alert.alert_id).limit(_AT_ONCE)


def _graded(reader: Reader, wanted: Wanted, keys: Sequence[PacketKey]) -> list[PacketKey]:
    """Those of some packets with an alert of the grade, in their order."""
    if wanted.least is None or not keys:
        return list(keys)
    query: Select[*tuple[Any, ...]] = (
        select(*_KEY).where(waiting(), among(Alert, keys), *_conditions(wanted)).group_by(*_KEY)
    )
    high = set(_keys(reader, query.having(func.max(Alert.severity_order) >= wanted.least)))
    return [key for key in keys if key in high]


def _conditions(wanted: Wanted, *, ordered: bool = False) -> list[ColumnElement[bool]]:
    """On an alert; where the order matters, other indexes than that on ranks are of no use."""
    conditions = list(wanted.also)
    if wanted.queues:
        queue = Unindexed(Alert.queue) if ordered else Alert.queue
        conditions.append(queue.in_(wanted.queues))
    if wanted.district:
        district = Unindexed(Alert.district) if ordered else Alert.district
        conditions.append(district == wanted.district)
    return conditions


def _keys(reader: Reader, query: Select[*tuple[Any, ...]]) -> list[PacketKey]:
    return [PacketKey(queue, kind, subject) for queue, kind, subject in reader.session.execute(query)]
