"""Alerts: "Which of these next?" One page of a list as rows, and what the list could be narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from detection.store.queries.filters import (
    LISTS,
    SORTS,
    SUSPICION,
    Filters,
    Totals,
    count,
    list_of,
    totals,
    totals_apart,
    where,
)
from detection.store.queries.peers import peer_ranks
from detection.store.queries.reader import Reader
from detection.store.schema import Alert

__all__ = [
    "LISTS",
    "SORTS",
    "SUSPICION",
    "Filters",
    "Row",
    "Totals",
    "choices",
    "count",
    "counts_by_list",
    "listed",
    "named",
    "rows",
    "totals",
    "totals_apart",
]


@dataclass(frozen=True)
class Row:
    """One alert of the list. ``peer_rank`` of ``peers``: the subject in its peer group, where it was scored."""

    alert_id: str
    severity: str
    queue: str
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
    return listed(reader, reader.page(filters, sort=sort, page=page, size=size))


def listed(reader: Reader, found: Sequence[Alert]) -> list[Row]:
    """Alerts as rows of a list."""
    ranks = peer_ranks(reader, [(one.subject_kind, one.subject_id) for one in found])
    return [_row(reader, one, ranks.get((one.subject_kind, one.subject_id))) for one in found]


def counts_by_list(reader: Reader, filters: Filters) -> dict[str, int]:
    """Number of alerts of each list under the same other filters."""
    total = where(reader, replace(filters, list="all"))
    query = select(Alert.queue, Alert.certainty, func.count()).where(total)
    counts = dict.fromkeys(LISTS, 0)
    for queue, certainty, many in reader.session.execute(query.group_by(Alert.queue, Alert.certainty)):
        counts[list_of(queue, certainty)] += many
        counts["all"] += many
    counts[SUSPICION] = counts["findings"] + counts["patterns"]
    return counts


_CHOICES = ("family", "detector", "severity", "district", "provider_kind", "status", "change")


def choices(reader: Reader) -> dict[str, list[str]]:
    """Values that the filters can take in this store."""
    columns = [getattr(Alert, name) for name in _CHOICES]
    found = reader.session.execute(select(*columns).distinct()).all()
    return {name: sorted({row[place] for row in found} - {None, ""}) for place, name in enumerate(_CHOICES)}


def named(reader: Reader, pseudonym: str) -> str:
    """An institution's name for its pseudonym; anything else stays a pseudonym."""
    return reader.names.get(reader.institutions.get(pseudonym, ""), pseudonym)


def _row(reader: Reader, one: Alert, ranked: tuple[int, int] | None) -> Row:
    return Row(
        alert_id=one.alert_id,
        severity=one.severity,
        queue=one.queue,
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
