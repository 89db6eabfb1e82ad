"""How large a file of outside leads may be, and which names are near, from limits.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from features.chosen_numbers import read_numbers


@dataclass(frozen=True)
class Limits:
    """Limits; limits.toml has the unit and source of each.

    Attributes:
        most_rows, most_bytes: of one file.
        near_name: share of the pairs of neighboring characters in common, from which a name is proposed.
        most_proposals: institutions that are proposed for a name.
    """

    most_rows: int
    most_bytes: int
    near_name: float
    most_proposals: int


@cache
def limits() -> Limits:
    """Read limits.toml.

    Raises:
        CardError: an entry is missing, unknown or of a wrong type.
    """
    return read_numbers(Path(__file__).with_name("limits.toml"), Limits)
