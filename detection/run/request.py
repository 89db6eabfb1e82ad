"""What a run is given, and how it ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from detection.language.text import Text
from detection.run.leads import LeadsDone
from detection.store.lifecycle import BY_RUN
from features.intake import Manifest
from features.message import Message
from features.readings import Reading
from features.workspace.place import Where

FULL, INCREMENT = "full", "increment"
"""Kinds of delivery: the whole history as it is now, or what is added to the data of the last run."""


OFF = "switched_off"
"""Status, at the end of a run, of a detector that was not switched on."""


@dataclass(frozen=True)
class RunRequest:
    """The input and the settings of a run.

    Attributes:
        data: folder with the tables.
        workspace: where runs, models and alerts are kept.
        area: pooling area whose policy applies, or "none".
        now: local time as ISO text; the only clock.
        mapping: mapping file, or None for the contract's own names.
        profile: policy values laid over the known ones, for instance ``illustrative``; none when None.
        policy_dir: folder with a fund's own policy values, laid over both; none when None.
        preset, preset_options: import preset that the mapping file is laid over, and its options.
        as_of: assess as if on this day; the last day of the data when None.
        seed: of the anomaly models.
        refit: fit challengers.
        delivery: `FULL` or `INCREMENT`; None where nobody said, which is refused if earlier months are gone.
        expect: file of control totals (`detection.deliveries.totals`), or None.
        readings: meanings of words that exports use in two ways, by name (`features.readings`); the data decide on the
            others.
        key: file outside the workspace that keeps its key; None for the one that it remembers.
        actor: who starts it.
        detectors: names of the detectors that are switched on; None for all.
        accept_missing: what the delivery may lack of what the last run had (`detection.deliveries.comparison`).
    """

    data: Path
    workspace: Where
    area: str
    now: str
    mapping: Path | None = None
    profile: str | None = None
    policy_dir: Path | None = None
    preset: str | None = None
    preset_options: Mapping[str, str] = field(default_factory=dict)
    as_of: dt.date | None = None
    seed: int = 0
    refit: bool = False
    delivery: str | None = None
    expect: Path | None = None
    accept_missing: Sequence[str] = ()
    detectors: Sequence[str] | None = None
    readings: Mapping[str, str] = field(default_factory=dict)
    key: Path | None = None
    actor: str = BY_RUN


@dataclass(frozen=True)
class DetectorDone:
    """How one detector ended: how much it could assess, its alerts, and fen at issue.

    The status is that of its assessability, or `OFF` where the operator switched it off.
    """

    detector: str
    status: str
    reason: Text
    alerts: int
    amount: int


@dataclass(frozen=True)
class RunDone:
    """How a run ended.

    Attributes:
        run_id: its id.
        manifest: of the snapshot that it read.
        detectors: each detector of the catalogue.
        new, changed, same, closed: how the list of alerts changed.
        not_assessed: alerts of earlier runs that this run could not look for, and left as they are.
        readings: how words with two meanings were read.
        after_as_of: settlements that intake accepted, but that were made after the day of assessment.
        implausible: settlements left out because their day is far from all others.
        profile: policy profile whose invented values the run rests on; None without one.
        leads: what became of outside leads.
        resumed_at: step at which it went on from a run that was stopped; None where it began anew.
    """

    run_id: str
    manifest: Manifest
    detectors: Sequence[DetectorDone]
    new: int
    changed: int
    same: int
    closed: int
    not_assessed: int = 0
    after_as_of: int = 0
    readings: Sequence[Reading] = ()
    implausible: int = 0
    profile: str | None = None
    leads: LeadsDone = field(default_factory=LeadsDone)
    resumed_at: Message | None = None
