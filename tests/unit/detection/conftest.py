"""A fresh store for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.store_runs import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)
