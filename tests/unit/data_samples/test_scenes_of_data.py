"""Planted data defects are what their scene says, and their twins are usual, as the written tables show."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

col = pl.col
SCOPES = ("fully_self_paid", "over_limit_self_paid", "pre_self_paid", "in_scope_amount")


def defects(rows: pl.DataFrame) -> pl.DataFrame:
    """What is wrong with each settlement."""
    return rows.with_columns(
        late=(col("channel") == "online")
        & (col("settled_at").dt.date() - col("service_date") > dt.timedelta(days=20)),
        empty=(col("care_type") != "pharmacy")
        & col("prescriber_id").is_null()
        & col("diagnosis_code").is_null(),
        unequal=pl.sum_horizontal(SCOPES) != col("total_amount"),
    )


def test_a_provider_settles_late_with_gaps_or_unequal_amounts(city: Any) -> None:
    rows = defects(city.settled("data_transmission_defect"))
    assert (rows["late"] | rows["empty"] | rows["unequal"]).all()
    strengths = city.planted.select("instance_id", "strength").unique()
    by_provider = (
        rows.join(strengths, on="instance_id")
        .group_by("instance_id", "provider_id", "strength")
        .agg(pl.len(), col("late").all(), col("empty").all(), col("unequal").all())
    )
    assert by_provider.height == rows["instance_id"].n_unique() >= 3
    assert (by_provider.filter(col("strength") > 1)["len"] >= 15).all()
    causes = by_provider.select(col("late").any(), col("empty").any(), col("unequal").any())
    assert causes.row(0) == (True, True, True)
    assert not defects(city.ordinary).select((col("late") | col("unequal")).any()).item()


def test_what_is_late_or_missing_has_a_reason(town: Any) -> None:
    rows = defects(town.settled("data_transmission_defect", lookalike=True))
    assert not (rows["late"] | rows["empty"] | rows["unequal"]).any()
    behind = rows.filter(col("settled_at").dt.date() > col("service_date"))
    one_day = (
        behind.filter(col("channel") == "online").group_by("instance_id").agg(col("service_date").n_unique())
    )
    assert one_day.height > 0
    assert (one_day["service_date"] == 1).all()
    assert behind.filter(col("channel") == "manual").height > 0
    pharmacies = rows.filter(col("care_type") == "pharmacy")
    assert pharmacies["diagnosis_code"].is_null().all()
    assert pharmacies.height > 0
