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
from detection.store.queries.subjects.accepted import accepted_rows
from detection.store.schema import Alert, Evidence


@dataclass(frozen=True)
class Credit:
    """Money that came into the account, in fen."""

    at: dt.datetime
    kind: str
    amount: int


@dataclass(frozen=True)
class Authorization:
    """From when to when a relative may use the account; ``end`` None while open."""

    beneficiary: str
    relation: str
    start: dt.datetime
    end: dt.datetime | None


@dataclass(frozen=True)
class Payment:
    """A payment from the account for a relative, in fen; ``cause`` empty where no alert cites it."""

    at: dt.datetime
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


FAMILY_ACCOUNTS = "family_accounts"
"""Detector family of alerts about accounts as relatives use them; others are about an account's own books."""


def payers(reader: Reader) -> list[tuple[str, list[str]]]:
    """Pseudonyms of the accounts with open alerts, each with its alerts' detectors; the best rank first."""
    query = (
        select(Alert)
        .where(Alert.subject_kind == "payer_account", Alert.family == FAMILY_ACCOUNTS, Alert.status.in_(OPEN))
        .order_by(Alert.rank)
    )
    by_payer: dict[str, list[str]] = {}
    for alert in reader.session.scalars(query):
        payer = reader.identity("payer_account", alert.subject_id)
        by_payer.setdefault(payer, []).append(alert.detector)
    return list(by_payer.items())


def family(reader: Reader, payer: str) -> Family | None:
    """The account of a pseudonym; None where no alert is about it."""
    query = (
        select(Alert)
        .where(
            Alert.subject_kind == "payer_account", Alert.subject_id.in_(reader.directory.subject_ids(payer))
        )
        .order_by(Alert.rank)
    )
    alerts = list(reader.session.scalars(query))
    if not alerts:
        return None
    payer_id = alerts[0].subject_id
    payments = accepted_rows(reader, "settlements", pl.col("mutual_aid_payer_id") == payer_id, "settled_at")
    granted = accepted_rows(reader, "family_authorizations", pl.col("payer_id") == payer_id, "valid_from")
    people = {row["person_id"] for row in payments} | {row["beneficiary_id"] for row in granted}
    births = _births(reader, {payer_id, *people})
    last = max((row["settled_at"] for row in payments), default=None)
    relatives = (_relative(reader, person, payments, granted, births) for person in people)
    return Family(
        payer=payer,
        age=_age(births.get(payer_id), last),
        credits=_credits(reader, payer_id),
        authorizations=tuple(_authorization(reader, row) for row in granted),
        payments=_payments(reader, payments, [alert.alert_id for alert in alerts]),
        relatives=tuple(sorted(relatives, key=lambda relative: (-relative.amount, relative.beneficiary))),
        alerts=tuple(listed(reader, alerts)),
    )


def _credits(reader: Reader, payer_id: str) -> tuple[Credit, ...]:
    own = (pl.col("account_id") == payer_id) & (pl.col("amount") > 0)
    return tuple(
        Credit(_time(row["posted_at"]), row["entry_kind"], row["amount"])
        for row in accepted_rows(reader, "account_entries", own, "posted_at")
    )


def _authorization(reader: Reader, row: dict[str, Any]) -> Authorization:
    return Authorization(
        reader.identity("person", row["beneficiary_id"]),
        row["relation"],
        _time(row["valid_from"]),
        _time(row["valid_to"]) if row["valid_to"] else None,
    )


def _payments(reader: Reader, payments: list[dict[str, Any]], alert_ids: list[str]) -> tuple[Payment, ...]:
    cited = select(Evidence.settlement_id, Evidence.cause).where(Evidence.alert_id.in_(alert_ids))
    causes = dict(reader.session.execute(cited).all())
    return tuple(
        Payment(
            _time(row["settled_at"]),
            reader.identity("person", row["person_id"]),
            reader.name("provider", row["provider_id"]),
            row["mutual_aid_paid"] or 0,
            causes.get(row["settlement_id"], ""),
        )
        for row in payments
    )


def _relative(
    reader: Reader,
    person_id: str,
    payments: list[dict[str, Any]],
    granted: list[dict[str, Any]],
    births: dict[str, dt.date | None],
) -> Relative:
    own = [row for row in payments if row["person_id"] == person_id]
    relations = [row["relation"] for row in granted if row["beneficiary_id"] == person_id]
    last = max((row["settled_at"] for row in own), default=None)
    return Relative(
        beneficiary=reader.identity("person", person_id),
        relation=relations[-1] if relations else "none",
        age=_age(births.get(person_id), last),
        insured_here=person_id in births,
        payments=len(own),
        amount=sum(row["mutual_aid_paid"] or 0 for row in own),
    )


def _births(reader: Reader, people: set[str]) -> dict[str, dt.date | None]:
    """Day of birth of those who are enrolled here; a relative insured elsewhere is not among them."""
    enrolled = accepted_rows(reader, "enrolments", pl.col("person_id").is_in(people), "person_id")
    here = {row["person_id"] for row in enrolled}
    known = accepted_rows(reader, "persons", pl.col("person_id").is_in(here), "person_id")
    return dict.fromkeys(here) | {row["person_id"]: row["birth_date"] for row in known}


def _age(born: dt.date | None, at: dt.datetime | None) -> int | None:
    """Age in whole years."""
    if born is None or at is None:
        return None
    return at.year - born.year - ((at.month, at.day) < (born.month, born.day))


def _time(value: dt.datetime | dt.date) -> dt.datetime:
    """A time; midnight of a day."""
    return value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)
