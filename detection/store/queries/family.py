"""Family: "Whose money, for whom, where, since when?" One payer account, read from the snapshot's Parquet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
from sqlalchemy import or_, select

from detection.families.conflicts import Conflict, Grant, Person, conflicts_of, relations_of
from detection.store.lifecycle import OPEN
from detection.store.queries.alerts import Row, listed
from detection.store.queries.families.citations import Citation, citations
from detection.store.queries.families.register import Register, limits, reading, register_of
from detection.store.queries.reader import Reader
from detection.store.queries.subjects.accepted import accepted_rows
from detection.store.queries.subjects.lookup import subject_id
from detection.store.queries.subjects.person import age_on
from detection.store.schema import Alert
from models.relations import Reading


@dataclass(frozen=True)
class Credit:
    """Money that came into the account, in fen."""

    at: dt.datetime
    kind: str
    amount: int


@dataclass(frozen=True)
class Payment:
    """A payment from the account for a relative, in fen, and the alerts that cite it.

    ``place`` is the institution's name, ``institution`` its pseudonym.
    """

    at: dt.datetime
    beneficiary: str
    place: str
    institution: str
    amount: int
    cited: tuple[Citation, ...]

    def citation(self, alert_id: str = "") -> Citation | None:
        """How an alert cites it, or any open alert where none is named; None where it does not."""
        named = (each for each in self.cited if (each.alert_id == alert_id if alert_id else each.open))
        return next(named, None)


@dataclass(frozen=True)
class Relative:
    """Somebody who may use the account, or whom it paid for.

    Attributes:
        relations: what the person is to the owner; none where no authorization says so.
        age: in whole years on the last day of the data; None where unknown.
        insured_here: whether an enrolment of the person is in the data.
        payments, amount: from the account, in fen.
    """

    beneficiary: str
    relations: tuple[str, ...]
    age: int | None
    insured_here: bool
    payments: int
    amount: int


@dataclass(frozen=True)
class Family:
    """One payer account and whom it pays for.

    Attributes:
        age: of the owner, as in `Relative`.
        authorizations: relations as the data state them, people by pseudonym.
        reading: whose relation the data state.
        conflicts: what to check about the relations.
        alerts: about the account, of any status, then open ones about others that cite its payments.
    """

    payer: str
    age: int | None
    credits: tuple[Credit, ...]
    authorizations: tuple[Grant, ...]
    payments: tuple[Payment, ...]
    relatives: tuple[Relative, ...]
    reading: Reading
    conflicts: tuple[Conflict, ...]
    alerts: tuple[Row, ...]

    @property
    def amount(self) -> int:
        """All that the account paid for others, in fen, net of what came back."""
        return sum(payment.amount for payment in self.payments)


FAMILY_ACCOUNTS = "family_accounts"
"""Detector family of alerts about accounts as relatives use them; others are about an account's own books."""


def payers(reader: Reader) -> list[tuple[str, list[str]]]:
    """Pseudonyms of the accounts with open alerts, each with its alerts' detectors; the best rank first."""
    query = (
        select(Alert.subject_id, Alert.detector)
        .where(Alert.subject_kind == "payer_account", Alert.family == FAMILY_ACCOUNTS, Alert.status.in_(OPEN))
        .order_by(Alert.rank, Alert.alert_id)
    )
    by_payer: dict[str, list[str]] = {}
    for payer_id, detector in reader.session.execute(query):
        by_payer.setdefault(payer_id, []).append(detector)
    return [(reader.identity("payer_account", payer), detectors) for payer, detectors in by_payer.items()]


def family(reader: Reader, payer: str) -> Family | None:
    """The account of a pseudonym, with or without alerts; None where there is none."""
    payer_id = subject_id(reader, "payer_account", payer)
    if not payer_id:
        return None
    paid = accepted_rows(reader, "settlements", pl.col("mutual_aid_payer_id") == payer_id, "settled_at")
    granted = accepted_rows(reader, "family_authorizations", pl.col("payer_id") == payer_id, "valid_from")
    people = {row["person_id"] for row in paid} | {row["beneficiary_id"] for row in granted}
    register = register_of(reader, {payer_id, *people})
    payments = _payments(reader, paid)
    grants = tuple(_grant(row) for row in granted)
    read = reading(reader)
    owner = register.people.get(payer_id, Person())
    conflicts = conflicts_of(owner, register.people, grants, reading=read, limits=limits())
    return Family(
        payer=payer,
        age=age_on(owner.born, reader.current_run().last_day),
        credits=_credits(reader, payer_id),
        authorizations=tuple(
            replace(grant, person=reader.identity("person", grant.person)) for grant in grants
        ),
        payments=payments,
        relatives=_relatives(reader, people, payments, relations_of(grants, read), register),
        reading=read,
        conflicts=tuple(
            replace(each, people=tuple(sorted(reader.identity("person", person) for person in each.people)))
            for each in conflicts
        ),
        alerts=_alerts(reader, payer_id, payments),
    )


def _alerts(reader: Reader, payer_id: str, payments: Iterable[Payment]) -> tuple[Row, ...]:
    about = (Alert.subject_kind == "payer_account") & (Alert.subject_id == payer_id)
    citing = {each.alert_id for payment in payments for each in payment.cited if each.open}
    query = (
        select(Alert)
        .where(or_(about, Alert.alert_id.in_(citing)))
        .order_by(about.desc(), Alert.rank, Alert.alert_id)
    )
    return tuple(listed(reader, list(reader.session.scalars(query))))


def _credits(reader: Reader, payer_id: str) -> tuple[Credit, ...]:
    own = (pl.col("account_id") == payer_id) & (pl.col("amount") > 0)
    return tuple(
        Credit(_time(row["posted_at"]), row["entry_kind"], row["amount"])
        for row in accepted_rows(reader, "account_entries", own, "posted_at")
    )


def _grant(row: dict[str, Any]) -> Grant:
    return Grant(
        row["beneficiary_id"],
        row["relation"] or "",
        _time(row["valid_from"]),
        _time(row["valid_to"]) if row["valid_to"] else None,
    )


def _payments(reader: Reader, paid: Sequence[dict[str, Any]]) -> tuple[Payment, ...]:
    cited = citations(reader, [row["settlement_id"] for row in paid])
    return tuple(
        Payment(
            _time(row["settled_at"]),
            reader.identity("person", row["person_id"]),
            reader.name("provider", row["provider_id"]),
            reader.identity("provider", row["provider_id"]),
            row["mutual_aid_paid"] or 0,
            cited.get(row["settlement_id"], ()),
        )
        for row in paid
    )


def _relatives(
    reader: Reader,
    people: Iterable[str],
    payments: Sequence[Payment],
    relations: dict[str, tuple[str, ...]],
    register: Register,
) -> tuple[Relative, ...]:
    """The people, most money first."""
    amounts: dict[str, list[int]] = {}
    for payment in payments:
        amounts.setdefault(payment.beneficiary, []).append(payment.amount)
    relatives = (
        Relative(
            beneficiary=pseudonym,
            relations=relations.get(person, ()),
            age=age_on(register.people.get(person, Person()).born, reader.current_run().last_day),
            insured_here=person in register.enrolled,
            payments=len(amounts.get(pseudonym, ())),
            amount=sum(amounts.get(pseudonym, ())),
        )
        for person in people
        for pseudonym in [reader.identity("person", person)]
    )
    return tuple(sorted(relatives, key=lambda relative: (-relative.amount, relative.beneficiary)))


def _time(value: dt.datetime | dt.date) -> dt.datetime:
    """A time; midnight of a day."""
    return value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)
