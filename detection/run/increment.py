"""What a run takes over from the last one, where its data are those of the last run and a delivery."""

from __future__ import annotations

from pathlib import Path

from detection.detectors.context import DetectorContext
from detection.detectors.runner import HitSource, all_hits
from detection.increment.hits import IncrementalHits
from detection.increment.kept import FOLDER, KeptHits, kept_hits
from detection.run.identity import code_version
from detection.run.ingest import RunData
from detection.run.request import RunRequest
from detection.store.queries import open_finished
from features.intake.changes import Changes, last_changes
from features.intake.manifest import read_manifest
from features.intake.snapshot import code_version as intake_version
from features.readings import READINGS
from features.sealing import damage, is_sealed
from features.workspace import Workspace

_ALIASES = ("person_aliases", "provider_aliases")


def hit_source(
    request: RunRequest, space: Workspace, data: RunData, context: DetectorContext, folder: Path
) -> HitSource:
    """Where the hits of a run come from.

    Nothing is kept, and everything is looked at, where a row may change although it was not delivered: where
    settlements are left out by their day, words are read in another meaning than the contract's, or ids were issued
    again.

    Args:
        request: the settings of the run.
        space: where the last run is.
        data: what the run reads.
        context: the same, with views and policy; ids may be codes.
        folder: of the run, as a draft.
    """
    read_otherwise = any(reading.value != READINGS[reading.name][0] for reading in data.readings)
    left_out = request.as_of is not None or data.implausible or data.after_as_of
    if left_out or read_otherwise or any(context.whole.has(name) for name in _ALIASES):
        return all_hits
    earlier, changes = _since_last_run(space, data)
    return IncrementalHits(context, kept_hits(folder), code_version(), data.readings, earlier, changes)


def _since_last_run(space: Workspace, data: RunData) -> tuple[KeptHits | None, Changes | None]:
    """What the last run kept, and what was delivered since; both None where that is not known."""
    with open_finished(space) as reader:
        run = reader.run if reader else None
    if run is None:
        return None, None
    before, kept = space.snapshot(run.snapshot_id), space.run(run.run_id)
    if not before.exists() or not is_sealed(kept) or damage(kept, FOLDER):
        return None, None
    now = (data.snapshot.folder, data.snapshot.manifest)
    changes = last_changes((before, read_manifest(before)), now, intake_version())
    return (None, None) if changes is None else (kept_hits(kept), changes)
