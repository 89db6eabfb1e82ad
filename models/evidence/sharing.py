"""Evidence that the people who share money are not one family: one account's users, or one person's payers.

Signs: relations that cannot be; people from elsewhere where families live together; more people than others have.
Null: records are wrong at the peers' rate; who lives elsewhere is beta-binomial; further people are gamma-Poisson.
A family without an impossible relation has no number that counts, and its first member from elsewhere is free.
Whoever calls all of the elders parents is a lead, and no more, where ages allow it and nothing else is unusual.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from models.evidence.choices import choice_habit
from models.evidence.combined import fisher
from models.evidence.counts import fitted_shape, gamma_poisson_surprise
from models.evidence.kin import impossible_surprise, wrong_rate
from models.evidence.unit import LEAD, Floats, evidence
from models.relations import KinLimits

RELATIONS, ELSEWHERE, MANY = SIGNS = ("relations", "elsewhere", "many")
"""Names of the signs."""

_UNUSUAL = 1.0
"""Surprise from which people from elsewhere are unusual: one family in ten."""

_LEAST_FURTHER = 0.05
"""Further people that are expected at least: a fund in which nobody shares would make every pair rare."""


def sharing_evidence(sharing: pl.DataFrame, limits: KinLimits, family_size: int) -> pl.DataFrame:
    """Evidence of each subject, with the strongest sign.

    Args:
        sharing: one row per subject that shares with anybody, counts of ``people``, of those with a ``stated``
            relation and ages, of ``impossible`` relations, of people in ``excess`` of what a relation allows, and
            of people from ``elsewhere``.
        limits: see `KinLimits`.
        family_size: people of a family of whom no relation is known to be impossible.

    Returns:
        The rows with ``usual`` (people of the average subject), ``sign`` (one of `SIGNS`) and ``value`` (0 to 6).
    """
    people, stated, impossible, excess, elsewhere = (
        sharing[name].to_numpy().astype(np.int64)
        for name in ("people", "stated", "impossible", "excess", "elsewhere")
    )
    if not len(people):
        return sharing.with_columns(usual=pl.lit(0.0), sign=pl.lit(MANY), value=pl.lit(0.0))
    excluded = impossible + excess
    family = (excluded == 0) & (people <= family_size)
    signs = [
        impossible_surprise(excluded, stated, wrong_rate(impossible, stated, limits)),
        _elsewhere_surprise(np.maximum(elsewhere - 1, 0), people - 1),
        np.where(family, 0.0, further_surprise(people)),
    ]
    strongest = np.argmax(np.stack(signs), axis=0)
    values = evidence(fisher(*signs), len(people))
    named = (stated == people) | (excess > 0)
    kin_by_age = (impossible == 0) & named & (signs[1] < _UNUSUAL)
    return sharing.with_columns(
        usual=pl.lit(float(people.mean())),
        sign=pl.Series([SIGNS[number] for number in strongest]),
        value=pl.Series(np.where(kin_by_age, np.minimum(values, LEAD), values)),
    )


def _elsewhere_surprise(elsewhere: npt.NDArray[np.int64], further: npt.NDArray[np.int64]) -> Floats:
    several = further > 0
    habit = choice_habit(elsewhere[several], further[several])
    return np.where(several, habit.surprise(elsewhere, np.maximum(further, 1)), 0.0)


def further_surprise(people: npt.ArrayLike) -> Floats:
    """``-log10`` of the chance of at least so many people beyond the first, among all who have one.

    Args:
        people: by account those it paid for, or by person those who paid; at least 1 each.
    """
    further = np.maximum(np.asarray(people, dtype=np.float64) - 1, 0)
    expected = np.full(len(further), max(float(further.mean()) if len(further) else 0.0, _LEAST_FURTHER))
    return gamma_poisson_surprise(further, expected, fitted_shape(further, expected))
