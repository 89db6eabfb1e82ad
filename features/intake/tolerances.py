"""Tolerances of the checks of intake, from tolerances.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from features.chosen_numbers import read_numbers


@dataclass(frozen=True)
class Tolerances:
    """Tolerances; tolerances.toml has the unit and source of each.

    Attributes:
        identity: largest deviation of an accounting identity, in fen.
        ledger: largest deviation of a balance, in fen.
        oldest_age: highest plausible age, in years.
        far_future_share: quantile of the settlement days that is the usual last day.
        far_future_days: a settlement more than this many days after the usual last day is implausible.
        far_past_pause: days without a settlement that separate implausible early days from the others.
        far_past_share: largest share of settlements before such a pause.
        longest_cell: longest cell of a text file, in bytes.
        cell_breaks: most line breaks in a cell.
        utf8_share: share of the lines with other than ASCII characters from which a damaged file is UTF-8.
        join_share: share of the rows without a row in the other table from which a join is said to be broken.
        cause_share: share of these rows that a likely cause explains.
    """

    identity: int
    ledger: int
    oldest_age: int
    far_future_share: float
    far_future_days: int
    far_past_pause: int
    far_past_share: float
    longest_cell: int
    cell_breaks: int
    utf8_share: float
    join_share: float
    cause_share: float


@cache
def load_tolerances() -> Tolerances:
    """Read tolerances.toml.

    Raises:
        CardError: an entry is missing, unknown or of a wrong type.
    """
    return read_numbers(Path(__file__).with_name("tolerances.toml"), Tolerances)
