"""Steps of the share that patients pay themselves: chance is silent, a step is evidence, and so is its month."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from detection.circumstances.bills.self_pay import steps
from models.evidence.unit import ALERT

MONTHS = range(24288, 24288 + 18)


def shares(seed: int, scatter: float = 0.03, providers: int = 100) -> pl.DataFrame:
    chance = np.random.default_rng(seed)
    rows = [
        (f"p{provider:03}", month, float(chance.normal(0, scatter)))
        for provider in range(providers)
        for month in MONTHS
    ]
    return pl.DataFrame(rows, schema=["provider_id", "settled_month", "excess"], orient="row")


@pytest.mark.parametrize("seed", range(5))
def test_scatter_is_no_alert(seed: int) -> None:
    measured = steps(shares(seed))
    assert measured.height == 100
    assert measured.filter(pl.col("value") >= ALERT).is_empty()


@pytest.mark.parametrize("change", [-0.2, 0.2])
def test_a_step_is_an_alert_at_its_month(change: float) -> None:
    later = (pl.col("provider_id") == "p007") & (pl.col("settled_month") >= MONTHS[9])
    moved = shares(1).with_columns(excess=pl.col("excess") + pl.when(later).then(change).otherwise(0.0))
    step = steps(moved).filter(provider_id="p007").row(0, named=True)
    assert step["value"] >= ALERT
    assert step["month"] == MONTHS[9]
    assert step["change"] == pytest.approx(change, abs=0.05)


def test_a_step_of_everybody_is_not_unlike_the_peers() -> None:
    wild = shares(2).with_columns(
        excess=pl.col("excess")
        + pl.when(pl.col("settled_month") >= MONTHS[9])
        .then((pl.col("provider_id").str.slice(1).cast(pl.Int64) % 7 - 3) * 0.05)
        .otherwise(0.0)
    )
    assert steps(wild).filter(pl.col("value") >= ALERT).is_empty()


def test_too_few_months_have_no_steps() -> None:
    assert steps(shares(1).filter(pl.col("settled_month") < MONTHS[4])).is_empty()
