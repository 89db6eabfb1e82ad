"""The accounts of a workspace: users, sessions, and whether it can be shown without either."""

from __future__ import annotations

from dataclasses import dataclass

from detection.accounts.demo import is_demo
from detection.accounts.passwords import Passwords
from detection.accounts.rights import Actor
from detection.accounts.sessions import Sessions
from detection.accounts.users import Users
from detection.store.accounts.store import AccountStore
from features.workspace import Workspace, open_workspace
from features.workspace.place import Where


@dataclass(frozen=True)
class Accounts:
    """Users and sessions of one workspace."""

    space: Workspace
    store: AccountStore
    sessions: Sessions

    def users(self, by: Actor) -> Users:
        """The users, as an actor changes them."""
        return Users(self.store, self.sessions.passwords, by)

    def open_as_demo(self) -> bool:
        """Whether it has no users, and nothing in it but what our own simulator made."""
        return not self.store.users() and is_demo(self.space, self.store)


def open_accounts(where: Where) -> Accounts:
    """Open the accounts of a workspace.

    Raises:
        WorkspaceError: not a workspace.
        StoreError: the store cannot be read or brought up to date.
    """
    space = open_workspace(where)
    store = AccountStore(space.store)
    return Accounts(space, store, Sessions(store, Passwords()))
