"""All users with their last sign-in, their open sessions and their failures: three questions, each to one index."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from detection.store.accounts.records import Failures, UserOverview
from detection.store.accounts.rows import user_of
from detection.store.accounts.tables import FailureRow, SessionRow, UserRow

_ACCOUNT = "account:"


def overview(session: Session, *, started_after: str, seen_after: str) -> list[UserOverview]:
    """All users by name, disabled ones included.

    Args:
        session: of one reading.
        started_after: ISO time; a session that began before it lives no more.
        seen_after: ISO time; a session that was last used before it lives no more.
    """
    own = SessionRow.user_name == UserRow.name
    last = select(func.max(SessionRow.started_at)).where(own).scalar_subquery()
    alive = SessionRow.ended_at.is_(None), SessionRow.last_seen_at > seen_after
    lives = select(func.count()).where(own, SessionRow.started_at > started_after, *alive).scalar_subquery()
    counted = {
        row.source.removeprefix(_ACCOUNT): Failures(row.failures, row.last_at)
        for row in session.scalars(select(FailureRow))
        if row.source.startswith(_ACCOUNT)
    }
    return [
        UserOverview(user_of(user), signed_in, sessions, counted.get(user.name))
        for user, signed_in, sessions in session.execute(select(UserRow, last, lives).order_by(UserRow.name))
    ]
