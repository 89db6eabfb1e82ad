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


def acting(workspace: Path, role: CaseRole) -> Actor:
    """The user of this terminal: the name cannot be chosen, so that no person stands for two.

    Nor can the role, where the workspace has users.
    """
    from detection.accounts.opening import open_accounts
    from detection.accounts.rights import Role
    from detection.cases.moves import Actor

    known = open_accounts(place(workspace)).at_terminal(actor(), Role(role.value))
    return Actor(known.name, role.value, districts=known.districts)


def today() -> dt.date:
    """Today, by the clock of the machine."""
    return dt.date.fromisoformat(now()[:10])
