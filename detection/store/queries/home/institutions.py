"""Institutions to look at first, with the reason of each place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import func, select

from detection.store.queries.filters import Filters, where
from detection.store.queries.home.expected import expected_by_institution
from detection.store.queries.reader import Reader
from detection.store.queries.totals import Totals, totals
from detection.store.schema import Alert, Institution

INSTITUTION_QUEUE = "institutions"
"""The queue of alerts that are about an institution or what happens at it."""
KINDS_COUNTED = 3
"""More kinds of evidence than this bring an institution no further up."""


@dataclass(frozen=True)
class InstitutionRow:
    """An institution to look at.

    Attributes:
        chips: alerts by detector, the most first.
        totals: of its alerts.
        kinds: a detector of each kind of evidence about it; variants of one scheme are one kind.
        expected_fen: certainty times money, without context.
        since: first day of the oldest alert.
    """

    provider: str
    name: str
    kind: str
    level: str
    district: str
    chips: tuple[tuple[str, int], ...]
    totals: Totals
    kinds: tuple[str, ...]
    expected_fen: int
    since: str


def worst_institutions(
    reader: Reader, how_many: int, *, start: str = "", end: str = ""
) -> tuple[InstitutionRow, ...]:
    """Institutions that open alerts are about, by the money to recover times the kinds of evidence, at most three.

    So a small sum brings nobody up, however certain it is, and of equal sums the one that several independent kinds of
    evidence point to comes first. Alerts about an insured person that merely point to where most of it happened are
    left out. With ``start`` and ``end`` (ISO days) only alerts count whose evidence overlaps them, with the money of
    these days.
    """
    filters = Filters(queue=INSTITUTION_QUEUE, start=start, end=end)
    expected = expected_by_institution(reader, filters)
    kinds = _kinds(reader, filters)
    query = (
        select(Institution, func.min(Alert.period_start))
        .join(Alert, Alert.provider_id == Institution.provider_id)
        .where(where(reader.directory, filters))
        .group_by(Institution.provider_id)
    )

    def place(institution: Institution) -> tuple[float, str]:
        own = institution.provider_id
        return -expected.get(own, 0.0) * min(len(kinds.get(own, ())), KINDS_COUNTED), own

    rows = sorted(reader.session.execute(query).all(), key=lambda row: place(row[0]))[:how_many]
    return tuple(
        _institution(
            reader,
            institution,
            since,
            filters,
            kinds.get(institution.provider_id, ()),
            round(expected.get(institution.provider_id, 0.0)),
        )
        for institution, since in rows
    )


def _kinds(reader: Reader, filters: Filters) -> dict[str, tuple[str, ...]]:
    """The detector with most alerts of each typology, by institution; a list of weak signs is no kind of its own."""
    query = (
        select(Alert.provider_id, Alert.typology, Alert.detector)
        .where(
            where(reader.directory, filters), Alert.provider_id.is_not(None), Alert.money_kind != "context"
        )
        .group_by(Alert.provider_id, Alert.typology, Alert.detector)
        .order_by(func.count().desc(), Alert.detector)
    )
    named: dict[str, dict[str, str]] = {}
    for provider, typology, detector in reader.session.execute(query):
        named.setdefault(str(provider), {}).setdefault(typology, detector)
    return {provider: tuple(detectors.values()) for provider, detectors in named.items()}


def _institution(
    reader: Reader,
    institution: Institution,
    since: str,
    filters: Filters,
    kinds: tuple[str, ...],
    expected_fen: int,
) -> InstitutionRow:
    pseudonym = reader.identity("provider", institution.provider_id)
    own = replace(filters, provider=pseudonym)
    chips = (
        select(Alert.detector, func.count())
        .where(where(reader.directory, own))
        .group_by(Alert.detector)
        .order_by(func.count().desc(), Alert.detector)
    )
    return InstitutionRow(
        pseudonym,
        institution.name,
        institution.kind,
        institution.level,
        institution.district,
        tuple(reader.session.execute(chips).all()),
        totals(reader, own),
        kinds,
        expected_fen,
        since,
    )
