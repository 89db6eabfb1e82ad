"""The thresholds of the features: the values of ``settings.toml``, dated and with their source."""

from __future__ import annotations

from pathlib import Path

from features.dated import Settings

SETTINGS = Settings(Path(__file__).with_suffix(".toml"))
