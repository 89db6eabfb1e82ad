"""Entry points of intake: read a data set into a snapshot of a workspace, and open a snapshot."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl

from features.errors import InputError
from features.intake.aliases import with_current_ids
from features.intake.increment import Delivery, combine, combined_id
from features.intake.ingest import ingest_tables
from features.intake.manifest import Manifest, is_complete, read_manifest, write_manifest
from features.intake.planning.read_plan import ReadPlan, ReadRequest, plan_reading
from features.intake.reading.sources import ignored, is_simulated
from features.intake.reading.table_plan import TablePlan
from features.intake.sinks import unread_settlements
from features.intake.unused import likely_tables
from features.progress import Progress
from features.sealing import damage, is_sealed
from features.tables import Tables
from features.workspace import Workspace

logger = logging.getLogger(__name__)

_CODE = Path(__file__).parent
_ID_LENGTH = 16


@dataclass(frozen=True)
class Snapshot:
    """A data set that was read into a workspace.

    Attributes:
        snapshot_id: hash of the files, the mapping and the code that read them.
        folder: the snapshot.
        manifest: its manifest.
    """

    snapshot_id: str
    folder: Path
    manifest: Manifest


def create_snapshot(
    data: Path,
    workspace: Workspace,
    *,
    mapping: Path | None,
    preset: str | None = None,
    options: AnyMapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Snapshot:
    """Read a data folder into a snapshot, or reuse the snapshot if it exists.

    Args:
        data: folder with the tables.
        workspace: where the snapshot is written; the caller has its lock.
        mapping: mapping file of the export, or None if it follows the contract.
        preset: name of an import preset, or None; the mapping file overrides it.
        options: options of the preset.
        progress: called with the step, and how much of it is done.

    Raises:
        InputError: required tables or columns are missing, or a file cannot be read.
        MappingError: the mapping cannot be carried out, or an option of the preset has to be given.
        UsageError: there is no such preset or option.
    """
    refuse_missing(data)
    request = ReadRequest(mapping, preset, options)
    plan = plan_reading(data, request)
    snapshot_id = _snapshot_id(data, plan.tables, request)
    folder = workspace.snapshot(snapshot_id)
    if _usable(folder):
        logger.info("Snapshot %s exists and is reused", snapshot_id)
    else:
        with workspace.building(folder) as draft:
            _build(draft, data, snapshot_id, plan, progress or _silent)
    return Snapshot(snapshot_id, folder, read_manifest(folder))


def add_to_snapshot(
    earlier: Path, added: Snapshot, workspace: Workspace, progress: Progress | None = None
) -> Snapshot:
    """The data set of an earlier snapshot and a delivery; the earlier one where it contains the delivery already.

    Args:
        earlier: folder of the snapshot.
        added: the delivery.
        workspace: where the snapshot is written; the caller has its lock.
        progress: called with the step, and how much of it is done.

    Raises:
        InputError: one is simulated and the other is not.
        WorkspaceError: files of the earlier one are missing or were changed.
    """
    before = Delivery(workspace.intact_snapshot(earlier), read_manifest(earlier))
    identity = combined_id(before.manifest, added.manifest, code_version())
    folder = workspace.snapshot(identity)
    if not _usable(folder):
        with workspace.building(folder) as draft:
            combine(draft, identity, before, Delivery(added.folder, added.manifest), progress or _silent)
    return Snapshot(identity, folder, read_manifest(folder))


def refuse_missing(data: Path) -> None:
    """Refuse a missing data folder before anything is written.

    Raises:
        InputError: the folder does not exist.
    """
    if not data.is_dir():
        raise InputError(
            "There is no data folder.", where=str(data), next_step="name the folder of the export"
        )


def open_snapshot(folder: Path) -> Tables:
    """The accepted tables of a snapshot, as lazy scans of its Parquet files; ids that were issued again are current."""
    manifest = read_manifest(folder)
    scans = {
        name: pl.scan_parquet(sorted((folder / "tables" / name).glob("*.parquet")))
        for name in manifest.tables
    }
    frames = {name: nw.from_native(frame) for name, frame in with_current_ids(scans).items()}
    columns = {name: frozenset(table.columns) for name, table in manifest.tables.items()}
    unread = nw.from_native(unread_settlements(folder))
    return Tables(frames, columns, frozenset(manifest.day_precision), unread=unread)


def _usable(folder: Path) -> bool:
    """Whether a snapshot exists with every file unchanged; a damaged snapshot is read again."""
    if not is_complete(folder):
        return False
    wrong = damage(folder)
    if wrong:
        logger.warning("Snapshot %s is damaged and is read again: %s", folder.name, ", ".join(wrong))
    return is_sealed(folder) and not wrong


def _build(draft: Path, data: Path, snapshot_id: str, plan: ReadPlan, progress: Progress) -> None:
    counts = ingest_tables(draft, plan.tables, progress)
    unused = ignored(data, {file.name for file in counts.files})
    manifest = Manifest(
        snapshot_id=snapshot_id,
        simulated=is_simulated(data),
        ignored_files=tuple(unused),
        likely_tables=likely_tables(unused, counts.tables),
        preset=plan.preset,
        files=counts.files,
        tables=counts.tables,
        day_precision=counts.day_precision,
        first_settled_day=counts.first_settled_day,
        last_settled_day=counts.last_settled_day,
        identities=counts.identities,
        reversals=counts.reversals,
        broken_joins=counts.broken_joins,
        turned_refunds=counts.turned_refunds,
        remarks=counts.remarks,
    )
    write_manifest(draft, manifest)


def _snapshot_id(data: Path, plans: Sequence[TablePlan], request: ReadRequest) -> str:
    files = {file.file.name: file.sha256 for plan in plans for file in (*plan.files, *plan.lookups.values())}
    content = {
        "files": files,
        "ignored": ignored(data, set(files)),
        "simulated": is_simulated(data),
        "code": code_version(),
        **request.identity(),
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:_ID_LENGTH]


def code_version() -> str:
    """Hash of the code and settings that determine what is accepted, so that changed code reads the data again."""
    digest = hashlib.sha256()
    features = _CODE.parent
    for path in sorted([*_CODE.rglob("*.py"), *_CODE.rglob("*.toml"), *(features / "contract").glob("*.py")]):
        digest.update(path.name.encode() + path.read_bytes())
    digest.update((features / "tables.py").read_bytes())
    return digest.hexdigest()


def _silent(what: str, done: int, total: int) -> None:
    """Report nothing."""
