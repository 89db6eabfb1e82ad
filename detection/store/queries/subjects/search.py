"""The search: from what an auditor types to pages. A number of the source is masked first, and only then looked up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from sqlalchemy import select

from detection.masking import prefixes
from detection.store.queries.disclosure.pseudonyms import current_pseudonym
from detection.store.queries.reader import Reader
from detection.store.queries.subjects.accepted import accepted
from detection.store.queries.subjects.lookup import settlement_row, starting, subject_id
from detection.store.schema import Alert, Evidence
from detection.subjects.kinds import KINDS
from features.calendar import date_of

SETTLEMENT, ALERT, GROUP = "settlement", "alert", "group"
HIT_KINDS = (*KINDS, GROUP, SETTLEMENT, ALERT)
"""Kinds of hits, in the order of the page."""
LEAST = 2
"""Characters of a name, or of a pseudonym after its letter, that are searched for."""
_LEAST_OF_ALERT = 4
_SHOWN = (
    "settlement_id",
    "person_id",
    "provider_id",
    "settled_day",
    "pool_paid",
    "account_paid",
    "mutual_aid_paid",
)
"""Columns of a settlement that a hit shows."""
_PSEUDONYM = re.compile(r"([A-Z])-([A-Z2-7]+)")


@dataclass(frozen=True)
class Hit:
    """Something with a page, masked.

    Attributes:
        kind: one of `HIT_KINDS`.
        pseudonym: of a subject, group or settlement; the number of an alert.
        name: of an institution; anything else as ``pseudonym``.
    """

    kind: str
    pseudonym: str
    name: str


@dataclass(frozen=True)
class SettlementHit:
    """A settlement: who, where, when, its money in fen, and the alerts that cite it; ids masked."""

    pseudonym: str
    person: str
    provider: str
    place: str
    day: str
    pool: int
    account: int
    alerts: tuple[str, ...]


@dataclass(frozen=True)
class Hits:
    """What a text leads to.

    Attributes:
        text: as it may be shown: in place of an id of the source stands its pseudonym.
        hits: without the settlements, by kind in the order of `HIT_KINDS`.
        settlements: those that fit.
        more: whether there are further ones of any kind.
    """

    text: str
    hits: tuple[Hit, ...] = ()
    settlements: tuple[SettlementHit, ...] = ()
    more: bool = False

    @property
    def destination(self) -> Hit | None:
        """The one page that the text means; None where there are several or none.

        A person and its account have one pseudonym: the person's page leads to the account.
        """
        pages = {(hit.pseudonym, hit.kind == ALERT) for hit in self.hits}
        return self.hits[0] if len(pages) == 1 and not self.settlements else None


def search(reader: Reader, text: str, *, most: int = 20) -> Hits:
    """What a text leads to: a pseudonym or its first characters, an id of the source, an institution's name, an alert.

    Args:
        reader: the reading.
        text: as typed.
        most: hits of a kind at most.
    """
    text = text.strip()
    if len(text) < LEAST:
        return Hits(text)
    exact = _by_source_id(reader, text)
    if exact.hits or exact.settlements:
        return exact
    subjects, settlements = _by_pseudonym(reader, current_pseudonym(reader, text.upper()), most + 1)
    named = [
        Hit("provider", reader.identity("provider", identity), reader.name("provider", identity))
        for identity in reader.directory.provider_ids_named(text)
    ]
    named.sort(key=lambda hit: (len(hit.name), hit.name))
    parts = (subjects, named, _alerts(reader, text, most + 1))
    hits = [hit for part in parts for hit in part[:most]]
    return Hits(
        text,
        tuple(sorted(dict.fromkeys(hits), key=lambda hit: HIT_KINDS.index(hit.kind))),
        _settlements(reader, settlements[:most]),
        more=any(len(part) > most for part in (*parts, settlements)),
    )


def _by_source_id(reader: Reader, text: str) -> Hits:
    """Subjects and settlements with this very id in the source."""
    hits = []
    for kind in KINDS:
        pseudonym = reader.identity(kind, text)
        if subject_id(reader, kind, pseudonym):
            hits.append(Hit(kind, pseudonym, reader.name(kind, text)))
    pseudonym = reader.identity(SETTLEMENT, text)
    row = settlement_row(reader, pseudonym)
    settlements = () if row is None else _settlements(reader, [row])
    shown = hits[0].pseudonym if hits else pseudonym
    return Hits(shown, tuple(hits), settlements)


def _by_pseudonym(reader: Reader, text: str, most: int) -> tuple[list[Hit], list[int]]:
    """Subjects whose pseudonym starts with a text, and row numbers of settlements."""
    match = _PSEUDONYM.fullmatch(text)
    if match is None or len(match[2]) < LEAST:
        return [], []
    kinds = prefixes().get(match[1], ())
    if SETTLEMENT in kinds:
        return [], starting(reader, "settlements", text, most)["row"].to_list()
    if GROUP in kinds:
        groups = reader.directory.subjects_starting(GROUP, text)
        return [Hit(GROUP, group, group) for group in groups[:most]], []
    rows = starting(reader, "subjects", text, most).select("kind", "pseudonym")
    return [Hit(kind, pseudonym, _name(reader, kind, pseudonym)) for kind, pseudonym in rows.iter_rows()], []


def _name(reader: Reader, kind: str, pseudonym: str) -> str:
    return reader.name(kind, subject_id(reader, kind, pseudonym)) if kind == "provider" else pseudonym


def _alerts(reader: Reader, text: str, most: int) -> list[Hit]:
    """Alerts whose number starts with a text."""
    if len(text) < _LEAST_OF_ALERT:
        return []
    query = select(Alert.alert_id).where(Alert.alert_id.istartswith(text, autoescape=True))
    ids = reader.session.scalars(query.order_by(Alert.alert_id).limit(most))
    return [Hit(ALERT, alert_id, alert_id) for alert_id in ids]


def _settlements(reader: Reader, numbers: Sequence[int]) -> tuple[SettlementHit, ...]:
    """Settlements by the numbers of their rows in the accepted tables, each row read by itself; the alerts at once."""
    table = accepted(reader, "settlements")
    if table is None or not numbers:
        return ()
    shown = table.select(_SHOWN)
    bills = pl.concat(pl.collect_all([shown.slice(number, 1) for number in numbers]))
    query = select(Evidence.settlement_id, Evidence.alert_id).where(
        Evidence.settlement_id.in_(bills["settlement_id"].to_list())
    )
    alerts: dict[str, list[str]] = {}
    for settlement, alert in reader.session.execute(query.order_by(Evidence.alert_id)):
        alerts.setdefault(settlement, []).append(alert)
    return tuple(
        SettlementHit(
            pseudonym=reader.identity(SETTLEMENT, row["settlement_id"]),
            person=reader.identity("person", row["person_id"]),
            provider=reader.identity("provider", row["provider_id"]),
            place=reader.name("provider", row["provider_id"]),
            day=str(date_of(row["settled_day"])),
            pool=row["pool_paid"] or 0,
            account=(row["account_paid"] or 0) + (row["mutual_aid_paid"] or 0),
            alerts=tuple(alerts.get(row["settlement_id"], ())),
        )
        for row in bills.iter_rows(named=True)
    )
