"""Another pseudonym key: pseudonyms change, the history stays readable, and alerts keep their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from detection.audit.entry import EntryDraft, Values
from detection.followup.audit.entering import logged
from detection.followup.requests import refuse_short_reason
from detection.store.lost import refuse_lost_store
from detection.store.pseudonyms.mapping import keep, mapped_to
from detection.store.pseudonyms.runs import snapshots_of_runs
from detection.subjects.files import subject_files
from detection.subjects.index import index_file, write_index
from features.intake.snapshot import open_snapshot
from features.sealing import is_sealed, seal_again
from features.workspace import Workspace, open_workspace
from features.workspace.key import fingerprint
from features.workspace.place import Where
from features.workspace.rotation import begin_rotation

_SEARCH = "search"


@dataclass(frozen=True)
class Rotated:
    """What was done: fingerprints, and how many pseudonyms of the history were mapped, or are not known any more."""

    before: str
    after: str
    mapped: int
    unknown: int


def rotate_key(
    workspace: Where, *, reason: str, actor: str, at: str, old_key_out: Path | None = None
) -> Rotated:
    """Give a workspace another pseudonym key; one that was stopped goes on.

    Args:
        workspace: where it is.
        reason: why; entered in the audit log.
        actor: who.
        at: ISO time.
        old_key_out: a new file for the old key, without which older backups cannot be restored; None for none.

    Raises:
        UsageError: the reason is too short, or the file cannot be used.
        WorkspaceError: another process is writing, the key is lost, or files of a run were changed.
        StoreError: the store is lost, or cannot be written.
    """
    space = open_workspace(workspace)
    refuse_lost_store(space)
    request = EntryDraft(at, actor, "rotate_key", "workspace", reason=reason)
    with logged(space, request), space.lock():
        refuse_short_reason(reason)
        snapshots = snapshots_of_runs(space)
        rotation = begin_rotation(space, old_key_out)
        after, mapped, unknown, before = fingerprint(rotation.new), 0, 0, ""
        if rotation.old is not None:
            before = fingerprint(rotation.old)
            mapping, unknown = mapped_to(space, rotation.old, rotation.new)
            mapped = len(mapping)
            values: Values = {
                "fingerprint_before": before,
                "fingerprint": after,
                "mapped": mapped,
                "unknown": unknown,
            }
            keep(
                space,
                mapping,
                EntryDraft(at, actor, "rotate_key", "workspace", after=values, reason=reason),
                before,
                rotation.new,
            )
            rotation.switch()
        _index_again(space, snapshots, rotation.new)
        rotation.finish()
    return Rotated(before, after, mapped, unknown)


def _index_again(space: Workspace, snapshots: Mapping[str, str], key: bytes) -> None:
    """Make the search of every run again: it is sorted by pseudonym."""
    for run_id, snapshot_id in snapshots.items():
        folder, data = space.run(run_id), space.snapshot(snapshot_id)
        if not index_file(folder, "subjects").exists() or not data.exists():
            continue
        settlements = open_snapshot(space.intact_snapshot(data)).settlements.to_native()
        write_index(settlements, subject_files(folder), folder, key)
        if is_sealed(folder):
            seal_again(folder, _SEARCH)
