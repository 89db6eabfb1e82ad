"""Profile: who is a subject, what did it cost, and what points to it? The same for every kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from detection.store.queries import risk as risk_queries
from detection.store.queries.reader import Reader
from detection.store.queries.risk import RiskRow
from detection.store.queries.subjects.lookup import files_of, subject_id
from detection.subjects.kinds import KINDS, TIES, tie_named
from features.calendar import date_of, month_text

__all__ = ["KINDS", "TIES", "Month", "Profile", "Sums", "TieRow", "kept", "profile", "ties"]


@dataclass(frozen=True)
class Sums:
    """Settlements net of reversals, and their money by fund, in fen. An account's money is what it paid itself."""

    settlements: int
    pool: int
    account: int
    mutual_aid: int

    @property
    def money(self) -> int:
        """All funds together; not for headlines."""
        return self.pool + self.account + self.mutual_aid


@dataclass(frozen=True)
class Month:
    """One month (``2024-06``) of a subject."""

    month: str
    sums: Sums


@dataclass(frozen=True)
class Profile:
    """A subject with its money and its risk.

    Attributes:
        kind: one of `KINDS`.
        pseudonym: of the subject.
        name: of an institution; the pseudonym of anything else.
        kept: whether the run wrote down its money; False for runs of earlier versions.
        sums: over all of the data.
        first, last: days of the first and last settlement; None without any.
        months: from the first with settlements to the last.
        ties: how many it shares settlements with, by the name of the tie.
        risk: None where no evidence points to it.
        ranked: subjects of its kind that any evidence points to.
    """

    kind: str
    pseudonym: str
    name: str
    kept: bool
    sums: Sums
    first: dt.date | None
    last: dt.date | None
    months: tuple[Month, ...]
    ties: Mapping[str, int]
    risk: RiskRow | None
    ranked: int


@dataclass(frozen=True)
class TieRow:
    """Whom a subject shares settlements with.

    Attributes:
        kind, pseudonym, name: of the other.
        sums: of the settlements that they share.
        people: patients among them.
        first, last: days of the first and last settlement; None without any.
        start, end: days of an enrolment at an employer; None for other ties, and the end while it is open.
    """

    kind: str
    pseudonym: str
    name: str
    sums: Sums
    people: int
    first: dt.date | None
    last: dt.date | None
    start: dt.date | None = None
    end: dt.date | None = None


_NOTHING = Sums(0, 0, 0, 0)
_FUNDS = ("settlements", "pool", "account", "mutual_aid")


def profile(reader: Reader, kind: str, pseudonym: str) -> Profile | None:
    """The subject of a kind under a pseudonym; None where there is none."""
    identity = subject_id(reader, kind, pseudonym) if kind in KINDS else ""
    if not identity:
        return None
    files = files_of(reader)
    totals, months = (files.of(kind, name, identity) for name in ("totals", "months"))
    total = totals.collect().row(0, named=True) if totals is not None else {}
    return Profile(
        kind=kind,
        pseudonym=pseudonym,
        name=reader.name(kind, identity),
        kept=totals is not None,
        sums=_sums(total) if total else _NOTHING,
        first=_day(total.get("first_day")),
        last=_day(total.get("last_day")),
        months=() if months is None else _months(months),
        ties={tie.name: _count(files.of(kind, tie.name, identity)) for tie in TIES[kind]},
        risk=risk_queries.risk_of(reader, kind, identity),
        ranked=risk_queries.risk_list(reader, kind, size=0).total,
    )


def kept(reader: Reader) -> bool:
    """Whether the run that readers see wrote down subjects; runs of earlier versions did not."""
    return files_of(reader).folder.exists()


def ties(reader: Reader, kind: str, pseudonym: str, tie: str, *, page: int, size: int) -> list[TieRow]:
    """One page (1 is the first) of whom a subject shares settlements with, most money first.

    Args:
        reader: the reading.
        kind: of the subject.
        pseudonym: of the subject.
        tie: name of the tie, one of those in `TIES`.
        page: 1 is the first.
        size: rows of a page.
    """
    rows = files_of(reader).of(kind, tie, subject_id(reader, kind, pseudonym))
    if rows is None:
        return []
    other = tie_named(kind, tie).kind
    return [
        TieRow(
            kind=other,
            pseudonym=reader.identity(other, row["other"]),
            name=reader.name(other, row["other"]),
            sums=_sums(row),
            people=row["people"],
            first=_day(row["first_day"]),
            last=_day(row["last_day"]),
            start=_day(row.get("start_day")),
            end=_day(row.get("end_day")),
        )
        for row in rows.slice((page - 1) * size, size).collect().iter_rows(named=True)
    ]


def _months(rows: pl.LazyFrame) -> tuple[Month, ...]:
    """Every month from the first to the last; one without settlements has none."""
    sums = {row["month"]: _sums(row) for row in rows.collect().iter_rows(named=True)}
    between = range(min(sums), max(sums) + 1) if sums else ()
    return tuple(Month(month_text(month), sums.get(month, _NOTHING)) for month in between)


def _count(rows: pl.LazyFrame | None) -> int:
    return 0 if rows is None else int(rows.select(pl.len()).collect().item())


def _sums(row: Mapping[str, int]) -> Sums:
    return Sums(*(int(row[name]) for name in _FUNDS))


def _day(number: int | None) -> dt.date | None:
    return None if number is None else date_of(number)
