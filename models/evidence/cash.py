"""How surprising it is that an account was turned into cash at one place, and how many such accounts a place has.

Nulls: gamma-Poisson for drained months given what the account held, and for the marked accounts of a place among its
customers; beta-binomial habits, fitted to all accounts, for timing and for sums. Two of the signs must agree for
an account alone, one of them a sum: who waits for the credit is prudent, and a round sum may be a price.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from models.evidence.choices import binomial_surprise
from models.evidence.counts import fitted_shape, gamma_poisson_surprise, trimmed_rate
from models.evidence.peer_habits import peer_surprise, without_extremes
from models.evidence.unit import MOST, Floats

_AGREES = 1.3
"""Surprise from which a sign agrees with another: one in twenty accounts."""
_REPEATED = 2
"""Sums of different goods or prices that look chosen alike: one may be a price."""
_TIMING = 4.0
"""The most that timing adds: many wait for the credit, and habits repeat."""
_BACKED = 1.0
"""Surprise of the time after the credit, or of sums, with which drains count: dear goods alone empty accounts too."""
_DRAINS = 2.0
"""Shape of the rates of drains: some always spend what they hold."""
_MARKED = 1.5
"""Surprise from which drained months mark an account; signs that agree need twice as much."""
_FEWEST_PLACES = 20
_FEWEST_SERVED = 4
_OF_OPERATOR = 3.0
"""The most that one operator adds to a place: shifts are uneven."""


@dataclass(frozen=True)
class AccountSurprise:
    """Surprise of each account at each place, in the order of the counts.

    Attributes:
        sums: of sums that look chosen, the strongest of round, alike and fitting the credit.
        timing: of the time after the credit, of purchases within days, or of drained months, the strongest.
        repeated: whether several sums look chosen alike; a single one may be a price.
        drained: of several drained months and their time after the credit, or their sums, where both are unusual.
    """

    sums: Floats
    timing: Floats
    drained: Floats
    repeated: npt.NDArray[np.bool_]

    @property
    def alone(self) -> Floats:
        """Of an account without regard to its place: two kinds of signs, and more than one sum, or nothing."""
        return np.where(self.repeated, self.agreeing, 0.0)

    @property
    def agreeing(self) -> Floats:
        """Of two kinds of signs together, or nothing."""
        both = np.minimum(self.sums, MOST) + np.minimum(self.timing, _TIMING)
        return np.where((self.sums >= _AGREES) & (self.timing >= _AGREES), both, 0.0)

    @property
    def by_sums(self) -> npt.NDArray[np.bool_]:
        """Whether an account counts for its place for sums that look chosen, whatever its drains are."""
        return (self.sums >= _AGREES) & self.marked

    @property
    def marked(self) -> npt.NDArray[np.bool_]:
        """Whether an account counts for its place."""
        return (self.drained >= _MARKED) | (self.agreeing >= 2 * _MARKED)


def account_surprise(counts: pl.DataFrame) -> AccountSurprise:
    """The surprise of each row of counts.

    Args:
        counts: columns of `detection.circumstances.cash_signs.counted_signs`.
    """
    column = {name: counts[name].to_numpy() for name in counts.columns if counts[name].dtype.is_numeric()}
    habits = {
        name: peer_surprise(np.minimum(column[seen], column[chances]), column[chances])
        for name, seen, chances in (
            ("round", "round", "sums"),
            ("alike", "alike", "sums"),
            ("fits", "fits", "credits"),
            ("soon", "soon", "timed"),
            ("soon_drained", "soon_drained", "timed_drained"),
        )
    }
    close = peer_surprise(column["close"], column["purchases"] - 1)
    drains = gamma_poisson_surprise(column["drained_months"], column["expected"], _DRAINS)
    several = column["drained_months"] >= 2
    sums = np.maximum.reduce([habits["round"], habits["alike"], habits["fits"]])
    backed = np.minimum(np.maximum(habits["soon_drained"], np.where(sums >= _AGREES, sums, 0.0)), _TIMING)
    alike = [column[sign] >= _REPEATED for sign in ("round", "alike", "fits")]
    return AccountSurprise(
        sums=sums,
        repeated=np.logical_or.reduce(alike),
        timing=np.maximum.reduce([habits["soon"], close, drains]),
        drained=np.where(several & (backed >= _BACKED), drains + backed, 0.0),
    )


def place_surprise(marked: npt.ArrayLike, customers: npt.ArrayLike) -> tuple[Floats, Floats]:
    """How many marked accounts are expected among a place's customers, and how surprising those seen are."""
    counts, exposure = np.asarray(marked, dtype=np.float64), np.asarray(customers, dtype=np.float64)
    others = np.arange(len(counts))
    if len(counts) <= _FEWEST_PLACES:  # too few for trimming: a place is not its own yardstick
        others = without_extremes(counts / np.maximum(exposure, 1))
    expected = trimmed_rate(counts[others], exposure[others]) * exposure
    shape = fitted_shape(counts[others], expected[others])
    return expected, gamma_poisson_surprise(counts, expected, shape)


def operator_surprise(served: npt.ArrayLike, met: npt.ArrayLike, usual: npt.ArrayLike) -> Floats:
    """How surprising it is that one operator served so many of a place's marked accounts.

    Args:
        served: marked accounts that are mostly the operator's.
        met: marked accounts of the place.
        usual: the operator's share of the place's other accounts.
    """
    fewest = np.asarray(met) >= _FEWEST_SERVED
    return np.where(fewest, np.minimum(binomial_surprise(served, met, usual), _OF_OPERATOR), 0.0)
