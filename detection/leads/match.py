"""What a lead was matched to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

MatchCode = Literal["packet", "subject", "proposed", "unknown", "nobody"]
"""A packet with open alerts; a subject without them; institutions with a near name, of which a person chooses one;
nobody in the data; no subject named."""
MATCHES: tuple[MatchCode, ...] = get_args(MatchCode)


@dataclass(frozen=True)
class Match:
    """What a lead is about, as far as the data of the current run say.

    Attributes:
        code: what was found.
        kind, subject: whom it is about, as the core system has it; empty where nobody is known by id.
        queue: of the packet; empty without one.
        district: of the packet or the institution; empty where unknown.
        near: ids of institutions whose name is near.
    """

    code: MatchCode
    kind: str = ""
    subject: str = ""
    queue: str = ""
    district: str = ""
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rematch:
    """What a lead matches now, by its number, and the last event that it had when this was looked up."""

    case_id: str
    match: Match
    seen: int
