"""Users: who they are, and what an administrator does to them. Each change ends their sessions."""

from __future__ import annotations

from dataclasses import dataclass, replace

from detection.accounts.identity import ProviderIdentity
from detection.accounts.names import refuse_districts, refuse_name, refuse_role, usable_name, user_name
from detection.accounts.passwords import Passwords, refuse_weak
from detection.accounts.rights import Actor, NotAllowedError, Right, Role
from detection.audit.entry import EntryDraft, Values, refused
from detection.store.accounts.records import IdentityTakenError, UserChangedError, UserRecord
from detection.store.accounts.store import AccountStore
from features.errors import UsageError

__all__ = [
    "IdentityTakenError",
    "UserChangedError",
    "Users",
    "account_source",
    "actor_of",
    "entry_of",
    "usable_name",
    "user_name",
]


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
        identity: ProviderIdentity | None = None,
    ) -> UserRecord:
        """Add a user.

        Args:
            name: what they sign in with.
            role: one of `USER_ROLES`.
            password: None for those who sign in at the identity provider alone; the user has to change it before the
                first session.
            at: ISO time.
            display_name: what screens show; the name as default.
            districts: codes; None for all.
            identity: who they are at the identity provider; its name for them must be this one.

        Raises:
            NotAllowedError: the actor may not manage users.
            IdentityTakenError: who that is at the identity provider is another user.
            UsageError: there is neither password nor identity, the name cannot be used or is taken, the password is
                weak, or a district is no code.
            StoreError: the store refused.
        """
        stored = user_name(name)
        self._require("user_add", stored, at)
        refuse_name(stored)
        refuse_role(role)
        refuse_districts(districts)
        if password is not None:
            refuse_weak(password, stored)
        if identity is not None:
            identity.refuse_unusable()
        if password is None and identity is None:
            raise UsageError(
                "User {name} would have no way to sign in.",
                next_step="give them a password, or name who they are at the identity provider",
                name=stored,
            )
        user = UserRecord(
            name=stored,
            display_name=display_name.strip() or stored,
            role=role.value,
            districts=districts,
            password_hash=None if password is None else self.passwords.hashed(password),
            created_at=at,
            issuer=identity.issuer if identity else None,
            subject=identity.subject if identity else None,
            password_given_at=None if password is None else at,
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
            UsageError: no such user, the actor's own, or a role that users do not have.
        """
        refuse_role(role)
        user = self._another(name, "user_role", at)
        self._change(user, replace(user, role=role.value), at, "user_role")

    def set_districts(self, name: str, districts: tuple[str, ...] | None, at: str) -> None:
        """Limit a user to districts; None for none of these limits.

        Raises:
            NotAllowedError: the actor may not manage users.
            UsageError: no such user, the actor's own, or a district is no code.
        """
        refuse_districts(districts)
        user = self._another(name, "user_districts", at)
        self._change(user, replace(user, districts=districts), at, "user_districts")

    def set_password(self, name: str, password: str, at: str) -> None:
        """Give a user another password, which they change when they sign in, and let them do so at once.

        Raises:
            NotAllowedError: the actor may not manage users.
            UsageError: no such user, the actor's own, or the password is weak.
        """
        user = self._another(name, "user_password", at)
        refuse_weak(password, user.name)
        given = replace(user, password_hash=self.passwords.hashed(password), password_given_at=at)
        self._change(user, given, at, "user_password")
        self.store.forget_failures(account_source(user.name))

    def link(self, name: str, identity: ProviderIdentity | None, at: str) -> None:
        """Say who a user is at the identity provider; None takes it away.

        Raises:
            NotAllowedError: the actor may not manage users.
            IdentityTakenError: they are another user already.
            UsageError: no such user, an identity that no provider sends, or no other way to sign in would be left.
        """
        user = self._another(name, "user_identity", at)
        if identity is not None:
            identity.refuse_unusable()
        elif user.password_hash is None:
            raise UsageError(
                "User {name} would have no way to sign in.",
                next_step="give them a password, or name who they are at the identity provider",
                name=user.name,
            )
        issuer, subject = (identity.issuer, identity.subject) if identity else (None, None)
        linked = replace(user, issuer=issuer, subject=subject)
        self._change(user, linked, at, "user_identity")

    def disable(self, name: str, at: str) -> None:
        """Let a user no longer sign in.

        Raises:
            NotAllowedError: the actor may not manage users.
            UsageError: no such user, or the actor's own.
        """
        user = self._another(name, "user_disabled", at)
        self._change(user, replace(user, disabled_at=at), at, "user_disabled")

    def enable(self, name: str, at: str) -> None:
        """Let a user sign in again, also one who has to wait after failures.

        Raises:
            NotAllowedError: the actor may not manage users.
            UsageError: no such user.
        """
        user = self._another(name, "user_enabled", at)
        self._change(user, replace(user, disabled_at=None), at, "user_enabled")
        self.store.forget_failures(account_source(user.name))

    def sign_out(self, name: str, at: str) -> int:
        """End all sessions of a user; how many there were.

        Raises:
            NotAllowedError: the actor may not manage users.
            UsageError: no such user.
        """
        user = self._user(name, "user_sign_out", at)
        return self.store.end_sessions(entry_of(user, "user_sign_out", self.by, at), user.name)

    def _user(self, name: str, action: str, at: str) -> UserRecord:
        self._require(action, user_name(name), at)
        user = self.store.user(user_name(name))
        if user is None:
            raise UsageError(
                "There is no user {name}.", next_step="list the users: fundwatch user list", name=name
            )
        return user

    def _another(self, name: str, action: str, at: str) -> UserRecord:
        """A user who is not the actor: what an administrator may do is decided by another one."""
        user = self._user(name, action, at)
        if user.name == self.by.name and self.by.role is not Role.terminal:
            raise UsageError(
                "Nobody administers their own account.",
                next_step="ask another administrator; your own password: My account",
            )
        return user

    def _require(self, action: str, name: str, at: str) -> None:
        """Refuse who may not manage users, and enter it; what is no name of a user is not entered."""
        try:
            self.by.require(Right.manage_users)
        except NotAllowedError as error:
            about = f"user:{name if self.store.user(name) else '?'}"
            request = EntryDraft(at, self.by.name, action, about, self.by.role.value)
            self.store.enter(refused(request, error.what))
            raise

    def _change(self, before: UserRecord, user: UserRecord, at: str, action: str) -> None:
        self.store.change_user(before, user, entry_of(user, action, self.by, at))


def entry_of(user: UserRecord, action: str, by: Actor, at: str) -> EntryDraft:
    """What the audit log keeps of a change of a user."""
    after: Values = {
        "role": user.role,
        "districts": "all" if user.districts is None else ",".join(user.districts),
        "disabled": user.disabled_at is not None,
        **({"issuer": user.issuer} if user.issuer else {}),
    }
    return EntryDraft(
        at=at, actor=by.name, role=by.role.value, action=action, object=f"user:{user.name}", after=after
    )


def account_source(name: str) -> str:
    """What failed sign-ins of an account are counted under."""
    return f"account:{name[:100]}"
