"""Requests that a second person confirms, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from features.errors import UsageError

Kind = Literal["identity", "export"]
State = Literal["waiting", "approved", "refused", "withdrawn", "used"]
Decision = Literal["approved", "refused", "withdrawn"]


class TooManyRevealsError(UsageError):
    """Somebody has shown as many single identities today as one may alone."""


@dataclass(frozen=True)
class NewRequest:
    """What somebody asks for.

    Attributes:
        kind: one identity on a screen, or a file with real ids.
        subject: pseudonym, or name of the list.
        detail: which part of the list; empty for an identity.
        minutes: how long an identity is shown; None where it is printed.
        actor, role, districts: who asks, as what, for which districts; None for all.
        reason: why.
        at: ISO time.
    """

    kind: Kind
    subject: str
    detail: str
    minutes: int | None
    actor: str
    role: str
    districts: tuple[str, ...] | None
    reason: str
    at: str


@dataclass(frozen=True)
class Request:
    """A request with what became of it; ``answered_at`` and ``second`` are empty while it waits."""

    number: int
    wanted: NewRequest
    state: State
    second: str
    second_reason: str
    answered_at: str
