"""What lies in a workspace, as tests compare it: files by their bytes, results by their rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from detection.cli.logs import FAILED_LOG
from detection.cli.steps.times import FILE as STEP_TIMES
from detection.store.connection import reading
from detection.store.schema import Alert, Evidence, RecordEvidence, State

ENTITIES = ("person", "provider", "payer_account")
PASSING = ("lock", "tmp", "store.sqlite-wal", "store.sqlite-shm", FAILED_LOG, STEP_TIMES, "unfinished")
"""Names that come and go while a workspace is in use, the log of a run that failed, and what the clock wrote."""


def content(root: Path) -> dict[str, str]:
    """Hash of every file by its place; what comes and goes is left out."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    named = {path.relative_to(root): path for path in files}
    return {
        place.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for place, path in named.items()
        if place.parts[0] not in PASSING
    }


def nothing_half_written(root: Path) -> bool:
    """Whether nothing is left over in the folder of half-written things."""
    return not (root / "tmp").exists() or not list((root / "tmp").iterdir())


@contextmanager
def store(root: Path) -> Iterator[Session]:
    """A read-only session of the workspace's store."""
    engine = reading(root / "store.sqlite")
    try:
        with Session(engine, expire_on_commit=False) as session:
            yield session
    finally:
        engine.dispose()


def current_run(root: Path) -> Path:
    """Folder of the run that readers see."""
    with store(root) as session:
        run_id = session.scalars(select(State)).one().current_run_id
    assert run_id is not None
    return root / "runs" / run_id


def alerts(root: Path) -> list[Alert]:
    """All alerts of a workspace, by rank."""
    with store(root) as session:
        return list(session.scalars(select(Alert).order_by(Alert.rank)))


def features(root: Path, entity: str) -> pl.DataFrame:
    """Features of an entity in the current run."""
    return pl.read_parquet(current_run(root) / "features" / f"{entity}.parquet")


def scores(root: Path, entity: str) -> pl.DataFrame:
    """Scores of an entity in the current run."""
    return pl.read_parquet(current_run(root) / "scores" / f"{entity}.parquet")


def manifests(root: Path) -> list[dict[str, Any]]:
    """The manifests of all data sets that the workspace holds."""
    paths = sorted((root / "snapshots").glob("*/manifest.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def unbalanced(manifest: dict[str, Any]) -> list[str]:
    """Tables, and columns of money, where read is not accepted + quarantined + excluded."""
    wrong = []
    for table, entry in manifest["tables"].items():
        counted = {table: entry["rows"]} | {f"{table}.{item}": fen for item, fen in entry["money"].items()}
        for name, item in counted.items():
            if item["read"] != item["accepted"] + item["quarantined"] + item["excluded"]:
                wrong.append(name)
    return wrong


def evidence(root: Path) -> pl.DataFrame:
    """The settlements that alerts cite, in one order, without their stored proof."""
    return _rows(root, Evidence)


def records(root: Path) -> pl.DataFrame:
    """The evidence of alerts that is no settlement, in one order, without its stored proof."""
    return _rows(root, RecordEvidence)


def _rows(root: Path, table: type[Evidence] | type[RecordEvidence]) -> pl.DataFrame:
    with store(root) as session:
        columns = [column.name for column in table.__table__.columns if column.name != "proof"]
        rows = [tuple(getattr(item, name) for name in columns) for item in session.query(table)]
    return pl.DataFrame(rows, schema=columns, orient="row", infer_schema_length=None).sort(columns)
