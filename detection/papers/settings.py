"""Settings of letters, from settings.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

from features.dated import TomlModel
from features.intake.tolerances import WholeTolerance


class SettingsFile(TomlModel):
    """The content of settings.toml."""

    reply_days: WholeTolerance


def reply_days() -> int:
    """Days to reply to a letter, unless the sender names others.

    Raises:
        ValidationError: the entry is missing, or of a wrong type.
    """
    text = (Path(__file__).parent / "settings.toml").read_text(encoding="utf-8")
    return SettingsFile.model_validate(tomllib.loads(text)).reply_days.value
