"""Who works on packets and cases at the screens, and which day it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from dashboard.session import actor, now
from detection.accounts import rights
from detection.cases.life_cycle import Role
from detection.cases.moves import Actor

_DAY = 10
_ROLES: Mapping[rights.Role, Role] = {
    rights.Role.reader: "reader",
    rights.Role.inspector: "inspector",
    rights.Role.reviewer: "reviewer",
    rights.Role.supervisor: "supervisor",
    rights.Role.director: "director",
    rights.Role.auditor: "auditor",
    rights.Role.administrator: "administrator",
    rights.Role.demo: "inspector",  # a demo shows the desk of an inspector
}


def acting() -> Actor:
    """Whoever is at the screen, in their role."""
    return Actor(actor().name, _ROLES[actor().role], districts=actor().districts)


def today() -> dt.date:
    """Today, by the clock of the server."""
    return dt.date.fromisoformat(now()[:_DAY])
