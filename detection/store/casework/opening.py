"""What a packet brings into a case: its open alerts, which are escalated, and what they claim; and the way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection, Row, Select, case, func, select

from detection.cases.money import Entry, Fund
from detection.cases.moves import Act, Actor
from detection.store.acting import act
from detection.store.casework.acting import Entering
from detection.store.casework.events import Changed, enter_money
from detection.store.casework.keys import PacketKey
from detection.store.casework.tables import CaseAlert
from detection.store.casework.waiting import waiting
from detection.store.lifecycle import ALERTS
from detection.store.schema import Alert, Evidence, RecordEvidence

_CLAIMED = "at_issue"
_MONEY = "record_money"
_DAY = 10


def escalate(
    connection: Connection, key: PacketKey, case_id: str, actor: Actor, at: str
) -> Sequence[Row[str, str, str | None]]:
    """Escalate the open alerts of a packet, with the case as the reason.

    Returns:
        The alerts by id, with status and district as they were; those that were escalated before among them.
    """
    alerts = connection.execute(
        select(Alert.alert_id, Alert.status, Alert.district)
        .where(key.alerts(), waiting())
        .order_by(Alert.alert_id)
    ).all()
    for alert in alerts:
        if ALERTS.move["escalate"].starts_from(alert.status):
            _act(connection, alert.alert_id, "escalate", case_id, actor, at)
    return alerts


def reopen(connection: Connection, case_id: str, actor: Actor, at: str) -> None:
    """Put the alerts of a case that was never opened back on the desk, with the case as the reason."""
    alert_ids = connection.scalars(
        select(CaseAlert.alert_id)
        .join(Alert, Alert.alert_id == CaseAlert.alert_id)
        .where(CaseAlert.case_id == case_id, Alert.status == "escalated")
        .order_by(CaseAlert.alert_id)
    ).all()
    put_back(connection, alert_ids, case_id, actor, at)


def put_back(connection: Connection, alert_ids: Sequence[str], case_id: str, actor: Actor, at: str) -> None:
    """Put escalated alerts back on the desk, with the case as the reason; others stay as they are."""
    escalated = connection.scalars(
        select(Alert.alert_id)
        .where(Alert.alert_id.in_(alert_ids), Alert.status == "escalated")
        .order_by(Alert.alert_id)
    ).all()
    for alert_id in escalated:
        _act(connection, alert_id, "reopen", case_id, actor, at)


def enter_claims(entering: Entering, changed: Changed, alert_ids: Sequence[str]) -> None:
    """Enter what alerts claim in the ledger of a case, and each entry in the audit log."""
    for entry in claims(entering.connection, alert_ids):
        enter_entry(entering, changed, entry)


def enter_entry(entering: Entering, changed: Changed, entry: Entry) -> None:
    """Enter money in the ledger of a case by the event of an act, and in the audit log."""
    number = enter_money(entering.connection, changed, entry, entering.at)
    entering.of_case(changed.case_id, action=_MONEY).enter(after={"money": number} | asdict(entry))


def claims(connection: Connection, alert_ids: Sequence[str]) -> list[Entry]:
    """What alerts claim, as entries: money at issue alone, each settlement and record once.

    What the fund owes is no claim, and lessens none.
    """
    cited = Alert.alert_id.in_(alert_ids), Alert.money_kind == _CLAIMED
    settlements = (
        select(func.max(Evidence.pool).label("pool"), func.max(Evidence.account).label("account"))
        .join(Alert, Alert.alert_id == Evidence.alert_id)
        .where(*cited)
        .group_by(Evidence.settlement_id)
    )
    record = RecordEvidence
    records = (
        select(func.max(record.pool).label("pool"), func.max(record.account).label("account"))
        .join(Alert, Alert.alert_id == record.alert_id)
        .where(*cited)
        .group_by(record.record_table, record.record_id)
    )
    sums = [_sums(connection, query) for query in (settlements, records)]
    funds: list[tuple[Fund, int]] = [
        ("pool", sum(pool for pool, _ in sums)),
        ("account", sum(account for _, account in sums)),
    ]
    return [Entry("recovered", fund, "claimed", amount) for fund, amount in funds if amount > 0]


def _act(connection: Connection, alert_id: str, move: str, case_id: str, actor: Actor, at: str) -> None:
    day = dt.date.fromisoformat(at[:_DAY])
    act(connection, alert_id, Act(move, day, reason=case_id), actor=actor, at=at, carries_out=True)


def _sums(connection: Connection, query: Select[int, int]) -> tuple[int, int]:
    rows = query.subquery()
    pool, account = (func.sum(case((fund > 0, fund), else_=0)) for fund in (rows.c.pool, rows.c.account))
    claimed = connection.execute(select(pool, account)).one()
    return claimed[0] or 0, claimed[1] or 0
