"""Folders of the project that tests read."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
"""The project's own folder."""

DOCS = ROOT / "docs"
GOLDEN = ROOT / "tests" / "golden"
SMALL_CITY = ROOT / "data_samples" / "small_city"
