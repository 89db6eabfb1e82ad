"""Users: who they are, and what an administrator does to them. Each change ends their sessions."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from detection.accounts.passwords import Passwords, refuse_weak
from detection.accounts.rights import USER_ROLES, Actor, Right, Role
from detection.audit.entry import EntryDraft, Values
from detection.store.accounts.records import UserChangedError, UserRecord
from detection.store.accounts.store import AccountStore
from detection.store.lifecycle import BY_RUN
from features.errors import UsageError

__all__ = [
    "UserChangedError",
    "Users",
    "account_source",
    "actor_of",
    "entry_of",
    "usable_name",
    "user_name",
]

_NAME = re.compile(r"\w[\w.@-]{0,63}")
_DISTRICT = re.compile(r"[0-9A-Za-z]{1,10}")
_RESERVED = (BY_RUN, "dashboard", Role.demo.value, Role.terminal.value, "unknown")
"""Actors of events that are no users."""


def user_name(typed: str) -> str:
    """A name as it is stored: without space around it, in small letters, full-width letters as usual ones.

    NUL is left out: no name has it, and a database refuses even to look for it.
    """
    return unicodedata.normalize("NFKC", typed).replace("\0", "").strip().casefold()


def actor_of(user: UserRecord) -> Actor:
    """A user as who acts."""
    return Actor(user.name, Role(user.role), user.districts)


@dataclass(frozen=True)
class Users:
    """The users of a store.

    Attributes:
        store: where they are kept.
        passwords: hashes their passwords.
        by: who changes them; their role must have the right to.
    """

    store: AccountStore
    passwords: Passwords
    by: Actor

    def add(
        self,
        name: str,
        *,
        role: Role,
        password: str | None,
        at: str,
        display_name: str = "",
        districts: tuple[str, ...] | None = None,
    ) -> UserRecord:
        """Add a user.

        Args:
            name: what they sign in with.
            role: one of `USER_ROLES`.
            password: None for those who sign in elsewhere.
            at: ISO time.
            display_name: what screens show; the name as default.
            districts: codes; None for all.

        Raises:
            NotAllowedError: the actor may not manage users.
            UsageError: the name cannot be used or is taken, the password is weak, or a district is no code.
            StoreError: the store refused.
        """
        self.by.require(Right.manage_users)
        stored = user_name(name)
        _refuse_name(stored)
        _refuse_role(role)
        _refuse_districts(districts)
        if password is not None:
            refuse_weak(password, stored)
        user = UserRecord(
            name=stored,
            display_name=display_name.strip() or stored,
            role=role.value,
            districts=districts,
            password_hash=None if password is None else self.passwords.hashed(password),
            created_at=at,
        )
        if not self.store.add_user(user, entry_of(user, "user_add", self.by, at)):
            raise UsageError(
                "There is a user {name} already.",
                next_step="choose another name, or list the users: fundwatch user list",
                name=stored,
            )
        return user

    def set_role(self, name: str, role: Role, at: str) -> None:
        """Give a user another role.

        Raises:
            NotAllowedError: the actor may not manage users.
            UsageError: no such user, or a role that users do not have.
        """
        _refuse_role(role)
        user = self._user(name)
        self._change(user, replace(user, role=role.value), at, "role")

    def set_districts(self, name: str, districts: tuple[str, ...] | None, at: str) -> None:
        """Limit a user to districts; None for none of these limits.

        Raises:
            NotAllowedError: the actor may not manage users.
            UsageError: no such user, or a district is no code.
        """
        _refuse_districts(districts)
        user = self._user(name)
        self._change(user, replace(user, districts=districts), at, "districts")

    def set_password(self, name: str, password: str, at: str) -> None:
        """Give a user another password, and let them sign in at once.

        Raises:
            NotAllowedError: the actor may not manage users.
            UsageError: no such user, or the password is weak.
        """
        user = self._user(name)
        refuse_weak(password, user.name)
        self._change(user, replace(user, password_hash=self.passwords.hashed(password)), at, "password")
        self.store.forget_failures(account_source(user.name))

    def disable(self, name: str, at: str) -> None:
        """Let a user no longer sign in.

        Raises:
            NotAllowedError: the actor may not manage users.
            UsageError: no such user.
        """
        user = self._user(name)
        self._change(user, replace(user, disabled_at=at), at, "disabled")

    def enable(self, name: str, at: str) -> None:
        """Let a user sign in again, also one who has to wait after failures.

        Raises:
            NotAllowedError: the actor may not manage users.
            UsageError: no such user.
        """
        user = self._user(name)
        self._change(user, replace(user, disabled_at=None), at, "enabled")
        self.store.forget_failures(account_source(user.name))

    def sign_out(self, name: str, at: str) -> int:
        """End all sessions of a user; how many there were.

        Raises:
            NotAllowedError: the actor may not manage users.
            UsageError: no such user.
        """
        user = self._user(name)
        return self.store.end_sessions(entry_of(user, "user_sign_out", self.by, at), user.name)

    def _user(self, name: str) -> UserRecord:
        self.by.require(Right.manage_users)
        user = self.store.user(user_name(name))
        if user is None:
            raise UsageError(
                "There is no user {name}.", next_step="list the users: fundwatch user list", name=name
            )
        return user

    def _change(self, before: UserRecord, user: UserRecord, at: str, reason: str) -> None:
        self.store.change_user(before, user, entry_of(user, f"user_{reason}", self.by, at))


def entry_of(user: UserRecord, action: str, by: Actor, at: str) -> EntryDraft:
    """What the audit log keeps of a change of a user."""
    after: Values = {
        "role": user.role,
        "districts": "all" if user.districts is None else ",".join(user.districts),
        "disabled": user.disabled_at is not None,
    }
    return EntryDraft(
        at=at, actor=by.name, role=by.role.value, action=action, object=f"user:{user.name}", after=after
    )


def account_source(name: str) -> str:
    """What failed sign-ins of an account are counted under."""
    return f"account:{name[:100]}"


def usable_name(name: str) -> bool:
    """Whether a name, as it is stored, can be a user's."""
    return _NAME.fullmatch(name) is not None and name not in _RESERVED


def _refuse_name(name: str) -> None:
    if not usable_name(name):
        raise UsageError(
            "This name cannot be used.",
            where=name,
            next_step="use letters, digits, dots, hyphens; not: {names}",
            names=_RESERVED,
        )


def _refuse_role(role: Role) -> None:
    if role not in USER_ROLES:
        raise UsageError(
            "A user cannot have the role {role}.",
            next_step="use one of: {names}",
            role=role.value,
            names=[each.value for each in USER_ROLES],
        )


def _refuse_districts(districts: tuple[str, ...] | None) -> None:
    wrong = [district for district in districts or () if not _DISTRICT.fullmatch(district)]
    if wrong or districts == ():
        raise UsageError(
            "A user is limited to districts by their codes.",
            where=", ".join(wrong),
            next_step="for example: 320601,320602; or: all",
        )
