"""Limits of the comparison of deliveries, from limits.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from features.dated import TomlModel
from features.intake.tolerances import ShareTolerance, WholeTolerance


class LimitsFile(TomlModel):
    """The content of limits.toml."""

    lost_share: ShareTolerance
    least_rows: WholeTolerance
    quarantined_share: ShareTolerance


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
        ValidationError: an entry is missing, unknown or of a wrong type.
    """
    text = (Path(__file__).parent / "limits.toml").read_text(encoding="utf-8")
    file = LimitsFile.model_validate(tomllib.loads(text))
    return Limits(
        lost_share=file.lost_share.value,
        least_rows=file.least_rows.value,
        quarantined_share=file.quarantined_share.value,
    )
