"""Medicine that a relative or a helper fetches while the patient is with the doctor.

That is lawful, and nobody registers it. Three things show it: the prescription is of that very visit, the same
pharmacy follows the doctor each time, or a recorded relative is a customer of the pharmacy.
"""

from __future__ import annotations

import polars as pl

from detection.circumstances.travel.pairs import SIDES
from detection.detectors.context import DetectorContext


def without_fetched(pairs: pl.DataFrame, context: DetectorContext) -> pl.DataFrame:
    """The pairs that no such purchase explains.

    Args:
        pairs: of `detection.circumstances.travel.pairs.hasty_pairs`.
        context: the data.
    """
    sided = _with_sides(pairs, context)
    of_visit = (pl.col("prescriber_id") == pl.col("prescriber_id_before")).fill_null(value=False)
    mixed = pl.col("sells") != pl.col("sells_before")
    doctor_first = pl.col("sells") & ~pl.col("sells_before")
    several = pl.len().over("person") > 1
    each_time = doctor_first.all().over("person") & (pl.col("provider").n_unique().over("person") == 1)
    explained = mixed & (of_visit | (several & each_time) | pl.col("of_relative"))
    return sided.filter(~explained).select(pairs.columns)


def _with_sides(pairs: pl.DataFrame, context: DetectorContext) -> pl.DataFrame:
    """The pairs with sells (a pharmacy) and prescriber_id of both sides, and of_relative (the pharmacy's customer)."""
    settled: pl.LazyFrame = context.whole.settlements.select("settlement_id", "prescriber_id").to_native()
    codes: pl.LazyFrame = context.views["provider_codes"].to_native()
    kinds: pl.LazyFrame = context.whole.providers.select("provider_id", "provider_kind").to_native()
    sells = codes.join(kinds, on="provider_id", how="left").select(
        "provider", sells=(pl.col("provider_kind") == "pharmacy").fill_null(value=False)
    )
    both = pairs.lazy()
    for side in SIDES:
        ids, providers = f"settlement_id{side}", f"provider{side}"
        both = both.join(
            settled.rename({"settlement_id": ids, "prescriber_id": f"prescriber_id{side}"}),
            on=ids,
            how="left",
        ).join(sells.rename({"provider": providers, "sells": f"sells{side}"}), on=providers, how="left")
    shop = pl.when("sells").then("provider").otherwise("provider_before")
    customers = _customers_among_relatives(pairs, context)
    return (
        both.with_columns(shop=shop)
        .join(customers.lazy(), on=["person", "shop"], how="left")
        .with_columns(pl.col("of_relative").fill_null(value=False))
        .sort("person", "settled_minute", "settlement_id")
        .collect()
    )


def _customers_among_relatives(pairs: pl.DataFrame, context: DetectorContext) -> pl.DataFrame:
    """Where recorded relatives of the pairs' persons have settled: person, shop (provider code), of_relative."""
    codes: pl.LazyFrame = context.views["person_codes"].to_native()
    given: pl.LazyFrame = context.whole.family_authorizations.select("payer_id", "beneficiary_id").to_native()
    both_ways = pl.concat(
        [
            given.select(person_id="payer_id", relative_id="beneficiary_id"),
            given.select(person_id="beneficiary_id", relative_id="payer_id"),
        ]
    )
    net: pl.LazyFrame = context.views["net_settlements"].to_native()
    return (
        codes.join(pairs.lazy().select("person").unique(), on="person", how="semi")
        .join(both_ways, on="person_id", how="inner")
        .join(net.select(relative_id="person_id", shop="provider"), on="relative_id", how="inner")
        .select("person", "shop", of_relative=pl.lit(value=True))
        .unique()
        .collect()
    )
