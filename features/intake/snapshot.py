"""The two doors of intake: take a data set into a workspace, and open what was taken in."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from features.errors import InputError
from features.intake.ingest import ingest_tables
from features.intake.planning.read_plan import ReadPlan, ReadRequest, plan_reading
from features.intake.reading.sources import ignored, is_simulated
from features.intake.reading.table_plan import TablePlan
from features.intake.sinks import Progress
from features.tables import Tables
from features.workspace import Workspace

logger = logging.getLogger(__name__)

_CODE = Path(__file__).parent
_ID_LENGTH = 16


@dataclass(frozen=True)
class Snapshot:
    """A data set that was taken in.

    Attributes:
        snapshot_id: hash of the files, the mapping and the code that read them.
        folder: the snapshot.
        manifest: content of its manifest.json.
    """

    snapshot_id: str
    folder: Path
    manifest: dict[str, Any]


def create_snapshot(
    data: Path,
    workspace: Workspace,
    *,
    mapping: Path | None,
    preset: str | None = None,
    options: AnyMapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Snapshot:
    """Read a data folder into a snapshot; one that is there already is used again.

    Args:
        data: folder with the tables.
        workspace: where the snapshot goes; the caller holds its lock.
        mapping: mapping file of an export in other words, or None for the contract's own.
        preset: name of an import preset that the mapping file, if any, is laid over.
        options: options of the preset.
        progress: told what is done, for a progress bar.

    Raises:
        InputError: required tables or columns are missing, or a file cannot be read.
        MappingError: the mapping cannot be carried out, or an option of the preset has to be given.
        UsageError: there is no such preset or option.
    """
    refuse_missing(data)
    asked = ReadRequest(mapping, preset, options)
    agreed = plan_reading(data, asked)
    snapshot_id = _snapshot_id(data, agreed.plans, asked)
    folder = workspace.snapshot(snapshot_id)
    if (folder / "manifest.json").exists():
        logger.info("Snapshot %s is there already", snapshot_id)
    else:
        with workspace.building(folder) as draft:
            try:
                _build(draft, data, snapshot_id, agreed, progress or _silent)
            except BaseException:
                shutil.rmtree(draft, ignore_errors=True)
                raise
    return Snapshot(snapshot_id, folder, read_manifest(folder))


def refuse_missing(data: Path) -> None:
    """Refuse a data folder that is not there, before anything is made.

    Raises:
        InputError: there is no such folder.
    """
    if not data.is_dir():
        raise InputError(
            "There is no data folder.", where=str(data), next_step="name the folder of the export"
        )


def open_snapshot(folder: Path) -> Tables:
    """The accepted tables of a snapshot, lazily over its Parquet."""
    manifest = read_manifest(folder)
    frames = {
        name: nw.from_native(pl.scan_parquet(sorted((folder / "tables" / name).glob("*.parquet"))))
        for name in manifest["tables"]
    }
    columns = {name: frozenset(table["columns"]) for name, table in manifest["tables"].items()}
    return Tables(frames, columns, frozenset(manifest["day_precision"]))


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a snapshot."""
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return manifest


def _build(draft: Path, data: Path, snapshot_id: str, agreed: ReadPlan, progress: Progress) -> None:
    manifest = ingest_tables(draft, agreed.plans, progress)
    if agreed.about:
        manifest["preset"] = agreed.about
    used = {file["name"] for file in manifest["files"]}
    manifest |= {
        "snapshot_id": snapshot_id,
        "simulated": is_simulated(data),
        "ignored_files": ignored(data, used),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (draft / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _snapshot_id(data: Path, plans: Sequence[TablePlan], asked: ReadRequest) -> str:
    files = {file.file.name: file.sha256 for plan in plans for file in (*plan.files, *plan.lookups.values())}
    parts = {
        "files": files,
        "ignored": ignored(data, set(files)),
        "simulated": is_simulated(data),
        "code": code_version(),
        **asked.identity(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:_ID_LENGTH]


def code_version() -> str:
    """Hash of the code and figures that decide what is accepted, so that new code reads anew."""
    digest = hashlib.sha256()
    features = _CODE.parent
    for path in sorted([*_CODE.rglob("*.py"), *_CODE.rglob("*.toml"), *(features / "contract").glob("*.py")]):
        digest.update(path.name.encode() + path.read_bytes())
    digest.update((features / "tables.py").read_bytes())
    return digest.hexdigest()


def _silent(what: str, done: int, total: int) -> None:
    """Say nothing."""
