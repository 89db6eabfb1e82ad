"""What the registers say of the people of an account, with real ids: for the modules of this package."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from detection.detectors.catalogue import catalogue
from detection.evidence.kin import kin_limits
from detection.families.conflicts import Person
from detection.store.queries.reader import Reader
from detection.store.queries.subjects.accepted import accepted, accepted_rows
from models.relations import KinLimits, Reading, reading_of

_CARD = "family_hub"
_ENOUGH = 20_000
"""Authorizations from which one can tell whose relation the data state."""


@dataclass(frozen=True)
class Register:
    """People by id, as far as they are registered, and those who are enrolled here."""

    people: Mapping[str, Person]
    enrolled: Collection[str]


def register_of(reader: Reader, people: Collection[str]) -> Register:
    """What is registered of some people."""
    of_them = pl.col("person_id").is_in(list(people))
    enrolled = accepted_rows(reader, "enrolments", of_them, "person_id")
    persons = accepted_rows(reader, "persons", of_them, "person_id")
    return Register(
        {row["person_id"]: Person(row["birth_date"], row["sex"] or "") for row in persons},
        frozenset(row["person_id"] for row in enrolled),
    )


def limits() -> KinLimits:
    """The limits of relations that the card on shared accounts has."""
    return kin_limits(catalogue()[_CARD].card.statistical_thresholds)


def reading(reader: Reader) -> Reading:
    """Whose relation the data state, by their first authorizations with birth dates."""
    granted, persons = accepted(reader, "family_authorizations"), accepted(reader, "persons")
    if granted is None or persons is None:
        return "user"
    ties = granted.select("payer_id", "beneficiary_id", "relation").head(_ENOUGH)
    for person, who in (("payer_id", "payer"), ("beneficiary_id", "user")):
        register = persons.select(
            pl.col("person_id").alias(person),
            pl.col("birth_day").alias(f"{who}_born"),
            pl.col("sex").alias(f"{who}_sex"),
        )
        ties = ties.join(register, on=person, how="left")
    return reading_of(ties.collect(), limits())
