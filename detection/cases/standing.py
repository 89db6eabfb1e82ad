"""What a move depends on: where a thing stands, who acts, and what they write."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from detection.cases.life_cycle import ActorKind, Role


@dataclass(frozen=True)
class Actor:
    """Who acts: the account's name, the role in which it acts (empty for a run), and what it is.

    ``districts``: codes of those whose alerts the account may see; None for all.
    """

    name: str
    role: Role | Literal[""]
    kind: ActorKind = "person"
    districts: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Done:
    """A move that was made, and by whom; ``propose_opening`` is how a case began."""

    move: str
    actor: str


@dataclass(frozen=True)
class Standing:
    """Where a thing stands, as far as moves depend on it.

    Attributes:
        state: now.
        past: moves made, oldest first.
        inspectors: who is assigned.
        recused: who may have no part in it.
        track: of a case, once its opening is approved.
        second_review: whether a second person must see a dismissal.
        unsettled: fen by which upheld and received differ.
        ends: of a suppression, its last day.
        lacks_upheld: whether its disposition asks for money that nobody entered as upheld.
        carries_out: whether a move only does what a suppression or a case says.
    """

    state: str
    past: tuple[Done, ...] = ()
    inspectors: frozenset[str] = frozenset()
    recused: frozenset[str] = frozenset()
    track: str = ""
    second_review: bool = True
    unsettled: int = 0
    lacks_upheld: bool = False
    ends: dt.date | None = None
    carries_out: bool = False


@dataclass(frozen=True)
class Act:
    """A move that somebody wants to make.

    Attributes:
        move: its name.
        on: the day.
        reason, code: words, and one of the move's codes.
        until: the day on which a pause or a suppression ends.
        document, document_day: number and day of a paper of the bureau.
        inspectors: who is to be assigned.
        enclosed: whether what it records comes with it: a task, a file, another case.
    """

    move: str
    on: dt.date
    reason: str = ""
    code: str = ""
    until: dt.date | None = None
    document: str = ""
    document_day: dt.date | None = None
    inspectors: frozenset[str] = frozenset()
    enclosed: bool = False
