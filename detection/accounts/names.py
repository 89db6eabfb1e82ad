"""What users may be called, which roles they may have, and how districts are named."""

from __future__ import annotations

import re
import unicodedata

from detection.accounts.rights import USER_ROLES, Role
from detection.store.lifecycle import BY_RUN
from features.errors import UsageError

_NAME = re.compile(r"\w[\w.@-]{0,63}")
_DISTRICT = re.compile(r"[0-9A-Za-z]{1,10}")
_RESERVED = (BY_RUN, "dashboard", Role.demo.value, Role.terminal.value, "unknown")
"""Actors of events that are no users."""


def user_name(typed: str) -> str:
    """A name as it is stored: without space around it, in small letters, full-width letters as usual ones.

    NUL is left out: no name has it, and a database refuses even to look for it.
    """
    return unicodedata.normalize("NFKC", typed).replace("\0", "").strip().casefold()


def usable_name(name: str) -> bool:
    """Whether a name, as it is stored, can be a user's."""
    return _NAME.fullmatch(name) is not None and name not in _RESERVED


def refuse_name(name: str) -> None:
    """Refuse a name that no user can have.

    Raises:
        UsageError: it is one.
    """
    if not usable_name(name):
        raise UsageError(
            "This name cannot be used.",
            where=name,
            next_step="use letters, digits, dots, hyphens; not: {names}",
            names=_RESERVED,
        )


def refuse_role(role: Role) -> None:
    """Refuse a role that users do not have.

    Raises:
        UsageError: it is one.
    """
    if role not in USER_ROLES:
        raise UsageError(
            "A user cannot have the role {role}.",
            next_step="use one of: {names}",
            role=role.value,
            names=[each.value for each in USER_ROLES],
        )


def refuse_districts(districts: tuple[str, ...] | None) -> None:
    """Refuse what names no districts.

    Raises:
        UsageError: it is one.
    """
    wrong = [district for district in districts or () if not _DISTRICT.fullmatch(district)]
    if wrong or districts == ():
        raise UsageError(
            "A user is limited to districts by their codes.",
            where=", ".join(wrong),
            next_step="for example: 320601,320602; or: all",
        )
