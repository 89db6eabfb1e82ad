"""Stated relations of a family, and what ages and sexes hold against them.

A conflict is something to check and nothing more: a relation is often stated the wrong way round, and a step-parent
may be younger than a child.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

from features.family.kinship import INVERSE

_DAYS = 365.25
_LEAP_DAY = 1 / _DAYS  # whole years of birthdays are up to a day shorter than so many mean years

Reading = Literal["user", "owner", "none"]
"""What the data state: what the user is to the owner, what the owner is to the user, or something unknown."""

NO_CONFLICT = ""
OLDER, YOUNGER, NEAR, FAR, SAME_SEX = "older", "younger", "near", "far", "same_sex"
"""A descendant older than the owner; an ancestor younger; generations too near; spouses or siblings too far apart in
age; spouses of one sex."""


@dataclass(frozen=True)
class KinLimits:
    """What a relation requires of ages, and how wrong records may be.

    Attributes:
        generation_years: least years between parent and child; twice as many between grandparent and grandchild.
        peer_years: most years between spouses, and between siblings.
        spouses, parents: most of one person.
        wrong_least, wrong_most: bounds of the rate of wrong records (shares of all).
        unreadable: share of impossible relations from which the column means something else, and says nothing.
    """

    generation_years: float
    peer_years: float
    spouses: int
    parents: int
    wrong_least: float
    wrong_most: float
    unreadable: float


def with_impossible(ties: pl.DataFrame, limits: KinLimits) -> pl.DataFrame:
    """The ties with ``relation`` as the fund means it, and whether ages and sexes allow it.

    Args:
        ties: columns of the view `features.family.ties.family_ties`.
        limits: see `KinLimits`.

    Returns:
        ``impossible`` is null where the relation or a birth date is not known.
    """
    read = as_read(ties, reading_of(ties, limits))
    return read.with_columns(impossible=conflict(limits) != NO_CONFLICT)


def reading_of(ties: pl.DataFrame, limits: KinLimits) -> Reading:
    """Whose relation the ties state: the reading with fewer impossible relations; none where both have many.

    Args:
        ties: payer_id, beneficiary_id, relation, payer_born, user_born (days), payer_sex, user_sex.
        limits: see `KinLimits`.
    """
    readings: tuple[Reading, ...] = ("user", "owner")
    shares = {reading: _share(as_read(ties, reading), limits) for reading in readings}
    best = min(readings, key=lambda reading: shares[reading])
    return best if shares[best] <= limits.unreadable else "none"


def as_read(ties: pl.DataFrame, reading: Reading) -> pl.DataFrame:
    """The ties with ``relation`` as what the user is to the owner; null where the column cannot be read."""
    match reading:
        case "user":
            return ties
        case "owner":
            inverse = pl.col("relation").replace_strict(INVERSE, default=None, return_dtype=pl.String)
            return ties.with_columns(relation=inverse)
        case "none":
            return ties.with_columns(relation=pl.lit(None, dtype=pl.String))


def _share(ties: pl.DataFrame, limits: KinLimits) -> float:
    """Share of impossible relations, where each account, or each user if that is less, has one voice."""
    known = ties.select("payer_id", "beneficiary_id", impossible=conflict(limits) != NO_CONFLICT).drop_nulls(
        "impossible"
    )
    shares = [
        known.group_by(person).agg(pl.col("impossible").mean())["impossible"].mean()
        for person in ("payer_id", "beneficiary_id")
    ]
    return min(float(str(share or 0.0)) for share in shares)


def conflict(limits: KinLimits) -> pl.Expr:
    """What holds against a tie's relation: `OLDER` …, `NO_CONFLICT`, or null where nothing can be compared."""
    younger_by = (pl.col("user_born") - pl.col("payer_born")) / _DAYS
    relation, generation = pl.col("relation"), limits.generation_years
    known = pl.col("payer_sex").is_in(["male", "female"])
    same_sex = (known & (pl.col("payer_sex") == pl.col("user_sex"))).fill_null(value=False)
    far = pl.when(younger_by.abs() > limits.peer_years).then(pl.lit(FAR))
    return (
        pl.when(relation == "child")
        .then(_generation(younger_by, generation, OLDER))
        .when(relation == "grandchild")
        .then(_generation(younger_by, 2 * generation, OLDER))
        .when(relation == "parent")
        .then(_generation(-younger_by, generation, YOUNGER))
        .when(relation == "grandparent")
        .then(_generation(-younger_by, 2 * generation, YOUNGER))
        .when(relation == "sibling")
        .then(far.when(younger_by.is_not_null()).then(pl.lit(NO_CONFLICT)))
        .when(relation == "spouse")
        .then(
            far.when(same_sex).then(pl.lit(SAME_SEX)).when(younger_by.is_not_null()).then(pl.lit(NO_CONFLICT))
        )
    )


def _generation(years: pl.Expr, least: float, reversed_: str) -> pl.Expr:
    """Years from the elder to the younger as stated: below zero they are reversed, below the least too near."""
    return (
        pl.when(years < 0)
        .then(pl.lit(reversed_))
        .when(years < least - _LEAP_DAY)
        .then(pl.lit(NEAR))
        .when(years.is_not_null())
        .then(pl.lit(NO_CONFLICT))
    )
