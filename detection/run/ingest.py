"""The data of a run: a snapshot of the export, up to the day of assessment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl

from detection.run.request import INCREMENT, RunRequest
from detection.store.queries import open_finished
from features.calendar import date_of, day_number
from features.errors import InputError
from features.intake import Snapshot, add_to_snapshot, create_snapshot, open_snapshot
from features.intake.checks.plausible_days import plausible_days
from features.intake.tolerances import load_tolerances
from features.message import Message
from features.policy import Policy
from features.progress import Progress
from features.readings import Reading, read_as, with_pooled_days
from features.readings.pooling import NAME as POOLED_FROM
from features.tables import Tables
from features.workspace import Workspace


@dataclass(frozen=True)
class RunData:
    """What a run reads.

    Attributes:
        snapshot: the accepted data set.
        tables: its tables up to the day of assessment.
        first, last: first and last day settled.
        after_as_of: settlements after the day of assessment.
        readings: how words with two meanings were read.
        implausible: settlements whose day is far from all others; they are left out.
    """

    snapshot: Snapshot
    tables: Tables
    first: dt.date
    last: dt.date
    after_as_of: int
    implausible: int
    readings: tuple[Reading, ...] = ()

    @property
    def simulated(self) -> bool:
        """Whether the data are simulated."""
        return self.snapshot.manifest.simulated


def ingest(request: RunRequest, space: Workspace, progress: Progress) -> RunData:
    """Read the export into the workspace.

    Raises:
        FundwatchError: of the kind that fits; `InputError` where nothing was settled by the day of assessment.
    """
    snapshot = create_snapshot(
        request.data,
        space,
        mapping=request.mapping,
        preset=request.preset,
        options=request.preset_options,
        progress=progress,
    )
    if request.delivery == INCREMENT:
        snapshot = add_to_snapshot(_last_snapshot(space), snapshot, space, progress)
    everything = open_snapshot(snapshot.folder)
    whole = _plausible(everything)
    tables = whole if request.as_of is None else _up_to(whole, request.as_of)
    span, settlements = _span(tables)
    if span is None:
        raise InputError(
            "There is no settlement to assess up to {day}."
            if request.as_of
            else "There is no settlement to assess.",
            day=request.as_of,
            next_step="look at the quarantine: fundwatch intake, then the Data page",
        )
    tables, readings = read_as(tables, request.readings)
    plausible = settlements if request.as_of is None else _span(whole)[1]
    return RunData(
        snapshot,
        tables,
        *span,
        after_as_of=plausible - settlements,
        implausible=_span(everything)[1] - plausible,
        readings=readings,
    )


def with_policy(data: RunData, policy: Policy, readings: Mapping[str, str]) -> RunData:
    """The data with what the area's policy says where the source does not, and how it was read.

    Args:
        data: what was read; its coverage is measured before, as the source has it.
        policy: of the area.
        readings: meanings that the run was given, by name.
    """
    tables, reading = with_pooled_days(data.tables, policy, readings.get(POOLED_FROM))
    return data if reading is None else replace(data, tables=tables, readings=(*data.readings, reading))


def _last_snapshot(space: Workspace) -> Path:
    """The folder of the data set of the current run.

    Raises:
        InputError: there is none.
    """
    with open_finished(space) as reader:
        run = reader.run if reader else None
    folder = None if run is None else space.snapshot(run.snapshot_id)
    if folder is None or not folder.exists():
        raise InputError(
            "There is no earlier data set that this delivery could be added to.",
            where=Message("no run yet")
            if run is None
            else Message("data set of run {run_id}, which was removed", run_id=run.run_id),
            next_step="deliver the whole history, without --delivery increment",
        )
    return folder


def _plausible(tables: Tables) -> Tables:
    """The data without settlements whose day is far from all others: one of them would set the period of all."""
    settlements = tables.settlements.to_native()
    days = plausible_days(settlements, load_tolerances())
    if days is None:
        return tables
    return tables.replacing(settlements=nw.from_native(settlements.filter(days.within)))


def _up_to(tables: Tables, day: dt.date) -> Tables:
    """The data up to a day."""
    limit = day_number(day)
    bounded = {
        "settlements": tables.settlements.filter(nw.col("settled_day") <= limit),
        "account_entries": tables.account_entries.filter(nw.col("posted_day") <= limit),
        "outside_leads": tables.outside_leads.filter(nw.col("received_day") <= limit),
    }
    return tables.replacing(**{name: frame for name, frame in bounded.items() if tables.has(name)})


def _span(tables: Tables) -> tuple[tuple[dt.date, dt.date] | None, int]:
    """First and last day settled (None without a settlement), and the number of settlements."""
    bounds: pl.LazyFrame = tables.settlements.select(
        first=nw.col("settled_day").min(),
        last=nw.col("settled_day").max(),
        rows=nw.len().cast(nw.Int64),
    ).to_native()
    first, last, rows = bounds.collect().row(0)
    return (None if first is None else (date_of(first), date_of(last))), int(rows)
