"""A fresh store for each test: a SQLite file, unless the test is marked with `support.both_stores`."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.both_stores import POSTGRESQL
from support.postgres import Server
from support.store_runs import Store


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if getattr(request, "param", "") == POSTGRESQL:
        server: Server = request.getfixturevalue("postgres")
        return Store(tmp_path, database=server.database_with_tables())
    return Store(tmp_path)
