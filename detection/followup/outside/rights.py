"""Who may work with outside leads: the role has the right, and sees the whole fund."""

from __future__ import annotations

from detection.accounts import rights
from detection.accounts.rights import Right, Role
from detection.cases.moves import Actor
from detection.followup.whole_fund import refuse_districts


def require(actor: Actor, right: Right = Right.import_leads) -> None:
    """Refuse an actor who may not.

    Raises:
        NotAllowedError: the role does not have the right, or the actor is limited to districts.
    """
    rights.Actor(actor.name, Role(actor.role), actor.districts).require(right)
    refuse_districts(actor)
