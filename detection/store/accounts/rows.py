"""Users as rows, and rows as users."""

from __future__ import annotations

from typing import Any

from detection.store.accounts.records import UserRecord
from detection.store.accounts.tables import UserRow


def user_of(row: UserRow) -> UserRecord:
    """A row as a user."""
    return UserRecord(
        name=row.name,
        display_name=row.display_name,
        role=row.role,
        districts=None if row.districts is None else tuple(row.districts),
        password_hash=row.password_hash,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
        issuer=row.issuer,
        subject=row.subject,
        password_given_at=row.password_given_at,
    )


def changeable(user: UserRecord) -> dict[str, Any]:
    """What of a user may change, by column."""
    return {
        "display_name": user.display_name,
        "role": user.role,
        "districts": listed(user.districts),
        "password_hash": user.password_hash,
        "disabled_at": user.disabled_at,
        "issuer": user.issuer,
        "subject": user.subject,
        "password_given_at": user.password_given_at,
    }


def listed(districts: tuple[str, ...] | None) -> list[str] | None:
    """Districts as a column holds them."""
    return None if districts is None else list(districts)
