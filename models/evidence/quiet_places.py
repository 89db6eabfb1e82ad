"""How surprising a place's quiet customers are: how many, and what they have in common.

Nulls: gamma-Poisson for their number among the customers of a place; binomial, each customer one choice, for even
gaps, one operator, hours with little trade, and for waking in the same weeks. The rates are those of the
customers of other places or of the same place, whichever is higher. Fisher's method joins the signs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.stats import chi2

from models.evidence.choices import binomial_surprise
from models.evidence.counts import fitted_shape, gamma_poisson_surprise, trimmed_rate
from models.evidence.peer_habits import without_extremes
from models.evidence.unit import Floats

SIGNS = ("even_gaps", "one_operator", "quiet_hours", "woke_together")
AGREES = 1.3
"""Surprise from which a sign counts as one: one in twenty places."""
_MOST = 4.0
"""The most that one sign adds: customers of one place are not independent."""
_EVENEST = 0.2
"""Share of all customers whose gaps are called even."""
_WINDOW = 60
"""Days within which dormant customers wake together."""
_FEWEST, _FEWEST_PEERS = 30, 8
"""Quiet customers elsewhere whose weeks of waking are compared, and customers whose share is a rate."""


def joined_surprise(parts: Sequence[Floats]) -> Floats:
    """``-log10`` of the chance that independent surprises are together so large (Fisher).

    Args:
        parts: surprises of the same subjects, each ``-log10`` of a chance; each counts at most 4.
    """
    total = np.sum([np.minimum(part, _MOST) for part in parts], axis=0)
    joined: Floats = -chi2.logsf(2 * np.log(10) * total, 2 * len(parts)) / np.log(10)
    return joined


@dataclass(frozen=True)
class QuietNull:
    """What customers of all places let one expect of quiet ones.

    Attributes:
        customers: columns of `detection.circumstances.quiet_accounts.customers`, and even (bool).
        served: provider_id, operator_id and rows of those who are not quiet.
        days: with a purchase, in the whole period.
    """

    customers: pl.DataFrame
    served: pl.DataFrame
    days: int

    def signs(self, place: str) -> dict[str, object]:
        """The surprise of each of `SIGNS` at a place (0 where the data cannot say), and who served most of them."""
        at_place = pl.col("provider_id") == place
        quiet = self.customers.filter(at_place, "quiet")
        elsewhere = self.customers.filter(~at_place, "quiet")
        usual = self.customers.filter(at_place, ~pl.col("quiet"))
        rates = [self.customers.filter(~at_place), elsewhere, usual]
        operator, one_operator = self._operator(place, quiet)
        return {
            "provider_id": place,
            "operator_id": operator,
            "even_gaps": _share("even", quiet, rates),
            "one_operator": one_operator,
            "quiet_hours": _share("off_peak", quiet, rates),
            "woke_together": self._woke(quiet["woke"], elsewhere["woke"]),
        }

    def _operator(self, place: str, quiet: pl.DataFrame) -> tuple[str | None, float]:
        """The operator who alone served most of the quiet customers, and how surprising that is."""
        alone = quiet.drop_nulls("operator_id").group_by("operator_id").agg(n=pl.len())
        if alone.is_empty():
            return None, 0.0
        operator, n = alone.sort("n", "operator_id", descending=[True, False]).row(0)
        rows = self.served.filter(provider_id=place)
        own, whole = (int(part["rows"].sum()) for part in (rows.filter(operator_id=operator), rows))
        share = (own + 1) / (whole + 2)
        by_chance = float(np.mean(share ** quiet["days"].to_numpy()))
        return operator, float(binomial_surprise(n, quiet.height, by_chance))

    def _woke(self, woke: pl.Series, elsewhere: pl.Series) -> float:
        """How surprising it is that so many woke within some weeks, in any weeks of the period."""
        by_chance = 2 * _WINDOW / max(self.days, 1)
        if len(elsewhere) >= _FEWEST:
            by_chance = max(_in_window(elsewhere) / len(elsewhere), by_chance / 2)
        surprise = float(binomial_surprise(_in_window(woke), len(woke), by_chance))
        return max(surprise - float(np.log10(max(self.days / _WINDOW, 1.0))), 0.0)


def quiet_places(customers: pl.DataFrame, served: pl.DataFrame, days: int, fewest: int) -> pl.DataFrame:
    """The places with quiet customers, and the surprise of their number and of what they have in common.

    Args:
        customers: as in `QuietNull`, without even.
        served: as there.
        days: as there.
        fewest: quiet customers from which a place is looked at.

    Returns:
        Columns provider_id, quiet, expected, number (surprise of the count), operator_id and `SIGNS`; sorted.
    """
    evenest = customers["unevenness"].quantile(_EVENEST) or 0.0
    null = QuietNull(customers.with_columns(even=pl.col("unevenness") <= evenest), served, days)
    places = (
        customers.group_by("provider_id")
        .agg(customers=pl.len().cast(pl.Int64), quiet=pl.col("quiet").cast(pl.Int64).sum())
        .sort("provider_id")
    )
    expected, number = _number(places["quiet"].to_numpy(), places["customers"].to_numpy())
    counted = places.with_columns(expected=pl.Series(expected), number=pl.Series(number))
    several = counted.filter(pl.col("quiet") >= fewest)
    kinds = {name: served.schema[name] for name in ("provider_id", "operator_id")}
    schema = {**kinds, **dict.fromkeys(SIGNS, pl.Float64())}
    signs = pl.DataFrame([null.signs(place) for place in several["provider_id"]], schema=schema)
    return several.drop("customers").join(signs, on="provider_id").sort("provider_id")


def _number(quiet: npt.NDArray[np.int64], customers: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    usual = without_extremes(quiet / customers)
    expected: Floats = trimmed_rate(quiet[usual], customers[usual]) * customers.astype(np.float64)
    return expected, gamma_poisson_surprise(quiet, expected, fitted_shape(quiet[usual], expected[usual]))


def _share(sign: str, quiet: pl.DataFrame, rates: Sequence[pl.DataFrame]) -> float:
    """Surprise of the share of quiet customers with a sign, against the highest of the peers' rates."""
    known = quiet[sign].drop_nulls()
    peers = [peer[sign].drop_nulls() for peer in rates]
    shares = [(float(peer.sum()) + 0.5) / (len(peer) + 1) for peer in peers if len(peer) >= _FEWEST_PEERS]
    if known.is_empty() or not shares:
        return 0.0
    return float(binomial_surprise(int(known.cast(pl.Int64).sum()), len(known), max(shares)))


def _in_window(woke: pl.Series) -> int:
    """The most days within any window."""
    days = np.sort(woke.drop_nulls().to_numpy())
    if not len(days):
        return 0
    return int(np.max(np.searchsorted(days, days + _WINDOW, side="left") - np.arange(len(days))))
