"""What is recorded of real ids that were shown."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from detection.audit.entry import EntryDraft
from detection.store.audit.append import append
from detection.store.disclosure.records import TooManyRevealsError
from detection.store.schema import Reveal

_DAY = 10
_SINGLE = "identity"


@dataclass(frozen=True)
class NewReveal:
    """Real ids that are shown now.

    Attributes:
        actor, role: who sees them, as what.
        reason: why.
        what: which list ("export alerts"), or "identity".
        rows: how many rows.
        at: ISO time.
        subject: pseudonym of a single identity; None for a list.
        until: ISO time until which a screen shows it; None where it is printed or written.
    """

    actor: str
    role: str
    reason: str
    what: str
    rows: int
    at: str
    subject: str | None
    until: str | None


def record_reveal(connection: Connection, new: NewReveal, request: int | None) -> None:
    """Record it, with its entry in the audit log; ``request``: number of the request that a second person approved."""
    stored = connection.execute(
        insert(Reveal).values(
            at=new.at,
            actor=new.actor,
            reason=new.reason,
            what=new.what,
            rows=new.rows,
            subject=new.subject,
            until=new.until,
        )
    )
    [reveal_id] = stored.inserted_primary_key or (0,)
    by = {} if request is None else {"request": request}
    append(
        connection,
        EntryDraft(
            at=new.at,
            actor=new.actor,
            role=new.role,
            action="reveal",
            object=f"identity:{new.subject}" if new.subject else f"list:{new.what}",
            after={"reveal": int(reveal_id), "what": new.what, "rows": new.rows, "until": new.until, **by},
            reason=new.reason,
        ),
    )


def refuse_many(connection: Connection, actor: str, at: str, most: int) -> None:
    """Refuse one more single identity to whom as many were shown on a day as one may see alone.

    Args:
        connection: in the transaction that would record it.
        actor: who asks.
        at: ISO time of the day.
        most: how many.

    Raises:
        TooManyRevealsError: there were as many.
    """
    day, table = at[:_DAY], Reveal
    of_day = table.actor == actor, func.substr(table.at, 1, _DAY) == day, table.what == _SINGLE
    shown = connection.scalar(select(func.count()).select_from(table).where(*of_day)) or 0
    if shown >= most:
        raise TooManyRevealsError(
            "You were shown {shown} identities today, as many as one person may see alone.",
            next_step="ask a second person: fundwatch request list",
            shown=shown,
        )
