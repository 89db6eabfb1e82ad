"""Prices of ordinary outpatient care, one settlement after the other in decimals, from the tables of a simulated city.

The steps are those of `docs/system.md` ("Recalculation"), the values those of `data_samples/magnitudes.toml`.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import Any

import polars as pl

from data_samples import magnitudes

col = pl.col
FEN = Decimal("0.01")
ORDINARY = ("outpatient", "emergency")
SIZES = tomllib.loads(
    Path(magnitudes.__file__).with_name("magnitudes.toml").read_text(encoding="utf-8"), parse_float=Decimal
)


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
        remaining = down(values["second_layer"]["cap"] * part / 12) - record.second
        second = min(down(uncovered * values["second_layer"]["ratio"]), remaining)
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


def priced_anew(city: Any, area: str) -> Iterator[tuple[dict[str, Any], tuple[Decimal, ...] | None, Record]]:
    """Every settlement, what it should have been (None: a reversal), and what stood on record before it."""
    records: dict[tuple[str, int], Record] = defaultdict(Record)
    for row in pooled_care(city).iter_rows(named=True):
        record = records[row["person_id"], row["service_date"].year]
        reversal = row["reverses_settlement_id"] is not None
        yield row, None if reversal else due(area, row, row["level"], record), record
        record.deductible += row["deductible_paid"]
        record.eligible += row["in_scope_amount"] - row["deductible_paid"]
        record.pool += row["pool_paid"]
        record.second += row["other_fund_paid"]


def as_paid(row: dict[str, Any]) -> tuple[Decimal, Decimal, Decimal]:
    """Deductible, pool and second layer of a settlement as they stand."""
    return row["deductible_paid"], row["pool_paid"], row["other_fund_paid"]
