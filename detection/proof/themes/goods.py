"""What was bought: items by name with their amounts, the largest first."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.proof.evidence import EvidenceRows, day_text
from features.contract.vocabulary import PHARMACY, UNKNOWN

_MOST_ITEMS = 5
_QUANTITY = 10_000
_NAME = pl.coalesce("item_name", "item_code").alias("name")


def items(evidence: EvidenceRows) -> pl.DataFrame:
    """The main items of the bill, and the longest supply of an item in days."""
    lines = evidence.lines
    supply = lines.group_by("settlement_id").agg(
        supply_days=(pl.col("days_supply").max() / _QUANTITY).round().cast(pl.Int64)
    )
    return _of_rows(evidence, _main(lines, "items").join(supply, on="settlement_id"))


def goods(evidence: EvidenceRows) -> pl.DataFrame:
    """Items that the list of the day forbids accounts to pay, or that are not on a pharmacy's list."""
    day, policy = nw.col("service_day"), evidence.context.policy
    kind = nw.when(nw.col("item_kind") != UNKNOWN).then(nw.col("item_kind"))
    prohibited = policy.listed("account_use.prohibited_items", kind, day).fill_null(False)
    unlisted = ~policy.listed("account_use.pharmacy_items", kind, day).fill_null(True)
    bills = evidence.settlements.select("settlement_id", "service_day", "care_type")
    lines = nw.from_native(evidence.lines.join(bills, on="settlement_id").lazy())
    named: pl.LazyFrame = lines.filter(
        prohibited | (unlisted & (nw.col("care_type") == PHARMACY))
    ).to_native()
    return _of_rows(evidence, _main(named.collect(), "goods"))


def repeated(evidence: EvidenceRows) -> pl.DataFrame:
    """Items that the person was charged at the place more than once on the day, as often for as much."""
    same = ["person_id", "provider_id", "service_day"]
    bills = evidence.of_people(["settlement_id", *same]).unique("settlement_id")
    of_days = bills.join(evidence.settlements.select(same).unique(), on=same, how="semi")
    lines = evidence.matching(evidence.table("charge_lines"), of_days, "settlement_id").filter(
        pl.col("amount") > 0
    )
    charge = [*same, "item_code", "quantity", "amount"]
    again = lines.join(of_days, on="settlement_id").filter(pl.len().over(charge) > 1)
    own = again.join(evidence.rows.select("settlement_id").unique(), on="settlement_id", how="semi")
    return _of_rows(evidence, _main(own, "repeated_items"))


def limited(evidence: EvidenceRows) -> pl.DataFrame:
    """Items that the reference keeps to a sex, to ages, or to an interval; when one was used last, and the interval."""
    limits = evidence.table("item_reference").select(
        "item_code", "sex_only", "age_min", "age_max", "min_interval_days"
    )
    known = limits.filter(pl.any_horizontal(pl.exclude("item_code").is_not_null())).collect()
    lines = evidence.lines.join(known, on="item_code")
    return _of_rows(
        evidence, _main(lines, "limited_items").join(_uses(evidence, lines), on="settlement_id", how="left")
    )


def _uses(evidence: EvidenceRows, lines: pl.DataFrame) -> pl.DataFrame:
    """The last use before, of items with a least interval: settlement_id, last_done, least_interval."""
    spaced = lines.filter(pl.col("min_interval_days").is_not_null())
    bills = evidence.of_people(["settlement_id", "person_id", "service_day"])
    used = evidence.matching(evidence.table("charge_lines"), bills, "settlement_id").filter(
        pl.col("amount") > 0
    )
    before = used.join(bills, on="settlement_id").select("item_code", "person_id", earlier="service_day")
    own = spaced.join(bills, on="settlement_id")
    return (
        own.join(before, on=["item_code", "person_id"])
        .filter(pl.col("earlier") < pl.col("service_day"))
        .group_by("settlement_id")
        .agg(pl.col("earlier").max(), least_interval=pl.col("min_interval_days").max())
        .select("settlement_id", "least_interval", last_done=day_text("earlier"))
    )


def _main(lines: pl.DataFrame, column: str) -> pl.DataFrame:
    """The items of each bill as name and fen, the largest first."""
    summed = (
        lines.select("settlement_id", _NAME, "amount")
        .group_by("settlement_id", "name")
        .agg(pl.col("amount").sum())
    )
    pair = pl.struct("name", "amount")
    return (
        summed.sort("settlement_id", pl.col("amount").abs(), "name", descending=[False, True, False])
        .group_by("settlement_id", maintain_order=True)
        .agg(pair.head(_MOST_ITEMS).alias(column))
    )


def _of_rows(evidence: EvidenceRows, by_bill: pl.DataFrame) -> pl.DataFrame:
    return (
        evidence.rows.select("row", "settlement_id").join(by_bill, on="settlement_id").drop("settlement_id")
    )
