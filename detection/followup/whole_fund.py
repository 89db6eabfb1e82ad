"""What is done for the whole fund: suppressions, which reach alerts of later runs, and what joins or hands out work."""

from __future__ import annotations

from detection.accounts.rights import NotAllowedError
from detection.cases.moves import Actor


def refuse_districts(actor: Actor) -> None:
    """Refuse an actor of some districts.

    Raises:
        NotAllowedError: the actor is limited to districts.
    """
    if actor.districts is not None:
        raise NotAllowedError(
            "This act reaches alerts of the whole fund; your account is limited to districts.",
            next_step="ask a colleague who sees the whole fund",
        )
