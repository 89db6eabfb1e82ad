"""Registered relations that cannot all be right, by the limits that the card on shared accounts has.

A conflict is something to check, never a finding: relations are typed wrongly or the wrong way round, families have
step-parents, and birth dates are wrong too. What is not known conflicts with nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from features.calendar import day_number, whole_years
from models.relations import (
    FAR,
    NEAR,
    NO_CONFLICT,
    OLDER,
    SAME_SEX,
    YOUNGER,
    KinLimits,
    Reading,
    as_read,
    conflict,
)

MANY, SEVERAL = "many", "several"
"""Kinds besides those of `models.relations`: more of a relation at one time than there can be, and several relations
of one person."""

_GENERATIONS = ("typing_error", "step_family", "wrong_birth_date")
_RIVALS: Mapping[str, tuple[str, ...]] = {
    OLDER: _GENERATIONS,
    YOUNGER: _GENERATIONS,
    NEAR: _GENERATIONS,
    FAR: ("typing_error", "wide_gap", "wrong_birth_date"),
    SAME_SEX: ("typing_error", "wrong_sex"),
    MANY: ("typing_error", "new_marriage", "parents_in_law"),
    SEVERAL: ("corrected",),
}

_UNSTATED = ("", "unknown")


@dataclass(frozen=True)
class Person:
    """What the register says of a person; None and empty where it says nothing."""

    born: dt.date | None = None
    sex: str = ""


@dataclass(frozen=True)
class Grant:
    """An authorization to use an account, with the relation that it registers; ``end`` None while open."""

    person: str
    relation: str
    start: dt.datetime
    end: dt.datetime | None = None


@dataclass(frozen=True)
class Conflict:
    """One thing to check.

    Attributes:
        kind: `models.relations.OLDER`, …, `MANY` or `SEVERAL`.
        relation: what the people are to the owner; empty where they have several relations.
        people: whom it is about, sorted.
        years: whole years between owner and person; None where ages do not matter.
        limit: most people of the relation; None where their number does not matter.
    """

    kind: str
    relation: str
    people: tuple[str, ...]
    years: int | None = None
    limit: int | None = None

    @property
    def barely(self) -> bool:
        """Whether ages are less than a year apart, and it is about ages."""
        return self.years == 0 and self.kind in (OLDER, YOUNGER, NEAR)

    @property
    def rivals(self) -> tuple[str, ...]:
        """Names of the innocent explanations, the most common first; the last of `MANY` is for parents alone."""
        names = _RIVALS[self.kind]
        return names[:-1] if self.kind == MANY and self.relation != "parent" else names


def relations_of(grants: Sequence[Grant], reading: Reading) -> dict[str, tuple[str, ...]]:
    """What each person is to the owner, as the fund means it: every stated relation once, the first by time first."""
    read = _as_read(grants, reading)
    relations: dict[str, tuple[str, ...]] = {}
    for grant in sorted(read, key=lambda grant: (grant.start, grant.relation)):
        known = relations.get(grant.person, ())
        stated = grant.relation not in (*known, *_UNSTATED)
        relations[grant.person] = (*known, grant.relation) if stated else known
    return relations


def conflicts_of(
    owner: Person,
    people: Mapping[str, Person],
    grants: Sequence[Grant],
    *,
    reading: Reading,
    limits: KinLimits,
) -> tuple[Conflict, ...]:
    """What to check about the relations of one account.

    Args:
        owner: of the account.
        people: whom it may pay for; a person who is missing is unknown.
        grants: its authorizations, as registered.
        reading: whose relation the data state; none is compared where that cannot be told.
        limits: see `KinLimits`.

    Returns:
        Those of single people by person, then those of several.
    """
    if reading == "none":
        return ()
    relations = relations_of(grants, reading)
    single = {person: stated[0] for person, stated in relations.items() if len(stated) == 1}
    several = [
        Conflict(SEVERAL, "", (person,)) for person, stated in sorted(relations.items()) if len(stated) > 1
    ]
    crowds = _crowds(_as_read(grants, reading), limits)
    return (*_of_ages(owner, people, single, limits), *several, *crowds)


def _as_read(grants: Sequence[Grant], reading: Reading) -> list[Grant]:
    stated = pl.DataFrame({"relation": [grant.relation for grant in grants]}, schema={"relation": pl.String})
    relations = as_read(stated, reading)["relation"].to_list()
    return [
        Grant(grant.person, relation or "", grant.start, grant.end)
        for grant, relation in zip(grants, relations, strict=True)
    ]


def _of_ages(
    owner: Person, people: Mapping[str, Person], relations: Mapping[str, str], limits: KinLimits
) -> Iterator[Conflict]:
    names = sorted(relations)
    known = [people.get(name, Person()) for name in names]
    ties = pl.DataFrame(
        {
            "relation": [relations[name] for name in names],
            "payer_born": [_number(owner.born)] * len(names),
            "user_born": [_number(person.born) for person in known],
            "payer_sex": [owner.sex] * len(names),
            "user_sex": [person.sex for person in known],
        },
        schema=_TIES,
    )
    kinds = ties.select(kind=conflict(limits))["kind"].to_list()
    for name, person, kind in zip(names, known, kinds, strict=True):
        if kind not in (None, NO_CONFLICT):
            yield Conflict(kind, relations[name], (name,), _years_between(owner.born, person.born))


_TIES = {
    "relation": pl.String,
    "payer_born": pl.Int64,
    "user_born": pl.Int64,
    "payer_sex": pl.String,
    "user_sex": pl.String,
}


def _number(born: dt.date | None) -> int | None:
    return None if born is None else day_number(born)


def _years_between(first: dt.date | None, second: dt.date | None) -> int | None:
    if first is None or second is None:
        return None
    return whole_years(min(first, second), max(first, second))


def _crowds(grants: Sequence[Grant], limits: KinLimits) -> Iterator[Conflict]:
    """More spouses or parents authorized at one time than there can be; one after the other is a new marriage."""
    for relation, most in (("spouse", limits.spouses), ("parent", limits.parents)):
        at_once = _most_at_once([grant for grant in grants if grant.relation == relation])
        if len(at_once) > most:
            yield Conflict(MANY, relation, at_once, limit=most)


def _most_at_once(grants: Sequence[Grant]) -> tuple[str, ...]:
    """The people of the moment with most of them; every such moment begins with somebody's authorization."""
    crowds = [
        {
            grant.person
            for grant in grants
            if grant.start <= moment and (grant.end is None or moment < grant.end)
        }
        for moment in sorted({grant.start for grant in grants})
    ]
    return tuple(sorted(max(crowds, key=lambda crowd: len(crowd), default=())))
