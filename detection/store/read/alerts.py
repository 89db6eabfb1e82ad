"""Alerts: "Which of these next?" Filter, sort and page in the store; totals of the same filter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from detection.store.lifecycle import OPEN
from detection.store.read.peers import peer_ranks
from detection.store.read.reader import Reader
from detection.store.schema import Alert, Evidence

LISTS = ("findings", "patterns", "agency", "data", "all")
"""Deterministic findings, statistical patterns, agency errors, data defects; and everything."""
SORTS = ("risk", "money", "grade")


@dataclass(frozen=True)
class Filters:
    """What of the alerts is asked for; an empty text asks for everything.

    Attributes:
        list: one of `LISTS`.
        status: a status of the contract, "open" for those of `OPEN`, or "" for any.
        change: what the run did to it; "new", "changed", "same", "closed", or "standing" for all but the last.
        provider, subject: pseudonyms.
        start, end: ISO days; the alert's period overlaps them.
        text: in the title, an institution's name, or a pseudonym.
    """

    list: str = "all"
    family: str = ""
    detector: str = ""
    severity: str = ""
    district: str = ""
    provider_kind: str = ""
    provider: str = ""
    subject: str = ""
    status: str = "open"
    change: str = ""
    start: str = ""
    end: str = ""
    text: str = ""


@dataclass(frozen=True)
class Totals:
    """How many alerts, and the money of their evidence with each settlement once (fen)."""

    alerts: int
    pool: int
    account: int


@dataclass(frozen=True)
class Row:
    """One alert of the list. ``peer_rank`` of ``peers``: the subject in its peer group, where it was scored."""

    alert_id: str
    severity: str
    detector: str
    typology: str
    title_en: str
    title_zh: str
    subject_kind: str
    subject: str
    place: str
    score: float
    peer_rank: int | None
    peers: int | None
    pool: int
    account: int
    evidence_rows: int
    first: str
    last: str
    change: str
    status: str


def rows(reader: Reader, filters: Filters, *, sort: str, page: int, size: int) -> list[Row]:
    """One page of alerts (1 is the first)."""
    query = select(Alert).where(where(reader, filters)).order_by(*_order(sort))
    found = list(reader.session.scalars(query.limit(size).offset((page - 1) * size)))
    return listed(reader, found)


def listed(reader: Reader, found: list[Alert]) -> list[Row]:
    """Alerts as rows of a list."""
    ranks = peer_ranks(reader, [(one.subject_kind, one.subject_id) for one in found])
    return [_row(reader, one, ranks.get((one.subject_kind, one.subject_id))) for one in found]


def count(reader: Reader, filters: Filters) -> int:
    """Number of alerts."""
    query = select(func.count()).select_from(Alert).where(where(reader, filters))
    return reader.session.scalar(query) or 0


def totals(reader: Reader, filters: Filters) -> Totals:
    """Number and money of the alerts; money counts each settlement once, however many alerts cite it."""
    ids: Select[Any] = select(Alert.alert_id).where(where(reader, filters))
    each = (
        select(
            Evidence.settlement_id,
            func.max(Evidence.pool).label("pool"),
            func.max(Evidence.account).label("account"),
        )
        .where(Evidence.alert_id.in_(ids))
        .group_by(Evidence.settlement_id)
        .subquery()
    )
    pool, account = reader.session.execute(select(func.sum(each.c.pool), func.sum(each.c.account))).one()
    return Totals(count(reader, filters), pool or 0, account or 0)


def counts_by_list(reader: Reader, filters: Filters) -> dict[str, int]:
    """Number of alerts of each list under the same other filters."""
    return {name: count(reader, replace(filters, list=name)) for name in LISTS}


def choices(reader: Reader) -> dict[str, list[str]]:
    """Values that the filters can take in this store."""
    columns = {
        "family": Alert.family,
        "detector": Alert.detector,
        "severity": Alert.severity,
        "district": Alert.district,
        "provider_kind": Alert.provider_kind,
        "status": Alert.status,
        "change": Alert.change,
    }
    return {
        name: [value for value in reader.session.scalars(select(column).distinct().order_by(column)) if value]
        for name, column in columns.items()
    }


def named(reader: Reader, pseudonym: str) -> str:
    """An institution's name for its pseudonym; anything else stays a pseudonym."""
    return reader.names.get(reader.institutions.get(pseudonym, ""), pseudonym)


