"""Which alerts a list holds, and in what order, as conditions of SQL.

All of them are answered from one index of the alerts (`alert_columns.LIST_COLUMNS`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, or_, select, tuple_

from detection.store.lifecycle import OPEN
from detection.store.schema import Alert, AlertMember

LISTS = ("findings", "patterns", "agency", "data", "all")
"""Deterministic findings, statistical patterns, agency errors, data defects; and everything."""
SUSPICION = "suspicion"
"""Findings and patterns together: what is about people and institutions. A list for figures, no tab of its own."""
NO_DISTRICT = "none"
"""District of the alerts that have none."""
SORTS = ("risk", "money", "pool", "account", "grade", "latest")
_PSEUDONYM = re.compile(r"[A-Z]-\w{13}", re.IGNORECASE)
_STANDING = ("new", "changed", "same")
_SUSPICION_QUEUES = ("institutions", "insured")
_LONGEST_TEXT = 200
"""Characters of a search text; databases refuse to look for very long ones."""


@dataclass(frozen=True)
class Filters:
    """Which alerts a list holds; an empty text filters nothing.

    Family, detector, severity, district, provider kind, status and change may name several values, separated by commas.

    Attributes:
        list: one of `LISTS`, or `SUSPICION`.
        status: a status of the contract, "open" for those of `OPEN`, or "" for any.
        change: what the run did to it; "new", "changed", "same", "closed", or "standing" for all but the last.
        queue: whose desk: ``institutions``, ``insured``, ``agency`` or ``data``.
        money_kind: what its money is, of `detection.detectors.cards.MONEY_KINDS`.
        provider, subject: pseudonyms; the latter may have its kind before it (``person:P-…``).
        involved: kind and pseudonym of a subject (``person:P-…``): alerts about it, at it, or with it among the people.
        start, end: ISO days; the alert's period overlaps them, and totals count the money of these days alone.
        text: in the title, an institution's name, or a pseudonym.
    """

    list: str = "all"
    family: str = ""
    detector: str = ""
    severity: str = ""
    district: str = ""
    provider_kind: str = ""
    queue: str = ""
    money_kind: str = ""
    provider: str = ""
    subject: str = ""
    involved: str = ""
    status: str = "open"
    change: str = ""
    start: str = ""
    end: str = ""
    text: str = ""


EVERY_ALERT = Filters(status="")
"""No alert is left out, closed ones included."""


class Resolver(Protocol):
    """What filters need in order to find the ids behind pseudonyms and names."""

    def provider_id(self, pseudonym: str) -> str:
        """The institution of a pseudonym; empty where there is none."""

    def provider_ids_named(self, text: str) -> Sequence[str]:
        """Institutions whose name contains a text."""

    def subject_ids(self, pseudonym: str) -> Sequence[str]:
        """Subjects of alerts under a pseudonym."""

    def involved_ids(self, kind: str, pseudonym: str) -> Sequence[str]:
        """Subjects of a kind under a pseudonym that are in any alert."""


def where(resolver: Resolver, filters: Filters) -> ColumnElement[bool]:
    """The filters as a condition on alerts."""
    several = {
        Alert.family: filters.family,
        Alert.detector: filters.detector,
        Alert.severity: filters.severity,
        Alert.provider_kind: filters.provider_kind,
        Alert.queue: filters.queue,
        Alert.money_kind: filters.money_kind,
        Alert.status: _spelled_out(filters.status, "open", OPEN),
        Alert.change: _spelled_out(filters.change, "standing", _STANDING),
    }
    conditions: list[ColumnElement[bool]] = [
        column.in_(values_of(text)) for column, text in several.items() if text
    ]
    conditions += _of_list(filters.list)
    if filters.district:
        conditions.append(_in_districts(values_of(filters.district)))
    if filters.provider:
        conditions.append(Alert.provider_id == resolver.provider_id(filters.provider))
    if filters.subject:
        kind, _, pseudonym = filters.subject.rpartition(":")
        about = Alert.subject_id.in_(resolver.subject_ids(pseudonym))
        conditions.append(and_(about, Alert.subject_kind == kind) if kind else about)
    if filters.involved:
        conditions.append(_involved(resolver, *filters.involved.partition(":")[::2]))
    if filters.start:
        conditions.append(Alert.period_end >= filters.start)
    if filters.end:
        conditions.append(Alert.period_start <= filters.end)
    if filters.text:
        conditions.append(_text(resolver, filters.text.strip()[:_LONGEST_TEXT].replace("\0", "\ufffd")))
    return and_(True, *conditions)


def values_of(text: str) -> list[str]:
    """The values that a filter names."""
    return text.split(",") if text else []


def _spelled_out(text: str, name: str, values: Sequence[str]) -> str:
    """A filter with the name of several values replaced by them."""
    return ",".join(value for each in values_of(text) for value in (values if each == name else (each,)))


def _in_districts(districts: Sequence[str]) -> ColumnElement[bool]:
    named = Alert.district.in_([name for name in districts if name != NO_DISTRICT])
    return or_(named, Alert.district.is_(None)) if NO_DISTRICT in districts else named


def _involved(resolver: Resolver, kind: str, pseudonym: str) -> ColumnElement[bool]:
    ids = resolver.involved_ids(kind, pseudonym)
    about = and_(Alert.subject_kind == kind, Alert.subject_id.in_(ids))
    match kind:
        case "provider":
            return or_(about, Alert.provider_id.in_(ids))
        case "person":
            among = select(AlertMember.alert_id).where(AlertMember.person_id.in_(ids))
            return or_(about, Alert.alert_id.in_(among))
        case _:
            return about


def list_of(queue: str, certainty: str) -> str:
    """The list of `LISTS` that an alert belongs to."""
    if queue in _SUSPICION_QUEUES:
        return "findings" if certainty == "deterministic" else "patterns"
    return queue


def _of_list(name: str) -> list[ColumnElement[bool]]:
    match name:
        case "findings":
            return [Alert.queue.in_(_SUSPICION_QUEUES), Alert.certainty == "deterministic"]
        case "patterns":
            return [Alert.queue.in_(_SUSPICION_QUEUES), Alert.certainty != "deterministic"]
        case "suspicion":
            return [Alert.queue.in_(_SUSPICION_QUEUES)]
        case "agency" | "data":
            return [Alert.queue == name]
        case _:
            return []


def _text(resolver: Resolver, text: str) -> ColumnElement[bool]:
    return or_(
        Alert.title_en.icontains(text, autoescape=True),
        Alert.title_zh.icontains(text, autoescape=True),
        Alert.alert_id.istartswith(text, autoescape=True),
        Alert.provider_id.in_(resolver.provider_ids_named(text)),
        Alert.subject_id.in_(resolver.subject_ids(text.upper()) if _PSEUDONYM.fullmatch(text) else ()),
    )


def order(sort: str) -> list[ColumnElement[Any]]:
    """One of `SORTS` as columns of one direction, ties broken in the direction of the index."""
    return [key.asc() if _rises(sort) else key.desc() for key in _keys(sort)]


def _rises(sort: str) -> bool:
    return sort not in _FALLING


def _keys(sort: str) -> list[ColumnElement[Any]]:
    return [_FALLING.get(sort, Alert.rank.expression), Alert.alert_id.expression]


_FALLING: dict[str, ColumnElement[Any]] = {
    "money": Alert.amount_at_issue.expression,
    "pool": Alert.pool_at_issue.expression,
    "account": Alert.account_at_issue.expression,
    "latest": Alert.period_end.expression,
    "grade": Alert.amount_at_issue * Alert.severity_order,
}
"""What a list is sorted by, most first; all other lists by rank, 1 first."""


def beyond(sort: str, alert_id: str, *, before: bool) -> tuple[ColumnElement[bool], list[ColumnElement[Any]]]:
    """The alerts that a list shows before or after one of them, and their order with the nearest first.

    Args:
        sort: one of `SORTS`.
        alert_id: of the alert.
        before: those before it; those after it otherwise.
    """
    keys = _keys(sort)
    own = [select(key).where(Alert.alert_id == alert_id).scalar_subquery() for key in keys]
    higher = _rises(sort) is not before
    condition = tuple_(*keys) > tuple_(*own) if higher else tuple_(*keys) < tuple_(*own)
    return condition, [key.asc() if higher else key.desc() for key in keys]
