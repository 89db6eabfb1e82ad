"""The parts of a run's stored manifest that readers use: what was read, and which policy was applied."""

from __future__ import annotations

from collections.abc import Mapping

from detection.deliveries.coverage import Coverage
from detection.store.schema import Run
from features.intake.manifest import FileRecord, Record, TableRecord


class PolicyRecord(Record):
    """The policy that a run applied.

    Attributes:
        profile: name of the profile of invented values; None for real values.
        digest: hash of the policy files; empty if it was not recorded.
        overlay: whether local files overrode the policy of the product.
    """

    profile: str | None = None
    digest: str = ""
    overlay: bool = False


class ReadingRecord(Record):
    """How a word that exports use in two ways was read (`features.readings.Reading`)."""

    name: str
    value: str
    by: str
    en: str = ""
    zh: str = ""


class RunManifest(Record):
    """A run's manifest, which has the snapshot's and more; a run of a test may have none.

    Attributes:
        files: files that were read; ``source_file`` of a row is an index into them.
        tables: what was read, by table.
        policy: the policy.
        coverage: what the data covered; None for a run of an earlier version.
        readings: how words with two meanings were read.
        remarks: sentences about columns whose rows are odd, in English.
        switched_off: detectors that the operator switched off.
        accepted_missing: what the data lacked of what the run before had, and somebody confirmed.
    """

    files: tuple[FileRecord, ...] = ()
    tables: Mapping[str, TableRecord] = {}
    policy: PolicyRecord = PolicyRecord()
    coverage: Coverage | None = None
    accepted_missing: tuple[str, ...] = ()
    switched_off: tuple[str, ...] = ()
    readings: tuple[ReadingRecord, ...] = ()
    remarks: tuple[str, ...] = ()


def manifest_of(run: Run) -> RunManifest:
    """The manifest of a stored run, of this or the previous version."""
    return RunManifest.model_validate(run.manifest)
