"""The second author's patterns are what their modules say, and packs carry codes as they are sold."""

from __future__ import annotations

from typing import Any

import polars as pl

col = pl.col


def planted(city: Any, typology: str) -> pl.DataFrame:
    """The settlements of a planted typology, with their instance and strength."""
    named = city.planted.filter((col("typology") == typology) & (col("entity_kind") == "settlement"))
    rows: pl.DataFrame = named.select("instance_id", "strength", settlement_id="entity_id").join(
        city.settlements, on="settlement_id"
    )
    assert rows.height == named.height > 0
    return rows


def standing_scans(city: Any) -> pl.DataFrame:
    """Scans of settlements that were not undone."""
    undone = city.settlements["reverses_settlement_id"].drop_nulls().implode()
    frame: pl.DataFrame = city.drug_trace_scans.filter(~col("settlement_id").is_in(undone))
    return frame


def test_scans_belong_to_settlements_and_their_places(second: Any) -> None:
    scans = second.drug_trace_scans
    joined = scans.join(second.settlements, on="settlement_id", suffix="_of")
    assert joined.height == scans.height > 10_000
    assert joined.filter(col("provider_id") != col("provider_id_of")).is_empty()
    lines = second.charge_lines.select("settlement_id", "line_no", "item_code", "item_kind", "quantity")
    both = scans.join(lines, on=["settlement_id", "line_no", "item_code"])
    assert both.height == scans.height
    assert set(both["item_kind"]) == {"drug"}
    packs = both.group_by("settlement_id").agg(pl.len(), col("quantity").first())
    assert packs.filter(col("len") != col("quantity")).is_empty()


def test_only_planted_packs_are_sold_twice(second: Any) -> None:
    whole = standing_scans(second).filter(~col("split_pack"))
    twice = whole.filter(col("trace_code").is_duplicated())["settlement_id"].unique()
    assert len(twice) > 0
    assert set(twice) <= set(planted(second, "duplicate_trace_code")["settlement_id"])
    instances = planted(second, "duplicate_trace_code").filter(col("settlement_id").is_in(twice.implode()))
    assert set(instances["instance_id"]) == set(planted(second, "duplicate_trace_code")["instance_id"])


def test_split_and_returned_packs_are_the_lookalikes(second: Any) -> None:
    split = second.drug_trace_scans.filter(col("split_pack"))
    alike = second.lookalikes.filter(col("typology") == "duplicate_trace_code")["entity_id"]
    assert split.height > 0
    assert set(split["settlement_id"]) <= set(alike)
    again = second.drug_trace_scans.filter(~col("split_pack") & col("settlement_id").is_in(alike.implode()))
    assert again["trace_code"].is_duplicated().any()


def test_cards_of_the_dead_are_used_after_the_death(second: Any) -> None:
    rows = planted(second, "ineligible_settlement").join(
        second.persons.select("person_id", "death_date"), on="person_id"
    )
    assert (rows["service_date"] > rows["death_date"]).all()


def test_care_elsewhere_falls_into_a_stay(second: Any) -> None:
    rows = planted(second, "inpatient_outpatient_overlap")
    stays = second.settlements.filter(col("care_type") == "inpatient").select(
        "person_id", first="admitted_on", last="discharged_on"
    )
    inside = rows.join(stays, on="person_id").filter(
        (col("service_date") > col("first")) & (col("service_date") < col("last"))
    )
    assert set(inside["settlement_id"]) == set(rows["settlement_id"])


def test_loops_are_undone(second: Any) -> None:
    rows = planted(second, "refund_resettle_loop")
    undone = second.settlements["reverses_settlement_id"].drop_nulls().implode()
    loops = rows.group_by("instance_id").agg(undone=col("settlement_id").is_in(undone).sum())
    assert (loops["undone"] >= 1).all()


def test_strong_rhythms_are_more_even_than_mild_ones(second: Any) -> None:
    rows = planted(second, "capacity_anomaly").sort("instance_id", "settled_at")
    pauses = rows.with_columns(
        pause=col("settled_at").diff().dt.total_seconds().over("instance_id", col("settled_at").dt.date())
    ).drop_nulls("pause")
    spread = pauses.group_by("strength").agg(
        spread=(col("pause") / col("pause").median()).log().abs().quantile(0.5)
    )
    by_strength = spread.sort("strength")["spread"].to_list()
    assert len(by_strength) >= 2
    assert by_strength[-1] < by_strength[0]


def test_wellness_goods_are_paid_from_accounts(second: Any) -> None:
    rows = planted(second, "prohibited_account_use").join(second.charge_lines, on="settlement_id")
    assert set(rows["item_kind"]) == {"wellness"}
    assert (rows["account_paid"] == rows["total_amount"]).all()


def test_sizes_differ_within_every_kind(second: Any) -> None:
    named = second.planted.filter(col("entity_kind") == "settlement")
    sizes = named.group_by("typology", "instance_id").len()
    several = sizes.group_by("typology").agg(col("len").n_unique(), instances=pl.len())
    assert (several.filter(col("instances") >= 3)["len"] > 1).all()
