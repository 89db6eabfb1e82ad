"""Names that people write: where the workspace has users, a name is one of them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from detection.cases.life_cycle import Role
from detection.store.accounts.tables import UserRow
from features.errors import UsageError


def refuse_unknown(connection: Connection, names: Iterable[str], role: Role | None = None) -> None:
    """Refuse a name that nobody who may sign in has, or not in a role; any name where there are no users.

    Raises:
        UsageError: nobody has it.
    """
    if connection.scalar(select(UserRow.name).limit(1)) is None:
        return
    for name in sorted(names):
        query = select(UserRow.role).where(UserRow.name == name, UserRow.disabled_at.is_(None))
        known = connection.scalar(query)
        if known is None or (role is not None and known != role):
            raise UsageError(
                "There is no user {name} for this.",
                next_step="see names and roles: fundwatch user list",
                name=name,
            )
