"""Users, as commands and screens manage them; afterwards the head of the audit log is anchored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from detection.accounts.opening import Accounts
from detection.accounts.rights import Actor
from detection.accounts.users import Users
from detection.followup.audit.anchoring import anchored


@contextmanager
def managing(accounts: Accounts, by: Actor) -> Iterator[Users]:
    """The users, as an actor changes them: each act is entered in the log, a refusal for want of the right too."""
    with anchored(accounts.space):
        yield accounts.users(by)
