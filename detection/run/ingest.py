"""The data of a run: a snapshot of the export, up to the day of assessment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import narwhals.stable.v2 as nw
import polars as pl

from detection.run.request import RunRequest
from features.calendar import date_of, day_number
from features.errors import InputError
from features.intake import Snapshot, create_snapshot, open_snapshot
from features.progress import Progress
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
    """

    snapshot: Snapshot
    tables: Tables
    first: dt.date
    last: dt.date
    after_as_of: int

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
    whole = open_snapshot(snapshot.folder)
    tables = whole if request.as_of is None else _up_to(whole, request.as_of)
    span, settlements = _span(tables)
    if span is None:
        raise InputError(
            "There is no settlement to assess" + (f" up to {request.as_of}." if request.as_of else "."),
            next_step="look at the quarantine: fundwatch intake, then the Data page",
        )
    after = 0 if request.as_of is None else _span(whole)[1] - settlements
    return RunData(snapshot, tables, *span, after_as_of=after)


def _up_to(tables: Tables, day: dt.date) -> Tables:
    """The data up to a day."""
    limit = day_number(day)
    bounded = {
        "settlements": tables.settlements.filter(nw.col("settled_day") <= limit),
        "account_entries": tables.account_entries.filter(nw.col("posted_day") <= limit),
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
