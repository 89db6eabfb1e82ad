"""Whoever is at a screen, as life cycles know them: a name, a role of casework, and districts."""

from __future__ import annotations

from collections.abc import Mapping

from detection.accounts import rights
from detection.cases.life_cycle import Role
from detection.cases.moves import Actor

_ROLES: Mapping[rights.Role, Role] = {
    rights.Role.reader: "reader",
    rights.Role.inspector: "inspector",
    rights.Role.reviewer: "reviewer",
    rights.Role.supervisor: "supervisor",
    rights.Role.director: "director",
    rights.Role.auditor: "auditor",
    rights.Role.administrator: "administrator",
    rights.Role.demo: "inspector",  # a demo shows the desk of an inspector
    rights.Role.terminal: "reader",  # who is at a terminal acts in the role of a user
}


def at_desk(actor: rights.Actor) -> Actor:
    """A person in their role."""
    return Actor(actor.name, _ROLES[actor.role], districts=actor.districts)
