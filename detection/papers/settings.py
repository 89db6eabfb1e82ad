"""Settings of letters, from settings.toml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from features.chosen_numbers import read_numbers


@dataclass(frozen=True)
class _Settings:
    reply_days: int


def reply_days() -> int:
    """Days to reply to a letter, unless the sender names others.

    Raises:
        CardError: the entry is missing, or of a wrong type.
    """
    return read_numbers(Path(__file__).with_name("settings.toml"), _Settings).reply_days
