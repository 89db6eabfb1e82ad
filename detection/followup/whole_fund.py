"""What is done to packets, leads, cases and suppressions is done for the whole fund."""

from __future__ import annotations

from detection.accounts.rights import NotAllowedError
from detection.cases.moves import Actor


def refuse_districts(actor: Actor) -> None:
    """Refuse an actor of some districts: a packet may hold alerts of several.

    Raises:
        NotAllowedError: the actor is limited to districts.
    """
    if actor.districts is not None:
        raise NotAllowedError(
            "Packets and cases are of the whole fund; your account is limited to districts.",
            next_step="ask a colleague who sees the whole fund",
        )
