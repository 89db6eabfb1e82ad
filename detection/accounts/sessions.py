"""Signing in, and the sessions that follow: what is checked at every request and at every click.

A session is an opaque random token; the store keeps its hash alone. It ends after a time without clicks, after a time
in any case, when its user signs out, and when an administrator changes the user.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from detection.accounts.limits import limits
from detection.accounts.passwords import Passwords
from detection.accounts.rights import Actor
from detection.accounts.users import account_source, actor_of, user_name
from detection.audit.entry import EntryDraft, Values
from detection.store.accounts.records import (
    Attempt,
    Failures,
    SessionRecord,
    UserChangedError,
    UserOverview,
    UserRecord,
)
from detection.store.accounts.store import AccountStore
from features.errors import StoreError

_TOUCHED_EVERY = dt.timedelta(minutes=1)
"""A session's last click is kept to the minute: a click that only reads rarely writes."""
_ACCOUNT = "account:"


@dataclass(frozen=True)
class Waiting:
    """A sign-in that is not tried: too many failed before. ``until``: ISO time; ``seconds`` from now."""

    until: str
    seconds: int


@dataclass(frozen=True)
class PasswordGiven:
    """A sign-in without a session: an administrator chose the password, and the user has to choose another first."""


@dataclass(frozen=True)
class Started:
    """A session that was started: its secret token, and who it is of."""

    token: str
    actor: Actor


@dataclass(frozen=True)
class SignedIn:
    """Whose session a token is.

    Attributes:
        actor: who, as what, for which districts.
        display_name: what screens show.
        session: names the session without giving its token away.
        form_token: what a form must send along, so that no other site can send it.
    """

    actor: Actor
    display_name: str
    session: str
    form_token: str


