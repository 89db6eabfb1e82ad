"""Passwords: what makes one good enough, and how it is kept (argon2id, with a salt of its own)."""

from __future__ import annotations

import secrets
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from detection.accounts.limits import limits
from features.errors import UsageError
from features.message import Message

_FEWEST_DIFFERENT = 5


class WeakPasswordError(UsageError):
    """A new password is easily guessed, or the old one."""


class Passwords:
    """Hashes passwords, and checks them in the same time whether there is a hash or not.

    Args:
        hasher: with the costs of a hash; those that RFC 9106 recommends as default.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    def hashed(self, password: str) -> str:
        """What is stored of a password."""
        return self._hasher.hash(password)

    def fits(self, stored: str | None, password: str) -> bool:
        """Whether a password is the stored one.

        Args:
            stored: what `hashed` returned; None takes as long as any other, and never fits.
            password: as typed; one that is too long never fits.
        """
        typed = password[: limits().longest_password + 1]
        try:
            matches = self._hasher.verify(stored or self._of_unknown_users, typed)
        except (VerificationError, InvalidHashError):
            return False
        return matches and stored is not None and typed == password

    @cached_property
    def _of_unknown_users(self) -> str:
        return self._hasher.hash(secrets.token_hex())


def refuse_weak(password: str, name: str) -> None:
    """Refuse a password that is easily guessed.

    Raises:
        WeakPasswordError: it is too short or too long, of too few kinds of characters, or contains the user's name.
    """
    wrong = _wrong(password, name)
    if wrong:
        raise WeakPasswordError(
            "This password is not good enough.",
            next_step="choose another, for instance four words with a digit and a sign between them",
            problems=wrong,
        )


def _wrong(password: str, name: str) -> list[Message]:
    limit = limits()
    wrong = []
    if len(password) < limit.shortest_password:
        wrong.append(Message("it has fewer than {least} characters", least=limit.shortest_password))
    if len(password) > limit.longest_password:
        wrong.append(Message("it has more than {most} characters", most=limit.longest_password))
    if len({_kind(character) for character in password}) < limit.password_kinds:
        wrong.append(
            Message(
                "it needs {kinds} of: small letters, capital letters, digits, other characters",
                kinds=limit.password_kinds,
            )
        )
    if len(set(password)) < _FEWEST_DIFFERENT:
        wrong.append(Message("it repeats few characters"))
    if name.casefold() in password.casefold():
        wrong.append(Message("it contains the user's name"))
    return wrong


def _kind(character: str) -> str:
    if character.isdigit():
        return "digit"
    return "small" if character.islower() else "capital" if character.isupper() else "other"
