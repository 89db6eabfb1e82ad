"""Limits of the comparison of deliveries, from limits.toml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from features.chosen_numbers import read_numbers


@dataclass(frozen=True)
class Limits:
    """Limits; limits.toml has the unit and source of each.

    Attributes:
        lost_share: share of a month's or list's rows or money that may be gone.
        least_rows: rows that a month or list must have had to be missed, or that must be quarantined to stop a run.
        quarantined_share: share of the rows of a table that may be quarantined.
    """

    lost_share: float
    least_rows: int
    quarantined_share: float


def load_limits() -> Limits:
    """Read limits.toml.

    Raises:
        CardError: an entry is missing, unknown or of a wrong type.
    """
    return read_numbers(Path(__file__).with_name("limits.toml"), Limits)
