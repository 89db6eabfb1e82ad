"""What a run does with suppressions: it dismisses new alerts under them, a sample aside, and ends what is over."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from detection.audit.entry import EntryDraft
from detection.cases.limits import limits
from detection.cases.second_review import in_share
from detection.language.text import Text
from detection.store.audit.append import append
from detection.store.casework.covering import EXPIRED, IN_FORCE, covers, kept_only_by
from detection.store.casework.sampling import select_dismissed
from detection.store.casework.tables import SuppressedAlert, Suppression
from detection.store.lifecycle import BY_RUN
from detection.store.records import RunRecord
from detection.store.schema import Alert, AlertEvent

_DAY = 10


def apply_suppressions(connection: Connection, run: RunRecord) -> int:
    """Carry out the suppressions in force on the day of a run, and end those whose day is over.

    Returns:
        How many alerts changed their status.
    """
    day = run.finished_at[:_DAY]
    in_force = Suppression.state == IN_FORCE
    over = connection.scalars(
        select(Suppression.suppression_id).where(in_force, Suppression.expires_on < day)
    ).all()
    changed = sum(_end(connection, run, number) for number in over)
    earlier = select(SuppressedAlert.alert_id)  # by an earlier run on the same data, or opened again since
    fresh = connection.execute(
        select(Alert.alert_id, Suppression.suppression_id, Suppression.expires_on)
        .join(Suppression, covers())
        .where(in_force, Suppression.expires_on >= day, Alert.run_id == run.run_id)
        .where(Alert.change == "new", Alert.status == "new", Alert.alert_id.not_in(earlier))
        .order_by(Alert.alert_id, Suppression.suppression_id)
    ).all()
    for alert_id, number, until in {row.alert_id: row for row in reversed(fresh)}.values():
        shown = sampled(alert_id)
        connection.execute(
            insert(SuppressedAlert).values(suppression_id=number, alert_id=alert_id, shown=shown)
        )
        note = Text(f"Suppression {number} until {until}.", f"排除决定 {number}，至 {until}。")
        if shown:
            _insert(connection, run, alert_id, "leak_check", ("new", "new"), note)
            continue
        connection.execute(update(Alert).where(Alert.alert_id == alert_id).values(status="dismissed"))
        _insert(connection, run, alert_id, "suppressed", ("new", "dismissed"), note)
        select_dismissed(connection, alert_id, run.finished_at)
        changed += 1
    return changed


def _end(connection: Connection, run: RunRecord, number: int) -> int:
    """End a suppression: what only it keeps dismissed is new, or closed where it was not found again."""
    connection.execute(update(Suppression).where(Suppression.suppression_id == number).values(state=EXPIRED))
    alerts = connection.execute(kept_only_by(number)).all()
    for alert_id, change in alerts:
        status = "closed" if change == "closed" else "new"
        note = Text(f"Suppression {number} has ended.", f"排除决定 {number} 已到期。")
        connection.execute(update(Alert).where(Alert.alert_id == alert_id).values(status=status))
        _insert(connection, run, alert_id, "suppression_ended", ("dismissed", status), note)
    append(
        connection,
        EntryDraft(
            at=run.finished_at,
            actor=BY_RUN,
            action="expire_suppression",
            object=f"suppression:{number}",
            before={"state": IN_FORCE},
            after={"state": EXPIRED, "alerts": len(alerts)},
        ),
    )
    return len(alerts)


def _insert(
    connection: Connection, run: RunRecord, alert_id: str, action: str, statuses: tuple[str, str], note: Text
) -> None:
    connection.execute(
        insert(AlertEvent).values(
            alert_id=alert_id,
            at=run.finished_at,
            actor=BY_RUN,
            action=action,
            status_before=statuses[0],
            status_after=statuses[1],
            note=note.en,
            note_zh=note.zh,
        )
    )


def sampled(alert_id: str) -> bool:
    """Whether an alert is of the sample that is shown all the same; ids are keyed, so that it cannot be foreseen."""
    return in_share(alert_id, limits().leak_share)
