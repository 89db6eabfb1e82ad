"""The tables of a new registry are those that MLflow makes; for another version of MLflow it makes them itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support.golden import assert_up_to_date

from models.registry import tables as registry_tables
from models.registry.client import open_client
from models.registry.tables import FILE, write_tables


def _tables(database: Path) -> dict[str, str]:
    with closing(sqlite3.connect(database)) as connection:
        return dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))


@pytest.mark.slow
def test_the_file_is_what_mlflow_makes() -> None:
    assert_up_to_date(FILE)


def test_mlflow_finds_all_of_its_tables(tmp_path: Path) -> None:
    database = tmp_path / "registry.db"
    assert write_tables(database)
    written = _tables(database)
    assert {"registered_models", "model_versions", "runs", "metrics"} <= written.keys()
    client = open_client(database)
    assert _tables(database) == written
    assert [experiment.name for experiment in client.search_experiments()] == ["Default"]


def test_the_tables_of_another_version_are_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry_tables, "heading", lambda: "-- MLflow 0.1")
    assert not write_tables(tmp_path / "registry.db")
    assert not (tmp_path / "registry.db").exists()
