"""A slow second pricing, person by person in decimals from the written tables, finds what the city paid, to the fen."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data_samples import magnitudes
from data_samples.city import simulate

col = pl.col
FEN = Decimal("0.01")
ORDINARY = ("outpatient", "emergency")
SIZES = tomllib.loads(
    Path(magnitudes.__file__).with_name("magnitudes.toml").read_text(encoding="utf-8"), parse_float=Decimal
)


@pytest.fixture(scope="module", params=["320600", "150200"])
def clean(request: Any, tmp_path_factory: pytest.TempPathFactory, city: Any) -> Any:
    """A city without scenes that begins before mutual aid does."""
    folder = tmp_path_factory.mktemp("clean") / "data"
    months = {"320600": 21, "150200": 24}[request.param]
    simulate(folder, persons=4_000, months=months, seed=114, area=request.param, planted=False)
    held = type(city)(folder)
    held.area = request.param
    return held


@dataclass
class Record:
    """What stands on record for a person and a year."""

    deductible: Decimal = Decimal(0)
    eligible: Decimal = Decimal(0)
    pool: Decimal = Decimal(0)
    second: Decimal = Decimal(0)


def down(amount: Decimal) -> Decimal:
    return amount.quantize(FEN, ROUND_DOWN)


def due(area: str, row: dict[str, Any], level: str, record: Record) -> tuple[Decimal, Decimal, Decimal]:
    """Deductible, pool and second layer of one settlement."""
    here = SIZES["area"][area]
    values, category, scope = here["benefits"], row["person_category"], row["in_scope_amount"]
    level = "primary" if level == "ungraded" else level
    start = here["policy_start"]
    part = Decimal(12)
    if values["first_year"] == "prorated" and row["service_date"].year == start.year:
        part = Decimal(13 - start.month)
    left = down(values["deductible"][category] * part / 12) - record.deductible
    deductible = min(scope, max(left, Decimal(0)) + values["visit_deductible"][level])
    eligible = scope - deductible
    below = eligible
    if "segment_from" in values:
        below = min(max(values["segment_from"] - record.eligible, Decimal(0)), eligible)
    above = values.get("ratio_above", values["ratio"])
    uncapped = down(below * values["ratio"][category][level] + (eligible - below) * above[category][level])
    pool = min(uncapped, max(down(values["cap"] * part / 12) - record.pool, Decimal(0)))
    second = Decimal(0)
    if "second_layer" in values and uncapped:
        uncovered = down(eligible * (uncapped - pool) / uncapped)
        room = down(values["second_layer"]["cap"] * part / 12) - record.second
        second = min(down(uncovered * values["second_layer"]["ratio"]), room)
    return deductible, pool, second


def pooled_care(city: Any) -> pl.DataFrame:
    """Ordinary care that the fund pays, with the level of the provider."""
    rows = city.settlements.join(
        city.providers.select("provider_id", "level", "pooled_outpatient_from"), on="provider_id"
    )
    on_prescription = (col("care_type") == "pharmacy") & col("prescription_no").is_not_null()
    pooled: pl.DataFrame = rows.filter(
        (col("scheme") == "employee")
        & (col("care_type").is_in(ORDINARY) | on_prescription)
        & (col("pooled_outpatient_from") <= col("service_date"))
    )
    return pooled.sort("settled_at", "settlement_id")


def test_every_settlement_is_what_a_second_pricing_finds(clean: Any) -> None:
    records: dict[tuple[str, int], Record] = defaultdict(Record)
    seen = {"capped": 0, "second": 0, "above": 0, "reversed": 0, "late": 0}
    for row in pooled_care(clean).iter_rows(named=True):
        record = records[row["person_id"], row["service_date"].year]
        paid = row["deductible_paid"], row["pool_paid"], row["other_fund_paid"]
        if row["reverses_settlement_id"] is None:
            assert paid == due(clean.area, row, row["level"], record), row["settlement_id"]
        else:
            seen["reversed"] += 1
        seen["second"] += row["other_fund_paid"] > 0
        seen["above"] += record.eligible > 2_000
        seen["late"] += row["settled_at"].year > row["service_date"].year
        record.deductible += row["deductible_paid"]
        record.eligible += row["in_scope_amount"] - row["deductible_paid"]
        record.pool += row["pool_paid"]
        record.second += row["other_fund_paid"]
        seen["capped"] += record.pool == SIZES["area"][clean.area]["benefits"]["cap"]
    assert (seen.pop("second") > 0) == (clean.area == "150200")
    assert min(seen.values()) > 0, seen


def test_nothing_is_pooled_before_mutual_aid_begins(clean: Any) -> None:
    start = SIZES["area"][clean.area]["policy_start"]
    early = clean.settlements.filter(
        (col("service_date") < start)
        & (col("scheme") == "employee")
        & col("care_type").is_in([*ORDINARY, "pharmacy"])
    )
    assert early.height > 500
    assert (early["pool_paid"] == 0).all()
    assert (early["deductible_paid"] == 0).all()
    chronic = clean.settlements.filter(
        (col("service_date") < start) & (col("care_type") == "chronic_outpatient")
    )
    assert chronic.filter((col("scheme") == "employee") & (col("pool_paid") > 0)).height > 20


def test_december_care_that_is_settled_in_january_follows_december(clean: Any) -> None:
    start = SIZES["area"][clean.area]["policy_start"]
    late = clean.settlements.filter(
        (col("service_date") < start)
        & (col("settled_at").dt.date() >= start)
        & col("reverses_settlement_id").is_null()
        & (col("care_type") == "outpatient")
    )
    assert late.height > 0
    assert (late["pool_paid"] == 0).all()


def test_moments_of_a_person_are_in_one_order(clean: Any) -> None:
    assert clean.settlements.select("person_id", "settled_at").is_unique().all()


def test_chronic_care_of_employees_is_ordinary_care_where_it_has_become_that(clean: Any) -> None:
    here = SIZES["area"][clean.area]
    chronic = clean.settlements.filter(col("care_type") == "chronic_outpatient")
    after = chronic.filter((col("service_date") >= here["policy_start"]) & (col("scheme") == "employee"))
    assert after.is_empty() == here["chronic_ends"]
    assert chronic.filter(col("scheme") == "resident").height > 50
    assert chronic["programme_code"].is_not_null().all()
    ends = clean.programme_registrations.filter(col("to").is_not_null())
    stopped = ends.filter(col("to") == here["policy_start"] - dt.timedelta(days=1))
    assert (stopped.height > 50) == here["chronic_ends"]
    special = clean.settlements.filter(col("care_type") == "special_outpatient")
    known = special.join(
        clean.programme_registrations, on=["person_id", "programme_code"], how="left", maintain_order="left"
    )
    inside = (col("from") <= col("service_date")) & (col("service_date") <= col("to").fill_null(dt.date.max))
    assert known.height == special.height > 100
    assert known.select(inside.fill_null(value=False).all()).item()


def test_the_clean_city_has_no_truth_and_adds_up(clean: Any) -> None:
    assert clean.truth.is_empty()
    payers = [name for name in clean.settlements.columns if name.endswith(("_paid", "_borne"))]
    payers = [name for name in payers if "self" not in name and name != "deductible_paid"]
    assert len(payers) == 6
    assert clean.settlements.filter(pl.sum_horizontal(payers) != col("total_amount")).is_empty()
    entries = clean.account_entries.sort("account_id", "posted_at", "entry_id")
    previous = col("balance_after").shift(1).over("account_id")
    assert entries.filter(previous + col("amount") != col("balance_after")).is_empty()
    assert (entries["balance_after"] >= 0).all()
