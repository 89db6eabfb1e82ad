"""Home: "What must I do, what is new or worse, where should we go?"."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from detection.store.queries.data import Intake, intake
from detection.store.queries.filters import SUSPICION, Filters, Totals, totals, where
from detection.store.queries.peers import peer_ranks
from detection.store.queries.reader import Reader
from detection.store.run_manifest import manifest_of
from detection.store.schema import Alert, Evidence, Institution, MonthlySpend, RecordEvidence

_MONTHS = 12
_WEEKS = 26


OF_INSTITUTIONS = "institutions"
"""The queue of alerts that are about an institution or what happens at it."""
APART = ("agency", "data")
"""Lists of what is no suspicion of anybody: errors of agencies, defects of the data."""


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
class Figure:
    """A total, and its last twelve months for the small line; the filter opens the list behind it."""

    name: str
    totals: Totals
    months: tuple[int, ...]
    filters: Filters


@dataclass(frozen=True)
class InstitutionRow:
    """An institution to look at. ``chips``: alerts by detector; ``since``: first day of the oldest alert."""

    provider: str
    name: str
    kind: str
    level: str
    district: str
    chips: tuple[tuple[str, int], ...]
    totals: Totals
    peer_rank: int | None
    peers: int | None
    since: str


@dataclass(frozen=True)
class Home:
    """Everything the first screen shows. ``apart``: the open alerts of the lists that are never added to suspicion."""

    ribbon: Ribbon
    figures: tuple[Figure, ...]
    apart: tuple[tuple[str, Totals], ...]
    institutions: tuple[InstitutionRow, ...]
    weekly: tuple[dict[str, Any], ...]
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
    """Up to when the data reach, what was read, and what could not be judged."""
    run = reader.current_run()
    states = Counter(one.status for one in reader.assessability())
    return Ribbon(
        run.last_day or run.as_of,
        intake(manifest_of(run)),
        states["not_assessable"],
        states["partial"],
        run.number,
        run.finished_at,
    )


def figures(reader: Reader) -> tuple[Figure, ...]:
    """New, changed, pooled fund at issue, personal account at issue: of institutions and the insured alone."""
    everything = Filters(list=SUSPICION)
    new, changed = replace(everything, change="new"), replace(everything, change="changed")
    at_issue = totals(reader, everything)
    by_month = _money_by_month(reader, everything)
    return (
        Figure("new", totals(reader, new), _alerts_by_month(reader, new), new),
        Figure("changed", totals(reader, changed), _alerts_by_month(reader, changed), changed),
        Figure("pool", at_issue, tuple(pool for pool, _ in by_month), everything),
        Figure("account", at_issue, tuple(account for _, account in by_month), everything),
    )


def _last_months(reader: Reader) -> list[str]:
    run = reader.current_run()
    year, month = int((run.last_day or run.as_of)[:4]), int((run.last_day or run.as_of)[5:7])
    index = year * 12 + month - 1
    return [f"{one // 12}-{one % 12 + 1:02d}" for one in range(index - _MONTHS + 1, index + 1)]


def _alerts_by_month(reader: Reader, filters: Filters) -> tuple[int, ...]:
    month = func.substr(Alert.period_end, 1, 7)
    query = select(month, func.count()).where(where(reader, filters)).group_by(month)
    found: dict[str, int] = dict(reader.session.execute(query).all())
    return tuple(found.get(one, 0) for one in _last_months(reader))


def _money_by_month(reader: Reader, filters: Filters) -> list[tuple[int, int]]:
    """Money of the evidence of a list by month, each settlement once, and the records of each alert."""
    asked = select(Alert.alert_id).where(where(reader, filters))
    each = (
        select(
            func.max(func.substr(Evidence.settled_at, 1, 7)).label("month"),
            func.max(Evidence.pool).label("pool"),
            func.max(Evidence.account).label("account"),
        )
        .where(Evidence.alert_id.in_(asked))
        .group_by(Evidence.settlement_id)
    )
    of_records = select(
        func.substr(RecordEvidence.record_day, 1, 7), RecordEvidence.pool, RecordEvidence.account
    ).where(RecordEvidence.alert_id.in_(asked))
    both = each.union_all(of_records).subquery()
    query = select(both.c.month, func.sum(both.c.pool), func.sum(both.c.account)).group_by(both.c.month)
    found = {month: (pool, account) for month, pool, account in reader.session.execute(query)}
    return [found.get(one, (0, 0)) for one in _last_months(reader)]


def worst_institutions(
    reader: Reader, how_many: int, *, start: str = "", end: str = ""
) -> tuple[InstitutionRow, ...]:
    """Institutions that open alerts are about: the most severe first, then the most money at issue.

    Alerts about an insured person that merely point to where most of it happened are left out. With ``start`` and
    ``end`` (ISO days) only alerts count whose evidence overlaps them.
    """
    asked = Filters(queue=OF_INSTITUTIONS, start=start, end=end)
    amount = func.sum(Alert.amount_at_issue)
    query = (
        select(Institution, func.min(Alert.period_start))
        .join(Alert, Alert.provider_id == Institution.provider_id)
        .where(where(reader, asked))
        .group_by(Institution.provider_id)
        .order_by(func.max(Alert.severity_order).desc(), amount.desc(), Institution.provider_id)
        .limit(how_many)
    )
    found = reader.session.execute(query).all()
    ranks = peer_ranks(reader, [("provider", one.provider_id) for one, _ in found])
    return tuple(_institution(reader, one, since, ranks, asked) for one, since in found)


def _institution(
    reader: Reader,
    one: Institution,
    since: str,
    ranks: dict[tuple[str, str], tuple[int, int]],
    asked: Filters,
) -> InstitutionRow:
    pseudonym = reader.masked("provider", one.provider_id)
    own = replace(asked, provider=pseudonym)
    chips = (
        select(Alert.detector, func.count())
        .where(where(reader, own))
        .group_by(Alert.detector)
        .order_by(func.count().desc(), Alert.detector)
    )
    rank, peers = ranks.get(("provider", one.provider_id), (None, None))
    return InstitutionRow(
        pseudonym,
        one.name,
        one.kind,
        one.level,
        one.district,
        tuple(reader.session.execute(chips).all()),
        totals(reader, own),
        rank,
        peers,
        since,
    )


def weekly(reader: Reader) -> tuple[dict[str, Any], ...]:
    """Open alerts by family and week (Monday) of their last evidence, the last half year of the data; see `figures`."""
    run = reader.current_run()
    last = dt.date.fromisoformat((run.last_day or run.as_of)[:10])
    first = last - dt.timedelta(days=last.weekday(), weeks=_WEEKS - 1)
    query = select(Alert.family, Alert.period_end).where(
        where(reader, Filters(list=SUSPICION)), Alert.period_end >= first.isoformat()
    )
    counts: Counter[tuple[str, str]] = Counter()
    for family, end in reader.session.execute(query):
        day = dt.date.fromisoformat(end)
        counts[(day - dt.timedelta(days=day.weekday())).isoformat(), family] += 1
    return tuple(
        {"week": week, "family": family, "alerts": many} for (week, family), many in sorted(counts.items())
    )


def monthly(reader: Reader) -> tuple[dict[str, Any], ...]:
    """Spend by month (fen): the last twelve months and the twelve before them."""
    months = list(reader.session.scalars(select(MonthlySpend).order_by(MonthlySpend.month)))[-2 * _MONTHS :]
    return tuple(
        {"month": one.month, "pool": one.pool, "account": one.account, "mutual_aid": one.mutual_aid}
        for one in months
    )
