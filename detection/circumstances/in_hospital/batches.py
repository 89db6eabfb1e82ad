"""Days on which a hospital admits many patients at once who go home within days."""

from __future__ import annotations

import numpy as np
import polars as pl

from models.evidence.combined import rank_surprise
from models.evidence.counts import gamma_poisson_surprise
from models.evidence.unit import evidence

_WEEK = 7
_AROUND = (-2, -1, 1, 2)
"""Days whose admissions excuse a day: an accident or a wave of illness brings people for longer than one."""
_SHAPE = 4.0
"""Of the gamma distribution of a hospital's own days."""
_RANK = 2
"""Days that are needed: an accident, an outbreak or a campaign fills one."""


def batches(short: pl.DataFrame, first: int, last: int, *, least: int, looks: int) -> pl.DataFrame:
    """Batches of short stays, and how surprising two of them are at a hospital.

    Null: a day has as many short stays as the hospital's own other days, those of the weekday (operating days), or the
    days around; gamma-Poisson. Every pair of days and every hospital is a look.

    Args:
        short: provider_id, person_id, admitted_day of short stays.
        first: day observed first.
        last: day observed last.
        least: patients of a batch.
        looks: at a hospital, each of which pays for all.

    Returns:
        provider_id, admitted_day, patients, value (evidence of the hospital); hospitals with one batch have value 0.
    """
    days = max(last - first + 1, _WEEK)
    place, weekday = ["provider_id"], ["provider_id", "weekday"]
    counts = (
        short.group_by("provider_id", "admitted_day")
        .agg(patients=pl.col("person_id").n_unique().cast(pl.Int64))
        .with_columns(weekday=pl.col("admitted_day") % _WEEK)
        .sort("provider_id", "admitted_day")
    )
    shifted = [counts.select("provider_id", pl.col("admitted_day") + each, "patients") for each in _AROUND]
    around = (
        pl.concat(shifted)
        .group_by("provider_id", "admitted_day")
        .agg(around=pl.col("patients").sum() / len(_AROUND))
    )
    others = [
        (pl.col("patients").sum().over(keys) - pl.col("patients")) / each
        for keys, each in ((place, days - 1), (weekday, max(days // _WEEK - 1, 1)))
    ]
    daily = counts.join(
        around, on=["provider_id", "admitted_day"], how="left", maintain_order="left"
    ).with_columns(expected=pl.max_horizontal(*others, pl.col("around").fill_null(0.0), pl.lit(1 / days)))
    surprise = gamma_poisson_surprise(daily["patients"].to_numpy(), daily["expected"].to_numpy(), _SHAPE)
    many = daily.with_columns(surprise=pl.Series(surprise, dtype=pl.Float64)).filter(
        pl.col("patients") >= least
    )
    second = (
        many.sort("provider_id", "surprise", descending=[False, True])
        .group_by("provider_id", maintain_order=True)
        .agg(second=pl.col("surprise").slice(_RANK - 1, 1).first().fill_null(0.0))
    )
    values = evidence(
        rank_surprise(second["second"].to_numpy(), _RANK, np.full(second.height, days)),
        looks * counts["provider_id"].n_unique(),
    )
    of_place = second.select("provider_id", value=pl.Series(values, dtype=pl.Float64))
    return many.join(of_place, on="provider_id", maintain_order="left").select(
        "provider_id", "admitted_day", "patients", "value"
    )
