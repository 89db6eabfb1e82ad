"""How much more a provider costs than its patients would cost at comparable providers.

Each provider's mean log cost per patient is shrunk towards its peers' by empirical Bayes: by how much providers differ,
against how uncertain the mean of so few patients is. A very high rate of few patients is thereby worth little, a
moderate one of many patients is worth much. It is money to ask about, and no evidence of anything being wrong.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from models.evidence.unit import Floats

_MILLI = 1000
_FEWEST_PEERS = 20
_FEWEST_PATIENTS = 2
_MOST_WEIGHT = 30.0
_TRIM = 0.03
_LEAST_SPREAD = 0.1
"""Providers differ by a tenth at least, however few there are to show it."""
_MOST_DEVIATIONS = 3.0
_SURE = 1.645
"""Lower end of a one-sided 95 % interval: only money that is surely beyond the peers counts."""


def excess_fen(costs: pl.DataFrame, groups: pl.Series, spend: pl.Series) -> pl.Series:
    """Fen beyond what the peers let one expect, by provider.

    Args:
        costs: ``patients``, ``log_sum``, ``log_square``, see the view ``provider_patient_cost``.
        groups: peer group of each row; one with fewer than twenty members is compared with all.
        spend: fen of each row.

    Returns:
        Int64, 0 for a provider that costs no more than its peers; rows as given.
    """
    patients = costs["patients"].to_numpy().astype(np.float64)
    total, square = (costs[name].to_numpy() / _MILLI for name in ("log_sum", "log_square"))
    names = groups.to_numpy()
    result = np.zeros(len(costs))
    sizes = {name: int(((names == name) & (patients > 0)).sum()) for name in set(names)}
    for name, size in sorted(sizes.items()):
        own = names == name
        peers = own if size >= _FEWEST_PEERS else np.ones(len(names), dtype=bool)
        beyond = _shrunk(patients, total, square, peers & (patients > 0))
        result[own] = (spend.to_numpy() * (1 - np.exp(-np.maximum(beyond, 0.0))))[own]
    return pl.Series("excess", np.round(result)).cast(pl.Int64)


def _shrunk(patients: Floats, total: Floats, square: Floats, peers: np.ndarray) -> Floats:
    """Mean log cost surely beyond the peers' mean; 0 for a provider without patients, below 0 for most."""
    means = total / np.maximum(patients, 1)
    several = peers & (patients >= _FEWEST_PATIENTS)
    if not several.any():
        return np.zeros(len(patients))
    inside = np.maximum(square - patients * means**2, 0.0)
    variance = inside[several].sum() / (patients[several] - 1).sum()
    noise = variance / np.maximum(patients, 1)
    center = float(np.average(means[several], weights=np.minimum(patients[several], _MOST_WEIGHT)))
    between = _between(means[several] - center, noise[several])
    error = np.sqrt(between * noise / (between + noise))
    most = _MOST_DEVIATIONS * np.sqrt(between + noise)  # beyond it a few patients are an accident, not a rate
    shrunk: Floats = between / (between + noise) * np.minimum(means - center, most) - _SURE * error
    return np.where(patients > 0, shrunk, 0.0)


def _between(distance: Floats, noise: Floats) -> float:
    """Variance between providers, by moments (R. DerSimonian and N. Laird, Controlled Clinical Trials 7, 1986).

    The most distant few percent are left out: they may be what is looked for.
    """
    weights = 1 / noise
    scaled = distance**2 * weights
    usual = scaled <= np.quantile(scaled, 1 - _TRIM)
    weights, scaled = weights[usual], scaled[usual]
    scale = weights.sum() - (weights**2).sum() / weights.sum()
    moments = float((scaled.sum() - (usual.sum() - 1)) / scale) if scale > 0 else 0.0
    return max(moments, _LEAST_SPREAD**2)