@dataclass(frozen=True)
class Sessions:
    """Sessions of a store's users.

    Attributes:
        store: where they are kept.
        passwords: checks passwords.
    """

    store: AccountStore
    passwords: Passwords

    def sign_in(
        self, name: str, password: str, *, address: str, at: str
    ) -> Started | PasswordGiven | Waiting | None:
        """Start a session for a name with its password.

        Args:
            name: as typed.
            password: as typed.
            address: where the request comes from.
            at: ISO time.

        Returns:
            The session; or that the password has to be changed first; or how long to wait, without a look at the
            password; or None where they do not fit.
        """
        user = self.checked(name, password, address=address, at=at)
        if not isinstance(user, UserRecord):
            return user
        if user.password_given_at is not None:
            return PasswordGiven()
        return self.start_unchanged(user, address=address, at=at)

    def checked(self, name: str, password: str, *, address: str, at: str) -> UserRecord | Waiting | None:
        """Who may sign in with a name and its password; attempts are counted, and failures entered.

        Args:
            name: as typed.
            password: as typed.
            address: where the request comes from.
            at: ISO time.

        Returns:
            The user; or how long to wait, without a look at the password; or None where they do not fit. Unknown,
            disabled and known users cannot be told apart, by time neither.
        """
        stored_name = user_name(name)
        account, place = account_source(stored_name), _place(address)
        attempt = self._count((account, place), at)
        if attempt.wait is not None:
            return Waiting(attempt.wait, int((_time(attempt.wait) - _time(at)).total_seconds()))
        user = self.store.user(stored_name)
        fits = self.passwords.fits(None if user is None else user.password_hash, password)
        if user is None or user.disabled_at is not None or not fits:
            self._enter_failure(user, attempt, (account, place), at, address)
            return None
        self.store.forget_failures(account)
        self.store.take_back_failure(place, attempt.before.get(place))
        return user

    def start_unchanged(self, user: UserRecord, *, address: str, at: str) -> Started | None:
        """Start a session of a user whose password was checked; none where they were changed since."""
        try:
            return self.start(user, address=address, at=at)
        except UserChangedError:
            self.store.enter(_entry(user, "sign_in_failed", at, {"address": address[:64], "way": "password"}))
            return None

    def checked_again(self, token: str, password: str, *, at: str) -> UserRecord | Waiting | None:
        """Whose session it is, if they know their password; attempts are counted as those to sign in.

        Args:
            token: of a session that lives.
            password: as typed.
            at: ISO time.

        Returns:
            The user; or how long to wait, without a look at the password; or None where it does not fit, or where the
            session has ended.
        """
        session = self.store.session(token_hash(token))
        if session is None or not _lives(session, at):
            return None
        account = account_source(session.user.name)
        attempt = self._count((account,), at)
        if attempt.wait is not None:
            return Waiting(attempt.wait, int((_time(attempt.wait) - _time(at)).total_seconds()))
        if not self.passwords.fits(session.user.password_hash, password):
            return None
        self.store.forget_failures(account)
        return session.user

    def overview(self, at: str) -> list[UserOverview]:
        """All users by name, with their last sign-in and the number of their sessions that live at an ISO time."""
        now = _time(at)
        return self.store.overview(
            started_after=_iso(now - limits().longest), seen_after=_iso(now - limits().idle)
        )

    def start(self, user: UserRecord, *, address: str, at: str) -> Started:
        """Start a session of a user whose identity was checked, under a token that nobody has seen before.

        Raises:
            UserChangedError: the user was disabled or changed since then.
        """
        token = secrets.token_urlsafe(32)
        entry = _entry(user, "sign_in", at, {"address": address[:64]})
        self.store.add_session(token_hash(token), user=user, address=address[:64], entry=entry)
        return Started(token, actor_of(user))

    def refuse_elsewhere(self, *, address: str, at: str) -> None:
        """Count and enter that somebody was refused who came from the identity provider.

        While the address has to wait, nothing is entered: the log does not grow with every attempt.
        """
        sources = (_place(address),)
        attempt = self._count(sources, at)
        if attempt.wait is None:
            self._enter_failure(None, attempt, sources, at, address, way="provider")

    def signed_in(self, token: str, at: str) -> SignedIn | None:
        """Whose session it is at an ISO time; None where there is none, or where it has ended."""
        session = self.store.session(token_hash(token))
        if session is None or not _lives(session, at):
            return None
        return SignedIn(
            actor_of(session.user),
            session.user.display_name,
            token_hash(token_hash(token)),
            form_token(token),
        )

    def keep_alive(self, token: str, at: str) -> None:
        """A person clicked: the time without clicks starts anew.

        Where the store cannot be written, the session ends sooner, and reading goes on.
        """
        session = self.store.session(token_hash(token))
        if session is None or not _lives(session, at):
            return
        if _time(at) - _time(session.last_seen_at) >= _TOUCHED_EVERY:
            with suppress(StoreError):
                self.store.touch_session(token_hash(token), at)

    def _count(self, sources: Sequence[str], at: str) -> Attempt:
        return self.store.count_attempt(
            sources,
            at=at,
            forgotten_before=_iso(_time(at) - limits().forgotten),
            waits_until=lambda source, failures: waits_until(source, failures, at),
        )

    def _enter_failure(
        self,
        user: UserRecord | None,
        attempt: Attempt,
        sources: Sequence[str],
        at: str,
        address: str,
        way: str = "password",
    ) -> None:
        """Enter a failed sign-in; the one that begins a wait says until when: attempts meanwhile are not entered."""
        after = {"address": address[:64], "way": way}
        waits = [wait for source in sources if (wait := waits_until(source, attempt.failed(source, at), at))]
        if waits:
            after["waits_until"] = max(waits)
        self.store.enter(_entry(user, "sign_in_failed", at, after))

    def sign_out(self, token: str, at: str) -> None:
        """End a session."""
        session = self.store.session(token_hash(token))
        if session is not None:
            self.store.end_session(token_hash(token), _entry(session.user, "sign_out", at))


def form_token(token: str) -> str:
    """What forms of a session send along; it does not give the session's token away."""
    return hmac.new(token.encode(), b"form", hashlib.sha256).hexdigest()


def waits_until(source: str, failures: Failures, at: str) -> str | None:
    """Until when a source of failures has to wait, twice as long with each beyond the limit; None where it need not."""
    limit = limits()
    most = limit.account_failures if source.startswith(_ACCOUNT) else limit.address_failures
    beyond = failures.number - most
    if beyond < 0:
        return None
    until = _iso(_time(failures.last_at) + limit.wait(beyond))
    return until if at < until else None


def _place(address: str) -> str:
    """What failed sign-ins from an address are counted under."""
    return f"address:{address[:100]}"


def _entry(user: UserRecord | None, action: str, at: str, after: Values | None = None) -> EntryDraft:
    """What the audit log keeps; names of no user are left out, since passwords are typed there by mistake."""
    name, role = (user.name, user.role) if user else ("unknown", "")
    return EntryDraft(at=at, actor=name, role=role, action=action, object=f"user:{name}", after=after)


def _lives(session: SessionRecord, at: str) -> bool:
    now = _time(at)
    return (
        session.ended_at is None
        and session.user.disabled_at is None
        and now - _time(session.last_seen_at) < limits().idle
        and now - _time(session.started_at) < limits().longest
    )


def token_hash(token: str) -> str:
    """What the store keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _iso(time: dt.datetime) -> str:
    return time.isoformat(timespec="seconds")
