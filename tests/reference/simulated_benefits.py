"""Ordinary outpatient care of a simulated city priced once more, on the terms of `data_samples/magnitudes.toml`."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from reference.pricing import Due, Record, Terms, due

from data_samples import magnitudes

col = pl.col
ORDINARY = ("outpatient", "emergency")
SIZES = tomllib.loads(
    Path(magnitudes.__file__).with_name("magnitudes.toml").read_text(encoding="utf-8"), parse_float=Decimal
)


def terms(area: str, row: dict[str, Any], level: str) -> Terms:
    """What the settings of the simulator say of the category and day of a settlement."""
    here = SIZES["area"][area]
    values, category = here["benefits"], row["person_category"]
    level = "primary" if level == "ungraded" else level
    start = here["policy_start"]
    prorated = values["first_year"] == "prorated" and row["service_date"].year == start.year
    segments = [(Decimal(0), values["ratio"][category][level])]
    if "segment_from" in values:
        segments.append((values["segment_from"], values["ratio_above"][category][level]))
    layer = values.get("second_layer")
    return Terms(
        annual_deductible=values["deductible"][category],
        visit_deductible=values["visit_deductible"][level],
        segments=segments,
        cap=values["cap"],
        layer=layer and (layer["ratio"], layer["cap"]),
        months=13 - start.month if prorated else 12,
    )


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


def priced_anew(city: Any, area: str) -> Iterator[tuple[dict[str, Any], Due | None, Record]]:
    """Every settlement, what it should have been (None: a reversal), and what stood on record before it."""
    records: dict[tuple[str, int], Record] = defaultdict(Record)
    for row in pooled_care(city).iter_rows(named=True):
        record = records[row["person_id"], row["service_date"].year]
        reversal = row["reverses_settlement_id"] is not None
        scope = row["in_scope_amount"]
        yield row, None if reversal else due(terms(area, row, row["level"]), scope, record), record
        record.add(scope, *as_paid(row))


def as_paid(row: dict[str, Any]) -> Due:
    """Deductible, pool and second layer of a settlement as they stand."""
    return row["deductible_paid"], row["pool_paid"], row["other_fund_paid"]
