"""The accounts of a workspace: users, sessions, and whether it can be shown without either."""

from __future__ import annotations

from dataclasses import dataclass

from detection.accounts.demo import is_demo
from detection.accounts.passwords import Passwords
from detection.accounts.rights import Actor, NotAllowedError, Role
from detection.accounts.sessions import Sessions
from detection.accounts.users import Users, actor_of, user_name
from detection.audit.entry import EntryDraft, refused
from detection.store.accounts.store import AccountStore
from detection.store.lost import refuse_lost_store
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

    def at_terminal(self, account: str, role: Role, request: EntryDraft | None = None) -> Actor:
        """Who an account of the machine is, acting in a role; in any role where the workspace has no users.

        Args:
            account: of the process.
            role: in which they want to act.
            request: what for; a refusal of it is entered in the audit log.

        Raises:
            NotAllowedError: there are users, and none with this name and role who may sign in.
        """
        if not self.store.users():
            return Actor(account, role)
        user = self.store.user(user_name(account))
        if user is None or user.disabled_at is not None or user.role != role.value:
            error = NotAllowedError(
                "No user {name} who may sign in has the role {role}.",
                next_step="act in your own role, with --role; or ask the administrator",
                name=account,
                role=role.value,
            )
            if request is not None:
                self.store.enter(refused(request, error.what))
            raise error
        return actor_of(user)

    def user_at_terminal(self, account: str) -> Actor:
        """The user whose name an account of the machine has; the terminal itself where the workspace has no users.

        What a second person confirms is confirmed by a user, so that nobody is another person at the terminal.

        Raises:
            NotAllowedError: there are users, and none with this name who may sign in.
        """
        if not self.store.users():
            return Actor(account, Role.terminal)
        user = self.store.user(user_name(account))
        if user is None or user.disabled_at is not None:
            raise NotAllowedError(
                "No user {name} may sign in.",
                next_step="act as yourself; or ask the administrator to add you",
                name=account,
            )
        return actor_of(user)

    def open_as_demo(self) -> bool:
        """Whether it has no users, and nothing in it but what our own simulator made."""
        return not self.store.users() and is_demo(self.space, self.store)


def open_accounts(where: Where) -> Accounts:
    """Open the accounts of a workspace.

    Raises:
        WorkspaceError: not a workspace.
        StoreError: the store is lost, or cannot be read or brought up to date.
    """
    space = open_workspace(where)
    refuse_lost_store(space)
    store = AccountStore(space.store)
    return Accounts(space, store, Sessions(store, Passwords()))
