"""The registry as rows of MLflow's tables: what its client writes and reads, without an import that takes seconds.

MLflow's own screens and client read the same rows. They are written for the version of MLflow whose tables are in
``tables.sql``; a database of other tables is left to MLflow itself (`models.registry.client`). A test compares the
rows of both. Times are those of the database.
"""

from __future__ import annotations

import math
import shutil
import sqlite3
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from models.registry.tables import revision

_NOW = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
"""Milliseconds since 1970, as MLflow writes times."""
_LARGEST = 1.7976931348623157e308
"""What MLflow writes for an infinite number."""
_RENAME = "UPDATE experiments SET name = ?, last_update_time = {now} WHERE experiment_id = ?"
_FINISH = "UPDATE runs SET status = 'FINISHED', end_time = {now} WHERE run_uuid = ?"
_CHANGED = "UPDATE registered_models SET last_updated_time = {now} WHERE name = ?"
_MODEL = "INSERT INTO registered_models (name, creation_time, last_updated_time) VALUES (?, {now}, {now})"
_VERSION = """
INSERT INTO model_versions (name, version, creation_time, last_updated_time, current_stage, source, run_id, status,
    storage_location) VALUES (:model, :version, {now}, {now}, 'None', :source, :run, 'READY', :source)
"""
_RUN = """
INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time,
    source_version, lifecycle_stage, artifact_uri, experiment_id)
SELECT :run, :title, 'UNKNOWN', '', '', 'unknown', 'RUNNING', {now}, '', 'active',
    artifact_location || '/' || :run || '/artifacts', experiment_id FROM experiments WHERE experiment_id = :experiment
"""
_METRIC = "INSERT INTO {table} (key, value, is_nan, run_uuid, timestamp, step) VALUES (?, ?, ?, ?, 0, 0)"
_EXPERIMENT = """
INSERT INTO experiments (name, artifact_location, lifecycle_stage, creation_time, last_update_time)
VALUES (:name, :location, 'active', {now}, {now})
"""


@dataclass(frozen=True)
class Version:
    """One version of a registered model.

    Attributes:
        number: from 1.
        tags: by name.
    """

    number: int
    tags: Mapping[str, str]


def known_tables(database: Path) -> bool:
    """Whether a database has the tables of ``tables.sql``."""
    with closing(sqlite3.connect(database)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            return False
        known = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    return known == [(revision(),)]


class Rows:
    """Experiments, runs and model versions in a SQLite file of MLflow.

    Args:
        database: for which `known_tables` holds.
    """

    def __init__(self, database: Path) -> None:
        self._database = database

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._database)) as connection, connection:
            yield connection

    def experiment(self, name: str, location: str) -> str:
        """The experiment of that name at a location, which is made where there is none; one elsewhere is renamed."""
        with self._changing() as rows:
            known = rows.execute(
                "SELECT experiment_id, artifact_location FROM experiments WHERE name = ?", (name,)
            ).fetchone()
            if known and known[1] == location:
                return str(known[0])
            if known:
                rows.execute(_RENAME.format(now=_NOW), (f"{name} {known[0]} (moved)", known[0]))
            made = rows.execute(_EXPERIMENT.format(now=_NOW), {"name": name, "location": location})
            return str(made.lastrowid)

    def start(self, experiment: str, title: str) -> str:
        """Begin a run, and return its id."""
        run = uuid.uuid4().hex
        with self._changing() as rows:
            rows.execute(_RUN.format(now=_NOW), {"run": run, "title": title, "experiment": int(experiment)})
            rows.execute(
                "INSERT INTO tags (key, value, run_uuid) VALUES ('mlflow.runName', ?, ?)", (title, run)
            )
        return run

    def add_file(self, run: str, path: Path) -> None:
        """Copy a file to those of a run."""
        with self._changing() as rows:
            (place,) = rows.execute("SELECT artifact_uri FROM runs WHERE run_uuid = ?", (run,)).fetchone()
        folder = Path(unquote(urlsplit(place).path))
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / path.name)

    def log(self, run: str, params: Mapping[str, object], metrics: Mapping[str, float]) -> None:
        """Add parameters and measurements to a run, each name once."""
        numbers = [(name, *_number(value), run) for name, value in metrics.items()]
        with self._changing() as rows:
            rows.executemany(
                "INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)",
                [(name, str(value), run) for name, value in params.items()],
            )
            for table in ("metrics", "latest_metrics"):
                rows.executemany(_METRIC.format(table=table), numbers)

    def finish(self, run: str) -> None:
        """End a run."""
        with self._changing() as rows:
            rows.execute(_FINISH.format(now=_NOW), (run,))

    def version(self, model: str, alias: str) -> Version | None:
        """The version of a model that has the alias; None where there is none."""
        with self._changing() as rows:
            known = rows.execute(
                "SELECT version FROM registered_model_aliases WHERE name = ? AND alias = ?", (model, alias)
            ).fetchone()
            if known is None:
                return None
            tags = rows.execute(
                "SELECT key, value FROM model_version_tags WHERE name = ? AND version = ?", (model, known[0])
            ).fetchall()
        return Version(int(known[0]), dict(tags))

    def add_version(self, model: str, alias: str, source: str, run: str, tags: Mapping[str, str]) -> int:
        """Register the next version of a model, which has the alias from now on, and return its number."""
        with self._changing() as rows:
            if not rows.execute("SELECT 1 FROM registered_models WHERE name = ?", (model,)).fetchone():
                rows.execute(_MODEL.format(now=_NOW), (model,))
            (last,) = rows.execute(
                "SELECT coalesce(max(version), 0) FROM model_versions WHERE name = ?", (model,)
            ).fetchone()
            version = int(last) + 1
            written = {"model": model, "version": version, "source": source, "run": run}
            rows.execute(_VERSION.format(now=_NOW), written)
            rows.execute(_CHANGED.format(now=_NOW), (model,))
            rows.executemany(
                "INSERT INTO model_version_tags (key, value, name, version) VALUES (?, ?, ?, ?)",
                [(key, value, model, version) for key, value in tags.items()],
            )
            rows.execute(
                "INSERT OR REPLACE INTO registered_model_aliases (alias, version, name) VALUES (?, ?, ?)",
                (alias, version, model),
            )
        return version


def _number(value: float) -> tuple[float, bool]:
    """What MLflow writes for a number, and whether it is none."""
    if math.isnan(value):
        return 0.0, True
    return (math.copysign(_LARGEST, value) if math.isinf(value) else float(value)), False
