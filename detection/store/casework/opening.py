"""What a packet brings into a case: its open alerts, which are escalated, and what they claim."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Row, Select, func, select

from detection.cases.money import Entry, Fund
from detection.cases.moves import Actor
from detection.store.acting import act
from detection.store.casework.keys import PacketKey
from detection.store.lifecycle import OPEN, possible_actions
from detection.store.schema import Alert, Evidence, RecordEvidence

_CLAIMED = "at_issue"


def escalate(
    connection: Connection, key: PacketKey, case_id: str, actor: Actor, at: str
) -> Sequence[Row[str, str, str | None]]:
    """Escalate the open alerts of a packet, with the case as the reason.

    Returns:
        The alerts by id, with status and district as they were; those that were escalated before among them.
    """
    alerts = connection.execute(
        select(Alert.alert_id, Alert.status, Alert.district)
        .where(key.alerts(), Alert.status.in_(OPEN))
        .order_by(Alert.alert_id)
    ).all()
    for alert in alerts:
        if "escalate" in possible_actions([alert.status]):
            act(
                connection,
                alert.alert_id,
                actor=actor.name,
                action="escalate",
                note=case_id,
                at=at,
                seen=None,
                role=actor.role,
            )
    return alerts


def claims(connection: Connection, alert_ids: Sequence[str]) -> list[Entry]:
    """What alerts claim, as entries: money at issue alone, each settlement once; what the fund owes is no claim."""
    cited = Alert.alert_id.in_(alert_ids), Alert.money_kind == _CLAIMED
    settlements = (
        select(func.max(Evidence.pool).label("pool"), func.max(Evidence.account).label("account"))
        .join(Alert, Alert.alert_id == Evidence.alert_id)
        .where(*cited)
        .group_by(Evidence.settlement_id)
    )
    records = (
        select(RecordEvidence.pool, RecordEvidence.account)
        .join(Alert, Alert.alert_id == RecordEvidence.alert_id)
        .where(*cited)
    )
    sums = [_sums(connection, query) for query in (settlements, records)]
    funds: list[tuple[Fund, int]] = [
        ("pool", sum(pool for pool, _ in sums)),
        ("account", sum(account for _, account in sums)),
    ]
    return [Entry("recovered", fund, "claimed", amount) for fund, amount in funds if amount > 0]


def _sums(connection: Connection, query: Select[int, int]) -> tuple[int, int]:
    rows = query.subquery()
    pool, account = connection.execute(select(func.sum(rows.c.pool), func.sum(rows.c.account))).one()
    return pool or 0, account or 0
