"""The filters that ``alerts`` and ``export`` take as options, checked: an empty list must not look like a result."""

from __future__ import annotations

from collections.abc import Sequence

from detection.alerts.draft import SEVERITIES
from detection.detectors.catalogue import catalogue
from detection.store.lifecycle import STATUSES
from detection.store.queries import Filters
from detection.store.queries.filters import LISTS, values_of
from features.errors import UsageError
from features.message import Message


def alert_filters(**given: str) -> Filters:
    """Filters by the fields of `Filters`.

    Raises:
        UsageError: a detector, status, severity or list that does not exist, or a period that ends before it begins.
    """
    filters = Filters(**given)
    _refuse_unknown(Message("detector"), filters.detector, sorted(catalogue()))
    _refuse_unknown(Message("status"), filters.status, STATUSES)
    _refuse_unknown(Message("severity"), filters.severity, SEVERITIES)
    _refuse_unknown(Message("list"), filters.list, LISTS)
    if filters.start and filters.end and filters.end < filters.start:
        raise UsageError(
            "The period ends before it begins.", where="--from, --to", next_step="exchange the two days"
        )
    return filters


def _refuse_unknown(what: Message, named: str, known: Sequence[str]) -> None:
    for name in values_of(named):
        if name not in known:
            raise UsageError(
                "There is no {kind} {name!r}.",
                next_step="use one of: {names}",
                names=known,
                kind=what,
                name=name,
            )
