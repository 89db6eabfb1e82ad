"""Whether users may do what the log last said that they may."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from detection.audit.entry import Entry, object_name, values_of
from detection.store.accounts.tables import UserRow

_CHANGES = "user_"
"""How actions begin whose entries say the role, the districts and whether a user is disabled."""


@dataclass
class Users:
    """The last that the log says of each user, by the object of its entries."""

    _last: dict[str, tuple[int, tuple[object, ...]]] = field(default_factory=dict)

    def take(self, entry: Entry) -> None:
        """Remember what an entry says of a user."""
        if entry.action.startswith(_CHANGES) and entry.after is not None:
            after = values_of(entry.after)
            says = tuple(after.get(name) for name in ("role", "districts", "disabled"))
            self._last[entry.object] = entry.number, says

    def changed(self, connection: Connection, after: int) -> int | None:
        """Number of the first entry that a user is not as it says; None where there is none.

        Args:
            connection: to the store.
            after: number of the last entry; a user that no entry knows stands behind it.
        """
        row = UserRow
        stored = {
            object_name(f"user:{name}"): (
                role,
                "all" if districts is None else ",".join(districts),
                disabled is not None,
            )
            for name, role, districts, disabled in connection.execute(
                select(row.name, row.role, row.districts, row.disabled_at)
            )
        }
        differing = [number for about, (number, says) in self._last.items() if stored.get(about) != says]
        unknown = [after + 1] if stored.keys() - self._last.keys() else []
        return min(differing + unknown, default=None)
