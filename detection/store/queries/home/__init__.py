"""Home: "What must I do, what is new or worse, where should we go?"."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from detection.store.queries import stored
from detection.store.queries.data import Intake, intake
from detection.store.queries.filters import Filters
from detection.store.queries.home.figures import MONTHS, Figure, figures
from detection.store.queries.home.institutions import INSTITUTION_QUEUE, InstitutionRow, worst_institutions
from detection.store.queries.home.weekly import WeekOfMoney, weekly
from detection.store.queries.reader import Reader
from detection.store.queries.totals import Totals, totals
from detection.store.schema import MonthlySpend

__all__ = [
    "APART",
    "INSTITUTION_QUEUE",
    "Figure",
    "Home",
    "InstitutionRow",
    "Ribbon",
    "WeekOfMoney",
    "figures",
    "home",
    "monthly",
    "ribbon",
    "weekly",
    "worst_institutions",
]

APART = ("agency", "data")
"""Lists that are no suspicion of people or institutions: errors of agencies, defects of the data."""


@dataclass(frozen=True)
class Ribbon:
    """What the figures rest on."""

    complete_to: str
    intake: Intake
    not_assessable: int
    partial: int
    run_number: int
    finished_at: str


@dataclass(frozen=True)
class Home:
    """Everything the first screen shows. ``apart``: the open alerts of the lists that are never added to suspicion."""

    ribbon: Ribbon
    figures: tuple[Figure, ...]
    apart: tuple[tuple[str, Totals], ...]
    institutions: tuple[InstitutionRow, ...]
    weekly: tuple[WeekOfMoney, ...]
    monthly: tuple[dict[str, Any], ...]


def home(reader: Reader, *, institutions: int = 10) -> Home:
    """The first screen of the current run."""
    return Home(
        ribbon(reader),
        figures(reader),
        tuple((name, totals(reader, Filters(list=name))) for name in APART),
        worst_institutions(reader, institutions),
        weekly(reader),
        monthly(reader),
    )


def ribbon(reader: Reader) -> Ribbon:
    """Up to when the data reach, what was read, and what could not be assessed."""
    run = reader.current_run()
    states = Counter(row.status for row in stored.assessability(reader))
    return Ribbon(
        run.last_day or run.as_of,
        intake(reader.manifest),
        states["not_assessable"],
        states["partial"],
        run.number,
        run.finished_at,
    )


def monthly(reader: Reader) -> tuple[dict[str, Any], ...]:
    """Spend by month (fen): the last twelve months and the twelve before them."""
    months = list(reader.session.scalars(select(MonthlySpend).order_by(MonthlySpend.month)))[-2 * MONTHS :]
    return tuple(
        {"month": month.month, "pool": month.pool, "account": month.account, "mutual_aid": month.mutual_aid}
        for month in months
    )
