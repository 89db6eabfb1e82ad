"""Limits of the work on packets, leads and cases, from limits.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from features.dated import TomlModel
from features.intake.tolerances import ShareTolerance, WholeTolerance


class LimitsFile(TomlModel):
    """The content of limits.toml."""

    most_open_packets: WholeTolerance
    shortest_reason: WholeTolerance
    second_review_from: WholeTolerance
    second_review_share: ShareTolerance
    guidance_below: WholeTolerance


@dataclass(frozen=True)
class Limits:
    """Limits; limits.toml has the unit and source of each.

    Attributes:
        most_open_packets: that one inspector holds at a time.
        shortest_reason: characters of a reason.
        second_review_from: fen from which two people dismiss an alert.
        second_review_share: share of the smaller alerts that a second person reviews too.
        guidance_below: grade below which a packet is for guidance.
    """

    most_open_packets: int
    shortest_reason: int
    second_review_from: int
    second_review_share: float
    guidance_below: int


@cache
def limits() -> Limits:
    """Read limits.toml.

    Raises:
        ValidationError: an entry is missing, unknown or of a wrong type.
    """
    text = Path(__file__).with_name("limits.toml").read_text(encoding="utf-8")
    file = LimitsFile.model_validate(tomllib.loads(text))
    return Limits(
        file.most_open_packets.value,
        file.shortest_reason.value,
        file.second_review_from.value,
        file.second_review_share.value,
        file.guidance_below.value,
    )
