"""What the store keeps of users and sessions, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from features.errors import UsageError


@dataclass(frozen=True)
class UserRecord:
    """A user as the store has them.

    Attributes:
        name: what they sign in with; unique.
        display_name: what screens show.
        role: one of `detection.accounts.rights.USER_ROLES`.
        districts: codes; None for all of them.
        password_hash: None for those who sign in elsewhere.
        created_at: ISO time.
        disabled_at: ISO time since when they cannot sign in; None while they can.
        issuer, subject: who they are at their identity provider; None for local users.
        password_given_at: ISO time at which an administrator chose the password; None once the user chose their own.
    """

    name: str
    display_name: str
    role: str
    districts: tuple[str, ...] | None
    password_hash: str | None
    created_at: str
    disabled_at: str | None = None
    issuer: str | None = None
    subject: str | None = None
    password_given_at: str | None = None


class UserChangedError(UsageError):
    """A user is no longer what somebody who acts on them had read."""


class IdentityTakenError(UsageError):
    """Somebody at the identity provider is another user already."""


@dataclass(frozen=True)
class SessionRecord:
    """A session with its user; times are ISO text.

    Attributes:
        ended_at: None while nothing ended it; limits of time are the caller's.
    """

    user: UserRecord
    started_at: str
    last_seen_at: str
    ended_at: str | None


@dataclass(frozen=True)
class UserOverview:
    """A user with what an administrator asks first.

    Attributes:
        user: as the store has them.
        last_sign_in: ISO time of their last sign-in; None before the first.
        open_sessions: how many of their sessions live.
        failures: failed sign-ins since the last good one; None without any.
    """

    user: UserRecord
    last_sign_in: str | None
    open_sessions: int
    failures: Failures | None


@dataclass(frozen=True)
class Failures:
    """Failed sign-ins since the last good one, and the ISO time of the last."""

    number: int
    last_at: str


@dataclass(frozen=True)
class Attempt:
    """An attempt to sign in.

    Attributes:
        wait: ISO time until which it has to wait, and it is not counted; None where it need not.
        before: by source, what had failed before it was counted.
    """

    wait: str | None
    before: Mapping[str, Failures]

    def failed(self, source: str, at: str) -> Failures:
        """What has failed of a source with this attempt, which was counted at an ISO time."""
        earlier = self.before.get(source)
        return Failures(1 if earlier is None else earlier.number + 1, at)
