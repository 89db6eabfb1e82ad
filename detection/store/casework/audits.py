"""Results of random audits, recorded by people who had no part in the dismissal."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from detection.cases.life_cycle import life_cycle
from detection.cases.moves import Act, Actor, Done, Standing, after
from detection.store.casework.acting import ActWriter
from detection.store.casework.tables import RandomAudit, SuppressedAlert, Suppression
from detection.store.schema import Alert, AlertEvent
from features.errors import UsageError

CYCLE = life_cycle("audit")
_DISMISSING = ("propose_dismissal", "confirm_dismissal", "dismiss_small", "suppress", "dismiss")


@dataclass(frozen=True)
class Audited:
    """What an act left: number, state and result of the audit."""

    number: int
    state: str
    result: str


def dismissed_by(connection: Connection, alert_id: str) -> tuple[Done, ...]:
    """Who had a part in dismissing an alert, under the name that the life cycle of audits gives it."""
    event = AlertEvent
    people = set(
        connection.scalars(
            select(event.actor).where(event.alert_id == alert_id, event.action.in_(_DISMISSING))
        )
    )
    people |= set(
        connection.scalars(
            select(Alert.proposed_by).where(Alert.alert_id == alert_id, Alert.proposed_by.is_not(None))
        )
    )
    suppressed = (
        select(Suppression.owner, Suppression.second)
        .join(SuppressedAlert, SuppressedAlert.suppression_id == Suppression.suppression_id)
        .where(SuppressedAlert.alert_id == alert_id)
    )
    people |= {name for row in connection.execute(suppressed) for name in row if name}
    return tuple(Done("dismiss", str(name)) for name in sorted(people))


class AuditWriter(ActWriter):
    """Random audits of a workspace, open for writing."""

    def record(self, number: int, actor: Actor, act: Act, at: str) -> Audited:
        """Record or correct the result of an audit.

        Raises:
            MoveRefusedError: not allowed, for instance to a person who dismissed the alert; all reasons.
            UsageError: there is none of this number.
        """
        with self.acting(act.move, f"random_audit:{number}", actor, at, act.reason) as entering:
            connection, table = entering.connection, RandomAudit
            row = connection.execute(select(table.__table__).where(table.audit_id == number)).first()
            if row is None:
                raise UsageError(
                    "There is no audit {number}.", next_step="see them on the page My work", number=number
                )
            past = dismissed_by(connection, row.alert_id) if row.alert_id else ()
            state = after(CYCLE, Standing(row.state, past), actor, act)
            connection.execute(
                update(table)
                .where(table.audit_id == number)
                .values(
                    state=state,
                    result=act.code,
                    result_by=actor.name,
                    result_at=at,
                    reason=act.reason.strip(),
                )
            )
            entering.enter(
                before={"state": row.state, "result": row.result}, after={"state": state, "result": act.code}
            )
            return Audited(number, state, act.code)
