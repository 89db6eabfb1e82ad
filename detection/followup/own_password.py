"""Everybody changes their own password: the current one is required, and their other sessions end.

What an administrator chose is changed before the first session.
"""

from __future__ import annotations

from dataclasses import replace

from detection.accounts.opening import Accounts
from detection.accounts.passwords import WeakPasswordError, refuse_weak
from detection.accounts.rights import Actor
from detection.accounts.sessions import Started, Waiting, token_hash
from detection.accounts.users import actor_of, entry_of
from detection.audit.entry import EntryDraft, refused
from detection.followup.audit.anchoring import anchored
from detection.store.accounts.records import UserRecord
from features.errors import UsageError
from features.message import Message

_ACTION = "user_own_password"


def has_password(accounts: Accounts, actor: Actor) -> bool:
    """Whether somebody signs in with a password of ours, and not at the identity provider alone."""
    user = accounts.store.user(actor.name)
    return user is not None and user.password_hash is not None


def change_own_password(accounts: Accounts, token: str, *, old: str, new: str, at: str) -> None:
    """Give the user of a session another password; that session goes on, and their others end.

    Args:
        accounts: of the workspace.
        token: of the session in which it is asked for.
        old: as typed.
        new: as typed.
        at: ISO time.

    Raises:
        UsageError: the old one does not fit, too many attempts failed, or the new one is weak or the same.
        StoreError: the store cannot be written.
    """
    with anchored(accounts.space):
        user = _checked(accounts, token, old, at)
        _change(accounts, user, old=old, new=new, at=at, keep=token_hash(token))


def sign_in_with_new_password(
    accounts: Accounts, name: str, *, old: str, new: str, address: str, at: str
) -> Started | Waiting | None:
    """Give a user who has no session another password, and start their session.

    Args:
        accounts: of the workspace.
        name: as typed.
        old: as typed; attempts are counted as those to sign in.
        new: as typed.
        address: where the request comes from.
        at: ISO time.

    Returns:
        The session; or how long to wait, without a look at the password; or None where name and old password do not
        fit.

    Raises:
        WeakPasswordError: the new one is weak or the same.
        UserChangedError: the user was changed at this moment.
        StoreError: the store cannot be written.
    """
    with anchored(accounts.space):
        user = accounts.sessions.checked(name, old, address=address, at=at)
        if not isinstance(user, UserRecord):
            return user
        changed = _change(accounts, user, old=old, new=new, at=at)
        return accounts.sessions.start_unchanged(changed, address=address, at=at)


def _change(
    accounts: Accounts, user: UserRecord, *, old: str, new: str, at: str, keep: str = ""
) -> UserRecord:
    """Store the new password, and end all sessions but the one whose token has the hash ``keep``."""
    refuse_weak(new, user.name)
    if new == old:
        raise WeakPasswordError(
            "This password is not good enough.",
            next_step="choose another, for instance four words with a digit and a sign between them",
            problems=[Message("it is the old one")],
        )
    changed = replace(user, password_hash=accounts.sessions.passwords.hashed(new), password_given_at=None)
    accounts.store.change_user(user, changed, entry_of(changed, _ACTION, actor_of(user), at), keep=keep)
    return changed


def _checked(accounts: Accounts, token: str, old: str, at: str) -> UserRecord:
    session = accounts.sessions.signed_in(token, at)
    if session is None:
        raise UsageError("Your session has ended.", next_step="sign in again")
    if not has_password(accounts, session.actor):
        raise UsageError(
            "The identity provider of the fund keeps your password.", next_step="change it there"
        )
    outcome = accounts.sessions.checked_again(token, old, at=at)
    if isinstance(outcome, UserRecord):
        return outcome
    error = (
        UsageError(
            "Too many attempts failed; the next is possible at {until}.",
            next_step="wait until then, or ask the administrator for a new password",
            until=outcome.until,
        )
        if isinstance(outcome, Waiting)
        else UsageError("The old password is not right.", next_step="type it once more")
    )
    request = EntryDraft(
        at, session.actor.name, _ACTION, f"user:{session.actor.name}", session.actor.role.value
    )
    accounts.store.enter(refused(request, error.what))
    raise error
