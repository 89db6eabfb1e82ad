"""How surprising it is that the bills of one day all lie in one zone of amounts, day after day.

Bills of a day are taken to be independent, each in the zone with the share that is usual there. As bills of one day
resemble each other, the share is never taken to be below a floor that grows with the width of the zone.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from models.evidence.choices import binomial_surprise
from models.evidence.combined import together
from models.evidence.unit import Floats

_FLOOR = 0.5
_PRIOR_BILLS = 20.0
_LEAST_CHANCE = 0.2
"""Of each further amount that is close: bills of one day resemble each other anyway."""
_FEWEST = 20
_MOST = 2_000


def usual_share(within: pl.Expr, bills: pl.Expr, overall: pl.Expr, width: float) -> pl.Expr:
    """Share of bills in a zone that is usual at a place.

    Args:
        within: the place's bills of other days in the zone.
        bills: all of them.
        overall: share of all bills of the population in the zone.
        width: of the zone, as a share of its upper end.
    """
    least = pl.max_horizontal(overall, pl.lit(width * _FLOOR))
    own = (within + _PRIOR_BILLS * least) / (bills + _PRIOR_BILLS)
    return pl.max_horizontal(least, own)


def surprise_of_cases(days: pl.DataFrame, case: list[str]) -> pl.DataFrame:
    """Surprise of each case that its days have so many parts in one zone.

    Args:
        days: one row per day of a case and zone, with ``zone``, ``parts`` (bills), ``within`` (those in the zone, none
            where too few to count) and ``share`` (what is usual); days without any bill in the zone included.
        case: columns that name a case.

    Returns:
        ``case``, zone, and surprise (``-log10`` of a chance).
    """
    each = binomial_surprise(days["within"], days["parts"], days["share"])
    sums = (
        days.with_columns(pl.Series("surprise", each))
        .group_by(*case, "zone", maintain_order=True)
        .agg(pl.col("surprise").sum(), pl.len().alias("days"))
    )
    surprise = together(sums["surprise"], sums["days"])
    return sums.select(*case, "zone").with_columns(pl.Series("surprise", surprise))


def log_sample(amounts: npt.ArrayLike) -> Floats:
    """Sorted logarithms of amounts above zero, at most two thousand of them, evenly spaced in their order."""
    ordered: Floats = np.log(np.sort(np.asarray(amounts, dtype=np.float64)))
    if len(ordered) <= _MOST:
        return ordered
    return ordered[np.linspace(0, len(ordered) - 1, _MOST).astype(np.int64)]


def range_surprise(amounts: npt.ArrayLike, sample: Floats) -> float:
    """``-log10`` of the chance that as many amounts of a sample lie at least as close together.

    Args:
        amounts: above zero.
        sample: from `log_sample`; of fewer than twenty nothing is said.
    """
    logs = np.log(np.asarray(amounts, dtype=np.float64))
    further = len(logs) - 1
    if len(sample) < _FEWEST or further < 1:
        return 0.0
    reach = np.searchsorted(sample, sample + (logs.max() - logs.min()), side="right")
    within = (reach - np.searchsorted(sample, sample, side="left")) / len(sample)
    chance = min((further + 1) * float(np.mean(within**further)), 1.0)
    return float(-np.log10(max(chance, _LEAST_CHANCE**further)))
