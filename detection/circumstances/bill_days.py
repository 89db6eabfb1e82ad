"""Days on which a person's care at a provider was settled in several bills that stand after reversals."""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.context import DetectorContext

CARE_DAY = ["provider_id", "person_id", "settled_day", "care_type"]
BILL_DAY = [*CARE_DAY, "prescriber_id"]
_KINDS = ("outpatient", "emergency", "chronic_outpatient", "pharmacy")


@dataclass(frozen=True)
class BillDays:
    """Bills of one person's care of one kind on one day, by one prescriber or by several; pharmacies have none.

    Attributes:
        bills: `BILL_DAY`, settlement_id, net (fen), of_day (bills of that day).
        visits: provider_id, person_id, care_type, days (with such care), split (days with several bills).
    """

    bills: pl.DataFrame
    visits: pl.DataFrame


def bill_days(context: DetectorContext, least: int, *, across: bool = False) -> BillDays:
    """The bills of days, herbal prescriptions left out: those are written on a sheet of their own.

    Care without a known prescriber counts at pharmacies only: elsewhere several departments would look like one.

    Args:
        context: the data.
        least: bills of one day that are several.
        across: whether the bills of different prescribers are put together, instead of those of the same one; a
            split day has several prescribers then, and pharmacies are left out.
    """
    key = CARE_DAY if across else BILL_DAY
    net: pl.LazyFrame = context.views["net_settlements"].to_native()
    herbs: pl.LazyFrame = (
        context.whole.charge_lines.filter(nw.col("item_kind") == "tcm").select("settlement_id").to_native()
    )
    assessable: pl.LazyFrame = context.assessable.settlements.select("settlement_id").to_native()
    known = pl.col("prescriber_id").is_not_null() | ((pl.col("care_type") == "pharmacy") & (not across))
    bills = (
        net.filter(pl.col("care_type").is_in(_KINDS), known, pl.col("total_amount") > 0)
        .join(assessable, on="settlement_id", how="semi")
        .select("settlement_id", *BILL_DAY, net="total_amount")
        .with_columns(of_day=pl.len().over(key))
        .collect()
    )
    several = bills.filter(pl.col("of_day") >= least).join(herbs.collect(), on="settlement_id", how="anti")
    by_several = pl.col("prescriber_id").n_unique().over(key) > int(across)
    standing = several.filter(pl.len().over(key) >= least, by_several)
    days = bills.group_by("provider_id", "person_id", "care_type").agg(
        days=pl.col("settled_day").n_unique().cast(pl.Int64)
    )
    split = standing.group_by("provider_id", "person_id", "care_type").agg(
        split=pl.col("settled_day").n_unique().cast(pl.Int64)
    )
    visits = days.join(split, on=["provider_id", "person_id", "care_type"], how="left")
    of_split = bills.join(standing.select("settlement_id"), on="settlement_id", how="semi")
    usual = bills.join(standing.select("settlement_id"), on="settlement_id", how="anti").filter(
        pl.col("of_day") < least
    )
    return BillDays(
        pl.concat([of_split, usual]).sort("settlement_id"),
        visits.with_columns(pl.col("split").fill_null(0)).sort("provider_id", "person_id", "care_type"),
    )
