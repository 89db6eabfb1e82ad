"""Money beyond the peers: a moderate excess of many patients counts, an extreme rate of few does not."""

from __future__ import annotations

import numpy as np
import polars as pl

from models.evidence.excess import excess_fen


def providers(patients: list[int], factors: list[float]) -> tuple[pl.DataFrame, pl.Series]:
    """Providers with simulated patients: their sums, and their spend in fen."""
    source, rows, spend = np.random.default_rng(4), [], []
    for count, factor in zip(patients, factors, strict=True):
        fen = np.round(source.lognormal(9.0, 0.8, count) * factor)
        logs = np.log(fen)
        rows.append((count, round(1000 * logs.sum()), round(1000 * (logs**2).sum())))
        spend.append(int(fen.sum()))
    frame = pl.DataFrame(rows, schema=["patients", "log_sum", "log_square"], orient="row")
    return frame, pl.Series(spend)


def test_a_moderate_excess_of_many_patients_is_before_an_extreme_rate_of_few() -> None:
    usual = list(np.random.default_rng(5).lognormal(0.0, 0.15, 80))  # peers differ
    frame, spend = providers([200] * 40 + [5] * 40 + [200, 5], [*usual, 1.6, 6.0])
    excess = excess_fen(frame, pl.Series(["clinic"] * 82), spend)
    assert excess.arg_max() == 80
    assert int(excess[80]) > 4 * int(excess[81])
    assert 0.2 < int(excess[80]) / int(spend[80]) < 0.5


def test_providers_like_their_peers_have_next_to_no_excess() -> None:
    frame, spend = providers([100] * 60, [1.0] * 60)
    excess = excess_fen(frame, pl.Series(["clinic"] * 60), spend)
    assert int(excess.sum()) < 0.03 * int(spend.sum())


def test_a_small_group_is_compared_with_all() -> None:
    frame, spend = providers([100] * 30 + [100] * 3, [1.0] * 30 + [2.0] * 3)
    excess = excess_fen(frame, pl.Series(["clinic"] * 30 + ["hospital"] * 3), spend)
    assert (excess[30:] > 0.2 * spend[30:]).all()


def test_a_provider_without_patients_has_none() -> None:
    frame = pl.DataFrame({"patients": [0, 0], "log_sum": [0, 0], "log_square": [0, 0]})
    assert excess_fen(frame, pl.Series(["clinic"] * 2), pl.Series([0, 0])).to_list() == [0, 0]
