"""Deterministic alerts on a folder of claims, and damages of a lawful city of the kinds that real exports have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from support.cities import Frames

from detection.alerts.build import build_alerts
from detection.detectors.assessability import Assessability
from detection.detectors.catalogue import Detector, catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import evaluate
from detection.evidence.case_values import with_evidence
from detection.evidence.material import material
from detection.run.ingest import ingest
from detection.run.request import RunRequest
from features.engine import Views
from features.policy import load_policy
from features.progress import no_progress
from features.workspace import open_workspace

AREA = "320600"
Change = Callable[[pl.DataFrame], pl.DataFrame]


@dataclass(frozen=True)
class Outcome:
    """What one detector gave: the number of its alerts, and what it could assess."""

    alerts: int
    assessability: Assessability


def outcomes(data: Path, folder: Path, preset: str | None = None) -> Mapping[str, Outcome]:
    """Every deterministic detector on a folder of claims.

    Args:
        data: the folder.
        folder: a new folder for the workspace.
        preset: import preset, if any.
    """
    space = open_workspace(folder, create=True)
    request = RunRequest(data=data, workspace=folder, area=AREA, now="2024-07-01T08:00:00", preset=preset)
    with space.lock():
        read = ingest(request, space, no_progress)
    context = DetectorContext(read.tables, Views(read.tables), load_policy(AREA), AREA)
    return {
        name: _outcome(detector, context)
        for name, detector in catalogue().items()
        if detector.hits is not None and detector.card.certainty == "deterministic"
    }


def _outcome(detector: Detector, context: DetectorContext) -> Outcome:
    evaluation = evaluate(detector, context)
    drafts = build_alerts(
        detector.card,
        evaluation.hits,
        context.whole,
        policy=context.policy,
        area=context.area,
        key=b"key",
        files=[f"file{number}" for number in range(100)],
    )
    cases = material(detector.card, with_evidence(detector.card, drafts, evaluation.exposure))
    return Outcome(len(cases), evaluation.assessability)


def alerts(given: Mapping[str, Outcome]) -> dict[str, int]:
    """Number of alerts of the detectors that have any."""
    return {name: outcome.alerts for name, outcome in given.items() if outcome.alerts}


def unsaid(given: Mapping[str, Outcome]) -> list[str]:
    """Detectors that assess less than everything without a reason in both languages."""
    return [
        name
        for name, outcome in given.items()
        if outcome.assessability.status != "available"
        and not (outcome.assessability.reason_en and outcome.assessability.reason_zh)
    ]


@dataclass(frozen=True)
class Damage:
    """One damage of a whole export.

    Attributes:
        name: what was suffered.
        table: the table that is changed.
        change: makes the damaged table.
        detector: a detector that rests on it.
        stated: what its reason has to say.
    """

    name: str
    table: str
    change: Change
    detector: str
    stated: str

    def of(self, tables: Frames) -> Frames:
        """The damaged export."""
        return {**tables, self.table: self.change(tables[self.table])}


def prefixed(*columns: str, every: int = 1) -> Change:
    """Keys that are written differently, in every row or in every n-th."""
    hit = pl.int_range(pl.len()) % every == 0
    return lambda table: table.with_columns(
        pl.when(hit & pl.col(name).is_not_null()).then("X" + pl.col(name)).otherwise(name).alias(name)
        for name in columns
    )


def times(factor: int, *columns: str, where: pl.Expr | None = None) -> Change:
    """Amounts in another unit."""
    hit = pl.lit(True) if where is None else where
    return lambda table: table.with_columns(
        pl.when(hit).then(pl.col(name) * factor).otherwise(name).cast(table.schema[name]).alias(name)
        for name in columns
        if name in table.columns
    )


def ended(start: str, column: str, day: dt.date, every: int = 1) -> Change:
    """Open intervals that end on one day, in every row or in every n-th, if they began before."""
    hit = pl.col(column).is_null() & (pl.int_range(pl.len()) % every == 0) & (pl.col(start) <= day)
    return lambda table: table.with_columns(
        pl.when(hit).then(pl.lit(day)).otherwise(column).cast(table.schema[column]).alias(column)
    )


def ended_before(start: str, end: str, every: int) -> Change:
    """Intervals that end before they start, in every n-th row."""
    hit = pl.int_range(pl.len()) % every == 0
    return lambda table: table.with_columns(
        pl.when(hit).then(pl.col(start).dt.offset_by("-1y")).otherwise(end).alias(end)
    )


def moved(by: str, *columns: str) -> Change:
    """Days of a table that are shifted."""
    return lambda table: table.with_columns(pl.col(name).dt.offset_by(by) for name in columns)
