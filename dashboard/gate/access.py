"""Whose session a token is, for the gate and for the script; and whether a demo needs no sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from starlette.concurrency import run_in_threadpool

from detection.accounts.opening import Accounts, open_accounts
from detection.accounts.rights import Actor, Role
from detection.accounts.sessions import SignedIn
from detection.store.queries.reader import Place

SESSION_HEADER = "x-fundwatch-session"
"""Header in which the gate hands the token to the script; what a client sends under this name is dropped."""
DEMO = SignedIn(Actor(Role.demo.value, Role.demo), "", Role.demo.value, "")
"""Who works in a demo without a sign-in."""


@dataclass(frozen=True)
class Access:
    """The accounts of a workspace, and whether it is open because nothing but a demo is in it."""

    accounts: Accounts

    def signed_in(self, token: str, at: str, *, private: bool) -> SignedIn | None:
        """Whose session it is; None where it is none, or has ended.

        Args:
            token: empty without one.
            at: ISO time.
            private: whether only users of this machine can come: then a demo needs no sign-in.
        """
        signed_in = self.accounts.sessions.signed_in(token, at) if token else None
        if signed_in is None and private and self.accounts.open_as_demo():
            return DEMO
        return signed_in

    async def end_session_of(self, token: str, at: str) -> None:
        """End the session of a token, if there is one."""
        if token:
            await run_in_threadpool(self.accounts.sessions.sign_out, token, at)


@cache
def access(where: Place) -> Access:
    """The accounts of a workspace, opened once.

    Raises:
        WorkspaceError: not a workspace.
        StoreError: the store cannot be read or brought up to date.
    """
    return Access(open_accounts(where))
