"""A person: how it is insured, and whose accounts and relatives are on record."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

from detection.store.queries.reader import Reader
from detection.store.queries.subjects.accepted import accepted_rows
from detection.store.queries.subjects.lookup import files_of, subject_id
from features.calendar import whole_years


@dataclass(frozen=True)
class Enrolment:
    """An interval of enrolment; ``employer`` is a pseudonym, empty without one; ``end`` None while it is open."""

    scheme: str
    category: str
    status: str
    employer: str
    start: dt.date
    end: dt.date | None


@dataclass(frozen=True)
class Relative:
    """An authorization to use an account.

    Attributes:
        pseudonym: of the other person.
        relation: what the beneficiary is to the owner.
        owner: whether the other person owns the account, and the subject may use it.
        start, end: days; the end None while it is open.
    """

    pseudonym: str
    relation: str
    owner: bool
    start: dt.date
    end: dt.date | None


@dataclass(frozen=True)
class PersonRegistration:
    """What is on record of a person.

    Attributes:
        sex: as registered; empty where unknown.
        age: in whole years on the last day of the data; None where unknown.
        died: day of death; None where none is registered.
        employers: pseudonyms, the latest first.
        account: whether it has a personal account, as far as the data show.
        enrolments, relatives: by start.
    """

    sex: str
    age: int | None
    died: dt.date | None
    employers: tuple[str, ...]
    account: bool
    enrolments: tuple[Enrolment, ...]
    relatives: tuple[Relative, ...]


def registration(reader: Reader, pseudonym: str) -> PersonRegistration | None:
    """The person of a pseudonym, or the owner of an account; None where there is none."""
    identity = subject_id(reader, "person", pseudonym) or subject_id(reader, "payer_account", pseudonym)
    if not identity:
        return None
    own = pl.col("person_id") == identity
    persons = accepted_rows(reader, "persons", own, "person_id")
    enrolments = tuple(
        Enrolment(
            row["scheme"] or "",
            row["person_category"] or "",
            row["status"] or "",
            reader.identity("employer", row["employer_id"]),
            row["start_date"],
            row["end_date"],
        )
        for row in accepted_rows(reader, "enrolments", own, "start_day", "scheme")
    )
    accounts = files_of(reader).of("payer_account", "totals", identity)
    employers = [each.employer for each in reversed(enrolments) if each.employer]
    return PersonRegistration(
        sex=(persons[0]["sex"] or "") if persons else "",
        age=age_on(persons[0]["birth_date"], reader.current_run().last_day) if persons else None,
        died=persons[0]["death_date"] if persons else None,
        employers=tuple(dict.fromkeys(employers)),
        account=accounts is not None and accounts.collect().height > 0,
        enrolments=enrolments,
        relatives=_relatives(reader, identity),
    )


def _relatives(reader: Reader, identity: str) -> tuple[Relative, ...]:
    payer, beneficiary = pl.col("payer_id"), pl.col("beneficiary_id")
    either = ((payer == identity) | (beneficiary == identity)) & (payer != beneficiary)
    return tuple(
        Relative(
            reader.identity("person", row["beneficiary_id" if row["payer_id"] == identity else "payer_id"]),
            row["relation"] or "",
            row["beneficiary_id"] == identity,
            row["valid_from"].date(),
            row["valid_to"].date() if row["valid_to"] else None,
        )
        for row in accepted_rows(reader, "family_authorizations", either, "valid_from", "authorization_id")
    )


def age_on(born: dt.date | None, day: str | None) -> int | None:
    """Whole years on an ISO day; None where the day or that of birth is not known."""
    return whole_years(born, dt.date.fromisoformat(day)) if born and day else None
