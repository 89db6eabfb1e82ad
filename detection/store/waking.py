"""What a run does with alerts that wait: it ends snoozes, and expires what can no longer be pursued. Never a label."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, insert, select, update

from detection.cases.limits import limits
from detection.language.text import Text
from detection.store.lifecycle import ALERTS, BY_RUN
from detection.store.records import RunRecord
from detection.store.schema import Alert, AlertEvent

_DAY = 10


def wake_and_expire(connection: Connection, run: RunRecord) -> int:
    """Put alerts back on the desk whose snooze is over, and expire those that earlier runs raised too long ago.

    Returns:
        How many alerts changed their status.
    """
    day = run.finished_at[:_DAY]
    over = select(Alert.alert_id, Alert.status, Alert.snoozed_until).where(
        Alert.status == "snoozed", Alert.snoozed_until < day
    )
    woken = connection.execute(over.order_by(Alert.alert_id)).all()
    for alert_id, status, until in woken:
        note = Text(f"Its snooze ended on {until}.", f"暂缓至 {until}，已到期。")
        _move(connection, run, alert_id, "wake", status, note)
    days = limits().expires_after
    last = (dt.date.fromisoformat(run.as_of) - dt.timedelta(days=days)).isoformat()
    old = select(Alert.alert_id, Alert.status).where(
        Alert.status.in_(ALERTS.move["expire"].start),
        Alert.period_end < last,
        Alert.first_run_id != run.run_id,
    )
    expired = connection.execute(old.order_by(Alert.alert_id)).all()
    for alert_id, status in expired:
        note = Text(
            f"Nobody judged it, and its last event was over {days} days before {run.as_of}.",
            f"未经判定，且最后一次事件距 {run.as_of} 已超过 {days} 天。",
        )
        _move(connection, run, alert_id, "expire", status, note)
    return len(woken) + len(expired)


def _move(connection: Connection, run: RunRecord, alert_id: str, move: str, before: str, note: Text) -> None:
    after = ALERTS.after(before, move)
    connection.execute(update(Alert).where(Alert.alert_id == alert_id).values(status=after))
    connection.execute(
        insert(AlertEvent).values(
            alert_id=alert_id,
            at=run.finished_at,
            actor=BY_RUN,
            action=move,
            status_before=before,
            status_after=after,
            note=note.en,
            note_zh=note.zh,
        )
    )
