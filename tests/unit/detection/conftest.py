"""A fresh store for each test: a SQLite file, unless the test is marked with `support.both_stores`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.both_stores import POSTGRESQL
from support.postgres import Server
from support.store_runs import Store


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if getattr(request, "param", "") != POSTGRESQL:
        yield Store(tmp_path)
        return
    server: Server = request.getfixturevalue("postgres")
    database = server.database_with_tables()
    yield Store(tmp_path, database=database)
    server.drop(database)
