"""Home: "What must I do, what is new or worse, where should we go?"."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from detection.store.queries import stored
from detection.store.queries.data import Intake, intake
from detection.store.queries.filters import SUSPICION, Filters, where
from detection.store.queries.peers import peer_ranks
from detection.store.queries.reader import Reader
from detection.store.queries.totals import Totals, totals
from detection.store.schema import Alert, Evidence, Institution, MonthlySpend, RecordEvidence
from features.calendar import month_index, month_text

_MONTHS = 12
_WEEKS = 26

INSTITUTION_QUEUE = "institutions"
"""The queue of alerts that are about an institution or what happens at it."""
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
    last = month_index(dt.date.fromisoformat((run.last_day or run.as_of)[:10]))
    return [month_text(index) for index in range(last - _MONTHS + 1, last + 1)]


def _alerts_by_month(reader: Reader, filters: Filters) -> tuple[int, ...]:
    month = func.substr(Alert.period_end, 1, 7)
    query = select(month, func.count()).where(where(reader.directory, filters)).group_by(month)
    counts: dict[str, int] = dict(reader.session.execute(query).all())
    return tuple(counts.get(name, 0) for name in _last_months(reader))


def _money_by_month(reader: Reader, filters: Filters) -> list[tuple[int, int]]:
    """Money of the evidence of a list by month, each settlement once, and the records of each alert."""
    listed = select(Alert.alert_id).where(where(reader.directory, filters))
    of_settlements = (
        select(
            func.max(func.substr(Evidence.settled_at, 1, 7)).label("month"),
            func.max(Evidence.pool).label("pool"),
            func.max(Evidence.account).label("account"),
        )
        .where(Evidence.alert_id.in_(listed))
        .group_by(Evidence.settlement_id)
    )
    of_records = select(
        func.substr(RecordEvidence.record_day, 1, 7), RecordEvidence.pool, RecordEvidence.account
    ).where(RecordEvidence.alert_id.in_(listed))
    both = of_settlements.union_all(of_records).subquery()
    query = select(both.c.month, func.sum(both.c.pool), func.sum(both.c.account)).group_by(both.c.month)
    money = {name: (pool, account) for name, pool, account in reader.session.execute(query)}
    return [money.get(name, (0, 0)) for name in _last_months(reader)]


def worst_institutions(
    reader: Reader, how_many: int, *, start: str = "", end: str = ""
) -> tuple[InstitutionRow, ...]:
    """Institutions that open alerts are about: the most severe first, then the most money at issue.

    Alerts about an insured person that merely point to where most of it happened are left out. With ``start`` and
    ``end`` (ISO days) only alerts count whose evidence overlaps them.
    """
    filters = Filters(queue=INSTITUTION_QUEUE, start=start, end=end)
    amount = func.sum(Alert.amount_at_issue)
    query = (
        select(Institution, func.min(Alert.period_start))
        .join(Alert, Alert.provider_id == Institution.provider_id)
        .where(where(reader.directory, filters))
        .group_by(Institution.provider_id)
        .order_by(func.max(Alert.severity_order).desc(), amount.desc(), Institution.provider_id)
        .limit(how_many)
    )
    rows = reader.session.execute(query).all()
    ranks = peer_ranks(reader, [("provider", institution.provider_id) for institution, _ in rows])
    return tuple(_institution(reader, institution, since, ranks, filters) for institution, since in rows)


def _institution(
    reader: Reader,
    institution: Institution,
    since: str,
    ranks: dict[tuple[str, str], tuple[int, int]],
    filters: Filters,
) -> InstitutionRow:
    pseudonym = reader.identity("provider", institution.provider_id)
    own = replace(filters, provider=pseudonym)
    chips = (
        select(Alert.detector, func.count())
        .where(where(reader.directory, own))
        .group_by(Alert.detector)
        .order_by(func.count().desc(), Alert.detector)
    )
    rank, peers = ranks.get(("provider", institution.provider_id), (None, None))
    return InstitutionRow(
        pseudonym,
        institution.name,
        institution.kind,
        institution.level,
        institution.district,
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
        where(reader.directory, Filters(list=SUSPICION)), Alert.period_end >= first.isoformat()
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
        {"month": month.month, "pool": month.pool, "account": month.account, "mutual_aid": month.mutual_aid}
        for month in months
    )
