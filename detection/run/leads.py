"""What a run does with outside leads: those of its data come into the queue, and all are matched with its alerts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from detection.cases.moves import Actor
from detection.leads.from_data import leads_of_data
from detection.leads.incoming import IncomingLead
from detection.store.leads.writer import LeadWriter
from detection.store.lifecycle import BY_RUN
from detection.store.queries.leads.matching import Named, match_leads, rematched, unknown_of_data
from detection.store.queries.reader import open_store
from features.engine import collect
from features.message import Message
from features.tables import Tables
from features.workspace import Workspace

_RUN = Actor(BY_RUN, "", kind="run")
_DAY = 10


@dataclass(frozen=True)
class LeadsDone:
    """What became of outside leads.

    Attributes:
        new: leads of the data that were not in the store.
        changed: leads of which the data say something else than before.
        matched: leads whose match the alerts of the run changed.
        problems: rows that cannot be taken, by number and column.
    """

    new: int = 0
    changed: int = 0
    matched: int = 0
    problems: tuple[Message, ...] = ()


def follow_leads(space: Workspace, tables: Tables, *, run_id: str, digest: str, at: str) -> LeadsDone:
    """Register the leads of the data, keep what changed of them, and match all that wait.

    Args:
        space: the workspace, of which the run is the current one.
        tables: of the run.
        run_id: entered as the reason.
        digest: of the data set.
        at: ISO time of the run.

    Raises:
        StoreError: the store cannot be written; the next run does the same.
    """
    leads, problems = _leads(tables, dt.date.fromisoformat(at[:_DAY]))
    with open_store(space) as reader:
        fresh = unknown_of_data(reader, leads)
        matches = match_leads(reader, [Named(lead.subject_kind, lead.subject_id) for lead in fresh])
    writer = LeadWriter(space)
    if fresh:
        writer.import_leads([*zip(fresh, matches, strict=True)], _RUN, at, reason=run_id, digest=digest)
    changed = writer.take_changes(leads, _RUN, at, reason=run_id) if len(fresh) < len(leads) else 0
    with open_store(space) as reader:
        again = rematched(reader)
    matched = writer.rematch(again, _RUN, at, reason=run_id) if again else 0
    return LeadsDone(len(fresh), changed, matched, tuple(problems))


def _leads(tables: Tables, today: dt.date) -> tuple[Sequence[IncomingLead], Sequence[Message]]:
    if not tables.has("outside_leads"):
        return [], []
    rows: pl.DataFrame = collect(tables.outside_leads)
    return leads_of_data(rows, today)
