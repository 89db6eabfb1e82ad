"""The money of packets by kind, pooled fund and accounts apart; within a packet each row counts once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from detection.alerts.draft import Money
from detection.detectors.cards import MONEY_KINDS
from detection.store.casework.keys import PacketKey, among
from detection.store.casework.waiting import waiting
from detection.store.queries.reader import Reader
from detection.store.queries.totals import Totals
from detection.store.schema import Alert, SharedEvidence

_KEY = (Alert.queue, Alert.packet_kind, Alert.packet_subject)
_AT_ONCE = 500


def money_of_packets(reader: Reader, keys: Sequence[PacketKey]) -> Mapping[PacketKey, Totals]:
    """Number and money of the open alerts of some packets."""
    totals: dict[PacketKey, Totals] = {}
    for start in range(0, len(keys), _AT_ONCE):
        totals |= _totals(reader, keys[start : start + _AT_ONCE])
    return totals


def _totals(reader: Reader, keys: Sequence[PacketKey]) -> dict[PacketKey, Totals]:
    inside = (
        among(Alert, keys),
        waiting(),
    )
    cited = (
        select(*_KEY, Alert.money_kind, func.count(), *_sums(Alert.pool_at_issue, Alert.account_at_issue))
        .where(*inside)
        .group_by(*_KEY, Alert.money_kind)
    )
    alerts: dict[PacketKey, int] = {}
    money: dict[tuple[PacketKey, str], Money] = {}
    for queue, packet_kind, subject, kind, count, pool, account in reader.session.execute(cited):
        key = PacketKey(queue, packet_kind, subject)
        alerts[key] = alerts.get(key, 0) + count
        money[key, kind] = Money(int(pool), int(account))
    for queue, packet_kind, subject, kind, pool, account in reader.session.execute(_counted_again(inside)):
        key = PacketKey(queue, packet_kind, subject)
        all_of_it = money[key, kind]
        money[key, kind] = Money(all_of_it.pool - int(pool), all_of_it.account - int(account))
    return {
        key: Totals(count, *(money.get((key, kind), Money(0, 0)) for kind in MONEY_KINDS))
        for key, count in alerts.items()
    }


def _sums(*columns: Any) -> list[Any]:
    return [func.sum(column) for column in columns]


def _counted_again(inside: Sequence[Any]) -> Any:
    """What the sum over the alerts of a packet counts more than once, by packet and kind of money."""
    shared = SharedEvidence
    columns = [column.label(name) for name, column in zip(("queue", "kind", "subject"), _KEY, strict=True)]
    cited = (
        select(
            *columns,
            Alert.money_kind.label("money_kind"),
            (func.sum(shared.pool) - func.max(shared.pool)).label("pool"),
            (func.sum(shared.account) - func.max(shared.account)).label("account"),
        )
        .join(shared, shared.alert_id == Alert.alert_id)
        .where(*inside)
        .group_by(*_KEY, Alert.money_kind, shared.settlement_id)
        .subquery()
    )
    names = (cited.c.queue, cited.c.kind, cited.c.subject, cited.c.money_kind)
    return select(*names, *_sums(cited.c.pool, cited.c.account)).group_by(*names)
