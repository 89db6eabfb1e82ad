"""Roles, and what each may do: `may` is the one place that decides it, from roles.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from features.errors import UsageError


class Role(StrEnum):
    """What somebody is in the work of supervision."""

    reader = "reader"
    inspector = "inspector"
    reviewer = "reviewer"
    supervisor = "supervisor"
    director = "director"
    auditor = "auditor"
    administrator = "administrator"
    terminal = "terminal"
    demo = "demo"


class Right(StrEnum):
    """What may be done; roles.toml says what each covers."""

    see_cases = "see_cases"
    see_indicators = "see_indicators"
    see_methods = "see_methods"
    see_log = "see_log"
    work_alerts = "work_alerts"
    reveal_ids = "reveal_ids"
    export_files = "export_files"
    see_leads = "see_leads"
    import_leads = "import_leads"
    read_case_files = "read_case_files"
    manage_users = "manage_users"


USER_ROLES = tuple(role for role in Role if role not in {Role.terminal, Role.demo})
"""Roles that a user may have."""


class NotAllowedError(UsageError):
    """A role does not have the right that an act needs."""


@cache
def _granted() -> dict[Right, frozenset[Role]]:
    """Roles by right.

    Raises:
        ValueError: roles.toml names an unknown right or role.
        KeyError: it leaves a right out.
    """
    text = (Path(__file__).parent / "roles.toml").read_text(encoding="utf-8")
    granted = {
        Right(name): frozenset(map(Role, entry["roles"])) for name, entry in tomllib.loads(text).items()
    }
    return {right: granted[right] for right in Right}


def may(role: Role, right: Right) -> bool:
    """Whether a role has a right."""
    return role in _granted()[right]


@dataclass(frozen=True)
class Actor:
    """Who acts, as what, and for which districts.

    Attributes:
        name: of the user; that of the operating system's user at the terminal.
        role: decides what may be done.
        districts: codes of the districts whose alerts may be seen; None for all.
    """

    name: str
    role: Role
    districts: tuple[str, ...] | None = None

    def may(self, right: Right) -> bool:
        """Whether the role has a right."""
        return may(self.role, right)

    def require(self, right: Right) -> None:
        """Refuse what the role may not do.

        Raises:
            NotAllowedError: the role does not have the right.
        """
        if not self.may(right):
            raise NotAllowedError(
                "Your role may not do this.",
                next_step="ask a colleague whose role may, or the administrator",
            )

    def require_whole_fund(self) -> None:
        """Refuse what cannot be limited to districts.

        Raises:
            NotAllowedError: the actor is limited to some.
        """
        if self.districts is not None:
            raise NotAllowedError(
                "This list is of the whole fund; your account is limited to districts.",
                next_step="export the list of alerts, which is limited to your districts",
            )
