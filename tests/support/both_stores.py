"""Tests that are the same on the store of one desk and on that of a team."""

from __future__ import annotations

import pytest
from support.postgres import programs

SQLITE, POSTGRESQL = "sqlite", "postgresql"
STORES = (SQLITE, POSTGRESQL) if programs() else (SQLITE,)

on_both_stores = pytest.mark.parametrize("store", STORES, indirect=True)
"""Mark of a test, or of a file, whose ``store`` is each of them in turn."""
