"""What the data must show for another reading: the values of ``limits.toml``, dated and with their source."""

from __future__ import annotations

from pathlib import Path

from features.dated import Settings

LIMITS = Settings(Path(__file__).with_suffix(".toml"))
