"""The rows that are written without MLflow are those that its client writes, and its client reads them."""

from __future__ import annotations

import math
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from models.registry.client import Client, open_client
from models.registry.rows import Rows, known_tables
from models.registry.tables import write_tables

pytestmark = pytest.mark.slow

_METRICS = {"entities": 39.0, "none": math.nan, "most": math.inf, "least": -math.inf}
_BOTH: dict[str, type[Rows] | type[Client]] = {"own": Rows, "mlflow": Client}
_TIMES = ("creation_time", "last_updated_time", "last_update_time", "start_time", "end_time")


@pytest.fixture(params=list(_BOTH))
def registry(request: pytest.FixtureRequest, tmp_path: Path) -> Rows | Client:
    database = _database(tmp_path)
    return _BOTH[request.param](database)


def _database(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    assert write_tables(folder / "registry.db")
    return folder / "registry.db"


def _fill(registry: Rows | Client, folder: Path) -> list[str]:
    """Two versions of a model, and a run elsewhere; the ids of the runs."""
    (folder / "model 1.npz").write_bytes(b"numbers")
    runs = []
    for number, alias in [(1, "champion"), (2, "challenger")]:
        run = registry.start(registry.experiment("fundwatch", (folder / "here").as_uri()), f"fit {number}")
        registry.add_file(run, folder / "model 1.npz")
        registry.log(run, {"trees": 300, "features": "a, b"}, _METRICS)
        registry.finish(run)
        source = (folder / f"{run}/model.npz").as_uri()
        assert (
            registry.add_version("person-1f3a", alias, source, run, {"file": run, "sha256": "ab"}) == number
        )
        runs.append(run)
    return [
        *runs,
        registry.start(registry.experiment("fundwatch", (folder / "else where").as_uri()), "later"),
    ]


def _content(database: Path, runs: list[str], folder: Path) -> dict[str, list[str]]:
    """All rows by table, without ids, times and the experiment that MLflow makes when it opens a database."""
    content = {}
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            rows = [dict(row) for row in connection.execute(f'SELECT * FROM "{table}"')]
            texts = [str({name: value for name, value in row.items() if name not in _TIMES}) for row in rows]
            for number, run in enumerate(runs):
                texts = [text.replace(run, f"run {number}").replace(str(folder), "") for text in texts]
            content[table] = sorted(text for text in texts if "'Default'" not in text)
    return content


def test_rows_are_those_that_mlflow_writes(tmp_path: Path) -> None:
    contents = []
    for name, kind in _BOTH.items():
        database = _database(tmp_path / name)
        runs = _fill(kind(database), tmp_path / name)
        contents.append(_content(database, runs, tmp_path / name))
    assert contents[0] == contents[1]
    assert len(contents[0]["model_versions"]) == 2
    assert len(contents[0]["metrics"]) == 8
    assert sum(map(len, contents[0].values())) > 30


def test_times_are_filled_as_by_mlflow(tmp_path: Path) -> None:
    filled = []
    for name, kind in _BOTH.items():
        database = _database(tmp_path / name)
        _fill(kind(database), tmp_path / name)
        with closing(sqlite3.connect(database)) as connection:
            times = connection.execute(
                "SELECT r.start_time, r.end_time, e.creation_time, e.last_update_time, m.creation_time,"
                " m.last_updated_time FROM runs r JOIN experiments e USING (experiment_id)"
                " LEFT JOIN model_versions m ON m.run_id = r.run_uuid ORDER BY r.name"
            ).fetchall()
        filled.append([[len(str(time)) for time in row] for row in times])
    assert filled[0] == filled[1]
    assert len(filled[0]) == 3


def test_mlflow_reads_what_was_written(registry: Rows | Client, tmp_path: Path) -> None:
    first, *_ = _fill(registry, tmp_path)
    client = open_client(tmp_path / "registry.db")
    run = client.get_run(first)
    assert run.data.params == {"trees": "300", "features": "a, b"}
    assert run.data.metrics["entities"] == 39
    assert math.isnan(run.data.metrics["none"])
    assert run.info.status == "FINISHED"
    assert [file.path for file in client.list_artifacts(first)] == ["model 1.npz"]
    champion = client.get_model_version_by_alias("person-1f3a", "champion")
    assert (int(champion.version), champion.run_id, champion.tags["sha256"]) == (1, first, "ab")
    names = {experiment.name for experiment in client.search_experiments()}
    assert {name for name in names if name.startswith("fundwatch")} == {"fundwatch", *_moved(names)}
    assert len(_moved(names)) == 1


def _moved(names: set[str]) -> set[str]:
    return {name for name in names if re.fullmatch(r"fundwatch \d+ \(moved\)", name)}


def test_a_version_is_read_by_its_alias(registry: Rows | Client, tmp_path: Path) -> None:
    assert registry.version("person-1f3a", "champion") is None
    first, second, _ = _fill(registry, tmp_path)
    versions = {
        alias: registry.version("person-1f3a", alias) for alias in ("champion", "challenger", "other")
    }
    assert versions["other"] is None
    numbers = [
        (v.number, v.tags["file"]) for v in (versions["champion"], versions["challenger"]) if v is not None
    ]
    assert numbers == [(1, first), (2, second)]


def test_a_database_of_other_tables_is_left_to_mlflow(tmp_path: Path) -> None:
    database = _database(tmp_path)
    assert known_tables(database)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'other'")
    assert not known_tables(database)
    (tmp_path / "empty.db").touch()
    assert not known_tables(tmp_path / "empty.db")
