"""Which alerts a list holds, in what order, how many they are, and how much their evidence is worth.

A total counts each settlement once, however many alerts cite it: the sum over the alerts, less what
`SharedEvidence` says was counted again. All of it is read from one index of the alerts (`schema.LISTED`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from detection.store.lifecycle import OPEN
from detection.store.schema import Alert, SharedEvidence

if TYPE_CHECKING:
    from detection.store.queries.reader import Reader

LISTS = ("findings", "patterns", "agency", "data", "all")
"""Deterministic findings, statistical patterns, agency errors, data defects; and everything."""
SUSPICION = "suspicion"
"""Findings and patterns together: what is about people and institutions. A list for figures, no tab of its own."""
NOWHERE = "none"
"""District of the alerts that have none."""
SORTS = ("risk", "money", "grade")
_PSEUDONYM = re.compile(r"[A-Z]-\w{10}", re.IGNORECASE)
_OURS = ("institutions", "insured")


@dataclass(frozen=True)
class Filters:
    """What of the alerts is asked for; an empty text asks for everything.

    Attributes:
        list: one of `LISTS`, or `SUSPICION`.
        status: a status of the contract, "open" for those of `OPEN`, or "" for any.
        change: what the run did to it; "new", "changed", "same", "closed", or "standing" for all but the last.
        queue: whose desk: ``institutions``, ``insured``, ``agency`` or ``data``.
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
    queue: str = ""
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


def totals_apart(reader: Reader, filters: Filters) -> dict[str, Totals]:
    """Totals of a list by what must not be added: `SUSPICION`, ``agency`` and ``data``, without those that it lacks.

    What agencies got wrong, and what was transmitted wrongly, is no suspicion of anybody, and its money another.
    """
    if filters.list != "all":
        return {filters.list: totals(reader, filters)}
    parts = {name: totals(reader, replace(filters, list=name)) for name in (SUSPICION, "agency", "data")}
    return {name: one for name, one in parts.items() if one.alerts} or {SUSPICION: Totals(0, 0, 0)}


def count(reader: Reader, filters: Filters) -> int:
    """Number of alerts."""
    query = select(func.count()).select_from(Alert).where(where(reader, filters))
    return reader.session.scalar(query) or 0


def totals(reader: Reader, filters: Filters) -> Totals:
    """Number and money of the alerts; money counts each settlement once, however many alerts cite it."""
    asked = where(reader, filters)
    of_alerts = select(func.count(), func.sum(Alert.pool_at_issue), func.sum(Alert.account_at_issue))
    many, pool, account = reader.session.execute(of_alerts.where(asked)).one()
    if not many:
        return Totals(0, 0, 0)
    again_pool, again_account = reader.session.execute(_counted_again(asked)).one()
    return Totals(many, pool - (again_pool or 0), account - (again_account or 0))


def _counted_again(asked: ColumnElement[bool]) -> Select[Any]:
    """What the sum over the alerts counts more than once."""
    shared = SharedEvidence
    each = (
        select(
            (func.sum(shared.pool) - func.max(shared.pool)).label("pool"),
            (func.sum(shared.account) - func.max(shared.account)).label("account"),
        )
        .where(shared.alert_id.in_(select(Alert.alert_id).where(asked)))
        .group_by(shared.settlement_id)
        .subquery()
    )
    return select(func.sum(each.c.pool), func.sum(each.c.account))


def where(reader: Reader, filters: Filters) -> ColumnElement[bool]:
    """The filters as a condition on alerts."""
    equal = {
        Alert.family: filters.family,
        Alert.detector: filters.detector,
        Alert.severity: filters.severity,
        Alert.district: "" if filters.district == NOWHERE else filters.district,
        Alert.provider_kind: filters.provider_kind,
        Alert.queue: filters.queue,
    }
    asked = [column == value for column, value in equal.items() if value]
    asked += _of_list(filters.list)
    if filters.district == NOWHERE:
        asked.append(Alert.district.is_(None))
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
        asked.append(Alert.subject_id.in_(reader.subjects.get(filters.subject, ())))
    if filters.start:
        asked.append(Alert.period_end >= filters.start)
    if filters.end:
        asked.append(Alert.period_start <= filters.end)
    if filters.text:
        asked.append(_text(reader, filters.text.strip()))
    return and_(True, *asked)


def list_of(queue: str, certainty: str) -> str:
    """The list of `LISTS` that an alert stands in."""
    if queue in _OURS:
        return "findings" if certainty == "deterministic" else "patterns"
    return queue


def _of_list(name: str) -> list[ColumnElement[bool]]:
    match name:
        case "findings":
            return [Alert.queue.in_(_OURS), Alert.certainty == "deterministic"]
        case "patterns":
            return [Alert.queue.in_(_OURS), Alert.certainty != "deterministic"]
        case "suspicion":
            return [Alert.queue.in_(_OURS)]
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
        Alert.subject_id.in_(reader.subjects.get(text.upper(), ()) if _PSEUDONYM.fullmatch(text) else ()),
    )


def order(sort: str) -> list[ColumnElement[Any]]:
    """One of `SORTS` as columns, ties broken in the direction of the index."""
    match sort:
        case "money":
            return [Alert.amount_at_issue.desc(), Alert.alert_id.desc()]
        case "grade":
            return [(Alert.amount_at_issue * Alert.severity_order).desc(), Alert.alert_id.desc()]
        case _:
            return [Alert.rank.asc(), Alert.alert_id.asc()]
