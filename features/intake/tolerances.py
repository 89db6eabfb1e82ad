"""Tolerances of the checks of intake, from tolerances.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Tolerances:
    """Tolerances; tolerances.toml has the unit and source of each.

    Attributes:
        identity: largest deviation of an accounting identity, in fen.
        ledger: largest deviation of a balance, in fen.
        oldest_age: highest plausible age, in years.
        far_future_share: quantile of the settlement days that is the usual last day.
        far_future_days: a settlement more than this many days after the usual last day is implausible.
    """

    identity: int
    ledger: int
    oldest_age: int
    far_future_share: float
    far_future_days: int


def load_tolerances() -> Tolerances:
    """Read tolerances.toml."""
    entries = tomllib.loads((Path(__file__).parent / "tolerances.toml").read_text(encoding="utf-8"))
    return Tolerances(**{name: entry["value"] for name, entry in entries.items()})
