"""The figures of tolerances.toml: what intake calls broken or implausible."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Tolerances:
    """See tolerances.toml for unit and source of each.

    Attributes:
        identity: fen by which an accounting identity may be off.
        ledger: fen by which a balance may be off.
        oldest_age: years.
        far_future_share: share of settlements that sets the usual last day.
        far_future_days: days after it that are no longer plausible.
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
