"""Family: "Whose money, for whom, where, since when?" One payer account, read from the snapshot's Parquet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import polars as pl
from sqlalchemy import select

from detection.store.lifecycle import OPEN
from detection.store.queries.alerts import Row, listed
from detection.store.queries.reader import Reader
from detection.store.schema import Alert, Evidence
from features.contract import TABLES
from features.tables import stored_schema


@dataclass(frozen=True)
class Credit:
    """Money that came into the account."""

    at: str
    kind: str
    amount: int


@dataclass(frozen=True)
class Authorization:
    """From when to when a relative may use the account; ``end`` empty while open."""

    beneficiary: str
    relation: str
    start: str
    end: str


@dataclass(frozen=True)
class Payment:
    """A payment from the account for a relative; ``cause`` empty where no alert cites it."""

    at: str
    beneficiary: str
    place: str
    amount: int
    cause: str


@dataclass(frozen=True)
class Relative:
    """A beneficiary: age in years at the last payment, and whether insured here."""

    beneficiary: str
    relation: str
    age: int | None
    insured_here: bool
    payments: int
    amount: int


@dataclass(frozen=True)
class Family:
    """One payer account and whom it pays for."""

    payer: str
    age: int | None
    credits: tuple[Credit, ...]
    authorizations: tuple[Authorization, ...]
    payments: tuple[Payment, ...]
    relatives: tuple[Relative, ...]
    alerts: tuple[Row, ...]


OF_FAMILIES = "family_accounts"
"""Alerts about accounts as families use them; others are about an account's own books."""


def payers(reader: Reader) -> list[tuple[str, list[str]]]:
    """Pseudonyms of the accounts with open alerts and the titles' detectors, the best rank first."""
    query = (
        select(Alert)
        .where(Alert.subject_kind == "payer_account", Alert.family == OF_FAMILIES, Alert.status.in_(OPEN))
        .order_by(Alert.rank)
    )
    by_payer: dict[str, list[str]] = {}
    for one in reader.session.scalars(query):
        by_payer.setdefault(reader.masked("payer_account", one.subject_id), []).append(one.detector)
    return list(by_payer.items())


def family(reader: Reader, payer: str) -> Family | None:
    """The account of a pseudonym; None where no alert is about it."""
    query = select(Alert).where(Alert.subject_kind == "payer_account").order_by(Alert.rank)
    about = [
        one
        for one in reader.session.scalars(query)
        if reader.masked("payer_account", one.subject_id) == payer
    ]
    if not about:
        return None
    payer_id = about[0].subject_id
    paid = _rows(reader, "settlements", pl.col("mutual_aid_payer_id") == payer_id, "settled_at")
    granted = _rows(reader, "family_authorizations", pl.col("payer_id") == payer_id, "valid_from")
    people = {one["person_id"] for one in paid} | {one["beneficiary_id"] for one in granted}
    born = _births(reader, {payer_id, *people})
    last = max((one["settled_at"] for one in paid), default=None)
    return Family(
        payer=payer,
        age=_age(born.get(payer_id), last),
        credits=_credits(reader, payer_id),
        authorizations=tuple(_authorization(reader, one) for one in granted),
        payments=_payments(reader, paid, [one.alert_id for one in about]),
        relatives=tuple(
            sorted(
                (_relative(reader, one, paid, granted, born) for one in people),
                key=lambda relative: (-relative.amount, relative.beneficiary),
            )
        ),
        alerts=tuple(listed(reader, about)),
    )


def _rows(reader: Reader, table: str, condition: pl.Expr, order: str) -> list[dict[str, Any]]:
    """Rows of an accepted table of the current run's snapshot; none where the source lacks the table."""
    folder = reader.workspace.snapshot(reader.current_run().snapshot_id) / "tables" / table
    if not any(folder.glob("*.parquet")):
        return []
    frame = pl.scan_parquet(folder / "*.parquet")
    there = frame.collect_schema().names()
    absent = [
        pl.lit(None, dtype=kind).alias(name)
        for name, kind in stored_schema(TABLES[table]).items()
        if name not in there
    ]
    return frame.with_columns(absent).filter(condition).sort(order).collect().to_dicts()


def _credits(reader: Reader, payer_id: str) -> tuple[Credit, ...]:
    mine = (pl.col("account_id") == payer_id) & (pl.col("amount") > 0)
    return tuple(
        Credit(str(one["posted_at"]), one["entry_kind"], one["amount"])
        for one in _rows(reader, "account_entries", mine, "posted_at")
    )


def _authorization(reader: Reader, one: dict[str, Any]) -> Authorization:
    return Authorization(
        reader.masked("person", one["beneficiary_id"]),
        one["relation"],
        str(one["valid_from"]),
        str(one["valid_to"] or ""),
    )


def _payments(reader: Reader, paid: list[dict[str, Any]], alert_ids: list[str]) -> tuple[Payment, ...]:
    cited = select(Evidence.settlement_id, Evidence.cause).where(Evidence.alert_id.in_(alert_ids))
    causes = dict(reader.session.execute(cited).all())
    return tuple(
        Payment(
            str(one["settled_at"]),
            reader.masked("person", one["person_id"]),
            reader.shown("provider", one["provider_id"]),
            one["mutual_aid_paid"] or 0,
            causes.get(one["settlement_id"], ""),
        )
        for one in paid
    )


def _relative(
    reader: Reader,
    person_id: str,
    paid: list[dict[str, Any]],
    granted: list[dict[str, Any]],
    born: dict[str, dt.date | None],
) -> Relative:
    theirs = [one for one in paid if one["person_id"] == person_id]
    relations = [one["relation"] for one in granted if one["beneficiary_id"] == person_id]
    last = max((one["settled_at"] for one in theirs), default=None)
    return Relative(
        beneficiary=reader.masked("person", person_id),
        relation=relations[-1] if relations else "none",
        age=_age(born.get(person_id), last),
        insured_here=person_id in born,
        payments=len(theirs),
        amount=sum(one["mutual_aid_paid"] or 0 for one in theirs),
    )


def _births(reader: Reader, people: set[str]) -> dict[str, dt.date | None]:
    """Day of birth of those who are enrolled here; a relative insured elsewhere is not among them."""
    enrolled = _rows(reader, "enrolments", pl.col("person_id").is_in(people), "person_id")
    here = {one["person_id"] for one in enrolled}
    known = _rows(reader, "persons", pl.col("person_id").is_in(here), "person_id")
    return dict.fromkeys(here) | {one["person_id"]: one["birth_date"] for one in known}


def _age(born: dt.date | None, at: dt.datetime | None) -> int | None:
    """Age in whole years."""
    if born is None or at is None:
        return None
    return at.year - born.year - ((at.month, at.day) < (born.month, born.day))