def where(reader: Reader, filters: Filters) -> ColumnElement[bool]:
    """The filters as a condition on alerts."""
    equal = {
        Alert.family: filters.family,
        Alert.detector: filters.detector,
        Alert.severity: filters.severity,
        Alert.district: filters.district,
        Alert.provider_kind: filters.provider_kind,
    }
    asked = [column == value for column, value in equal.items() if value]
    asked += _lists(filters.list)
    if filters.change == "standing":
        asked.append(Alert.change != "closed")
    elif filters.change:
        asked.append(Alert.change == filters.change)
    if filters.status == "open":
        asked.append(Alert.status.in_(OPEN))
    elif filters.status:
        asked.append(Alert.status == filters.status)
    if filters.provider:
        asked.append(Alert.provider_id == reader.institutions.get(filters.provider, ""))
    if filters.subject:
        asked.append(Alert.subject_id.in_(_subjects(reader, filters.subject)))
    if filters.start:
        asked.append(Alert.period_end >= filters.start)
    if filters.end:
        asked.append(Alert.period_start <= filters.end)
    if filters.text:
        asked.append(_text(reader, filters.text.strip()))
    return and_(True, *asked)


def _lists(name: str) -> list[ColumnElement[bool]]:
    ours = Alert.queue.in_(("institutions", "insured"))
    match name:
        case "findings":
            return [ours, Alert.certainty == "deterministic"]
        case "patterns":
            return [ours, Alert.certainty == "statistical"]
        case "agency" | "data":
            return [Alert.queue == name]
        case _:
            return []


def _text(reader: Reader, text: str) -> ColumnElement[bool]:
    named = [provider for provider, name in reader.names.items() if text.lower() in name.lower()]
    return or_(
        Alert.title_en.icontains(text, autoescape=True),
        Alert.title_zh.icontains(text, autoescape=True),
        Alert.alert_id.istartswith(text, autoescape=True),
        Alert.provider_id.in_(named),
        Alert.subject_id.in_(_subjects(reader, text.upper()) if "-" in text else []),
    )


def _subjects(reader: Reader, pseudonym: str) -> list[str]:
    """Ids of the alerts' subjects that have this pseudonym; groups are shown as they are."""
    subjects = reader.session.execute(select(Alert.subject_kind, Alert.subject_id).distinct())
    return [
        one for kind, one in subjects if reader.masked(kind, one) == pseudonym or one == pseudonym.lower()
    ]


def _order(sort: str) -> list[ColumnElement[Any]]:
    match sort:
        case "money":
            return [Alert.amount_at_issue.desc(), Alert.alert_id.desc()]
        case "grade":
            return [(Alert.amount_at_issue * Alert.severity_order).desc(), Alert.alert_id.desc()]
        case _:
            return [Alert.rank.asc(), Alert.alert_id.asc()]


def _row(reader: Reader, one: Alert, ranked: tuple[int, int] | None) -> Row:
    return Row(
        alert_id=one.alert_id,
        severity=one.severity,
        detector=one.detector,
        typology=one.typology,
        title_en=reader.sentence(one.title_en),
        title_zh=reader.sentence(one.title_zh),
        subject_kind=one.subject_kind,
        subject=reader.shown(one.subject_kind, one.subject_id),
        place=reader.shown("provider", one.provider_id),
        score=one.score,
        peer_rank=ranked[0] if ranked else None,
        peers=ranked[1] if ranked else None,
        pool=one.pool_at_issue,
        account=one.account_at_issue,
        evidence_rows=one.evidence_rows,
        first=one.period_start,
        last=one.period_end,
        change=one.change,
        status=one.status,
    )
