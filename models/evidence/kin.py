"""Stated relations that cannot be, and how often records are wrong among honest families.

Null: a relation is recorded wrongly now and then, independently, at the rate of the peers. A father who is younger
than his son is a slip of the counter; seven of them at one account are not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from features.family.kinship import INVERSE
from models.evidence.choices import binomial_surprise
from models.evidence.counts import trimmed_rate
from models.evidence.unit import Floats

_DAYS = 365.25


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

    Some sources write what the owner is to the user. The reading with fewer impossible relations counts; where
    both have many, no relation is used.

    Args:
        ties: columns of the view `features.family.ties.family_ties`.
        limits: see `KinLimits`.

    Returns:
        ``impossible`` is null where the relation or a birth date is not known.
    """
    inverse = pl.col("relation").replace_strict(INVERSE, default=None, return_dtype=pl.String)
    readings = [
        reading.with_columns(impossible=_impossible(limits))
        for reading in (ties, ties.with_columns(relation=inverse))
    ]
    best = min(readings, key=_share)
    if _share(best) > limits.unreadable:
        return best.with_columns(
            relation=pl.lit(None, dtype=pl.String), impossible=pl.lit(None, dtype=pl.Boolean)
        )
    return best


def _share(ties: pl.DataFrame) -> float:
    """Share of impossible relations, where each account, or each user if that is less, has one voice."""
    shares = [
        ties.drop_nulls("impossible").group_by(person).agg(pl.col("impossible").mean())["impossible"].mean()
        for person in ("payer_id", "beneficiary_id")
    ]
    return min(float(str(share or 0.0)) for share in shares)


def _impossible(limits: KinLimits) -> pl.Expr:
    older = (pl.col("user_born") - pl.col("payer_born")) / _DAYS
    generation, relation = limits.generation_years, pl.col("relation")
    known = pl.col("payer_sex").is_in(["male", "female"])
    same_sex = (known & (pl.col("payer_sex") == pl.col("user_sex"))).fill_null(value=False)
    return (
        pl.when(relation == "child")
        .then(older < generation)
        .when(relation == "parent")
        .then(older > -generation)
        .when(relation == "grandchild")
        .then(older < 2 * generation)
        .when(relation == "grandparent")
        .then(older > -2 * generation)
        .when(relation == "sibling")
        .then(older.abs() > limits.peer_years)
        .when(relation == "spouse")
        .then((older.abs() > limits.peer_years) | same_sex)
    )


def wrong_rate(impossible: npt.ArrayLike, stated: npt.ArrayLike, limits: KinLimits) -> float:
    """Rate of wrong records among the peers, without those that have most.

    Args:
        impossible: impossible relations by subject.
        stated: relations with ages by subject.
        limits: its bounds.
    """
    counts, trials = np.asarray(impossible, dtype=np.float64), np.asarray(stated, dtype=np.float64)
    some = trials > 0
    rate = trimmed_rate(counts[some], trials[some]) if some.any() else limits.wrong_least
    return float(np.clip(rate, limits.wrong_least, limits.wrong_most))


def impossible_surprise(impossible: npt.ArrayLike, stated: npt.ArrayLike, rate: float) -> Floats:
    """``-log10`` of the chance of at least so many wrong records of one subject."""
    return binomial_surprise(np.minimum(impossible, stated), np.maximum(stated, 1), rate)
