"""Who acts on packets and cases at a terminal, as what, and which day it is."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from detection.cli.terminal import actor, now, place

if TYPE_CHECKING:
    from detection.cases.moves import Actor


class CaseRole(StrEnum):
    """Roles that work on packets and cases."""

    inspector = "inspector"
    reviewer = "reviewer"
    supervisor = "supervisor"
    director = "director"


def acting(workspace: Path, role: CaseRole, action: str, about: str) -> Actor:
    """The user of this terminal: the name cannot be chosen, so that no person stands for two.

    Nor can the role, where the workspace has users. Who is refused for it is entered in the audit log.

    Args:
        workspace: its folder.
        role: as what they want to act.
        action: what they want to do.
        about: what to: ``packet:…`` or ``case:…``.

    Raises:
        NotAllowedError: the workspace has users, and none of this name and role.
    """
    from detection.accounts.opening import open_accounts
    from detection.accounts.rights import Role
    from detection.audit.entry import EntryDraft
    from detection.cases.moves import Actor

    request = EntryDraft(now(), actor(), action, about, role.value)
    known = open_accounts(place(workspace)).at_terminal(actor(), Role(role.value), request)
    return Actor(known.name, role.value, districts=known.districts)


def today() -> dt.date:
    """Today, by the clock of the machine."""
    return dt.date.fromisoformat(now()[:10])
