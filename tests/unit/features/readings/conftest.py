"""A fresh export for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.exports import Export


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """A small valid export."""
    return Export(tmp_path)
