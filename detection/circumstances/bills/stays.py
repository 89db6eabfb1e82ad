"""Hospital stays that stand after reversals, each once."""

from __future__ import annotations

import polars as pl

from detection.detectors.context import DetectorContext
from features.contract.vocabulary import INPATIENT

STAY = ["provider_id", "person_id", "admitted_day"]
_GROUP = 3  # characters of a diagnosis that name its group


def stays(context: DetectorContext) -> pl.DataFrame:
    """Stays with both days: `STAY`, discharged_day, kind (group of the diagnosis, empty where unknown), bills, and fen.

    Several bills of one admission are one stay that ends with the last discharge. ``pool`` and ``account`` are those
    of the whole stay. Stays under a programme are left out: its courses are planned.
    """
    net: pl.LazyFrame = context.views["net_settlements"].to_native()
    rows: pl.LazyFrame = (
        context.assessable.settlements.select(
            "settlement_id", "admitted_day", "discharged_day", "diagnosis_code"
        )
        .to_native()
        .filter(pl.col("admitted_day").is_not_null(), pl.col("discharged_day") >= pl.col("admitted_day"))
    )
    return (
        net.filter(pl.col("care_type") == INPATIENT, pl.col("programme_code").is_null())
        .join(rows, on="settlement_id", how="inner")
        .sort(*STAY, "discharged_day", "settlement_id")
        .group_by(STAY, maintain_order=True)
        .agg(
            pl.col("discharged_day").max(),
            kind=pl.col("diagnosis_code").drop_nulls().first().str.slice(0, _GROUP).fill_null(""),
            bills="settlement_id",
            fen=pl.col("total_amount").sum(),
            pool=pl.col("pool_paid").sum(),
        )
        .collect()
    )
