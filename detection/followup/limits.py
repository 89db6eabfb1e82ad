"""Limits of what leaves the masked views, from limits.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from features.dated import TomlModel
from features.intake.tolerances import WholeTolerance


class LimitsFile(TomlModel):
    """The content of limits.toml."""

    shortest_reason: WholeTolerance
    minutes: WholeTolerance
    most_minutes: WholeTolerance
    most_rows: WholeTolerance


@dataclass(frozen=True)
class Limits:
    """Limits; limits.toml has the unit and source of each.

    Attributes:
        shortest_reason: characters of a reason.
        minutes: how long an identity is shown unless somebody chooses.
        most_minutes: how long it can be shown at most.
        most_rows: rows of a file from the screens.
    """

    shortest_reason: int
    minutes: int
    most_minutes: int
    most_rows: int


@cache
def limits() -> Limits:
    """Read limits.toml.

    Raises:
        ValidationError: an entry is missing, unknown or of a wrong type.
    """
    text = (Path(__file__).parent / "limits.toml").read_text(encoding="utf-8")
    file = LimitsFile.model_validate(tomllib.loads(text))
    return Limits(
        file.shortest_reason.value, file.minutes.value, file.most_minutes.value, file.most_rows.value
    )
