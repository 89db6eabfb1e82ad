"""Limits of what leaves the masked views, from limits.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from features.chosen_numbers import read_numbers


@dataclass(frozen=True)
class Limits:
    """Limits; limits.toml has the unit and source of each.

    Attributes:
        shortest_reason: characters of a reason.
        minutes: how long an identity is shown unless somebody chooses.
        most_minutes: how long it can be shown at most.
        most_rows: rows of a file from the screens.
        reveals_a_day: identities that one person is shown on a day without a second person.
        approval_hours: how long an approval holds.
    """

    shortest_reason: int
    minutes: int
    most_minutes: int
    most_rows: int
    reveals_a_day: int
    approval_hours: int


@cache
def limits() -> Limits:
    """Read limits.toml.

    Raises:
        CardError: an entry is missing, unknown or of a wrong type.
    """
    return read_numbers(Path(__file__).with_name("limits.toml"), Limits)
