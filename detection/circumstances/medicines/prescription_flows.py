"""Where the patients of a prescriber buy, and where they would be expected to.

The unit is the patient: a faithful customer is one choice, however often it is repeated.
"""

from __future__ import annotations

import polars as pl

from detection.detectors.context import DetectorContext

PAIR = ["prescriber_id", "provider"]


def prescribed_purchases(context: DetectorContext) -> pl.DataFrame:
    """Purchases at pharmacies on the prescription of a known institution's prescriber, net of reversals.

    Columns: settlement_id, person, provider, institution (codes), home, prescriber_id, late (whether the prescription
    was written after the sale), fen. The institution is where most of the prescriber's own patients are seen;
    a prescriber whom no institution names is left out.
    """
    net: pl.LazyFrame = context.views["net_settlements"].to_native()
    written: pl.LazyFrame = context.whole.settlements.select("settlement_id", "prescribed_minute").to_native()
    kinds: pl.LazyFrame = context.whole.providers.select("provider_id", "provider_kind").to_native()
    with_prescriber = net.filter(pl.col("prescriber_id").is_not_null()).join(
        kinds, on="provider_id", how="inner"
    )
    institutions = (
        with_prescriber.filter(pl.col("provider_kind") != "pharmacy")
        .group_by("prescriber_id", institution="provider")
        .agg(seen=pl.len())
        .sort("seen", "institution", descending=[True, False])
        .unique("prescriber_id", keep="first", maintain_order=True)
        .drop("seen")
    )
    return (
        with_prescriber.filter(pl.col("provider_kind") == "pharmacy")
        .join(institutions, on="prescriber_id", how="inner")
        .join(written, on="settlement_id", how="left")
        .join(homes(context), on="person", how="left")
        .select(
            "settlement_id",
            "person",
            "provider",
            "institution",
            "home",
            "prescriber_id",
            late=(pl.col("prescribed_minute") > pl.col("settled_minute")).fill_null(value=False),
            fen="total_amount",
        )
        .collect()
    )


def homes(context: DetectorContext) -> pl.LazyFrame:
    """The division where each person lives: person (code), home; else that of most of the person's providers."""
    net: pl.LazyFrame = context.views["net_settlements"].to_native()
    codes: pl.LazyFrame = context.views["person_codes"].to_native()
    lives: pl.LazyFrame = context.whole.persons.select("person_id", "region_code").to_native()
    stands: pl.LazyFrame = context.whole.providers.select("provider_id", "district_code").to_native()
    registered = codes.join(lives, on="person_id", how="left").select("person", "region_code")
    unknown = registered.filter(pl.col("region_code").is_null()).select("person")
    visited = (
        net.join(unknown, on="person", how="semi")
        .join(stands, on="provider_id", how="inner")
        .group_by("person", "district_code")
        .agg(seen=pl.len())
        .sort("seen", "district_code", descending=[True, False])
        .unique("person", keep="first", maintain_order=True)
    )
    return registered.join(visited, on="person", how="left").select(
        "person", home=pl.coalesce("region_code", "district_code", pl.lit(""))
    )


def pairs_of(purchases: pl.DataFrame) -> pl.DataFrame:
    """Prescriber and pharmacy: prescriber_id, provider, institution, patients, rows, late (rows), fen."""
    return (
        purchases.group_by(*PAIR, "institution")
        .agg(
            patients=pl.col("person").n_unique().cast(pl.Int64),
            rows=pl.len().cast(pl.Int64),
            late=pl.col("late").cast(pl.Int64).sum(),
            fen=pl.col("fen").sum(),
        )
        .sort(PAIR)
    )


def expected_by_home(purchases: pl.DataFrame, context: DetectorContext) -> pl.DataFrame:
    """How many of a prescriber's patients would buy at the pharmacy if they chose like their neighbors.

    Columns: those of `PAIR`, all (choices of the prescriber's patients), by_home. The pair's own patients are no
    neighbors of each other.
    """
    net: pl.LazyFrame = context.views["net_settlements"].to_native()
    sellers = context.whole.providers.to_native().filter(provider_kind="pharmacy").select("provider_id")
    customers = (
        net.join(sellers, on="provider_id", how="semi")
        .select("person", "provider")
        .unique()
        .join(homes(context), on="person", how="left")
        .group_by("home", "provider")
        .agg(customers=pl.len().cast(pl.Int64))
        .collect()
    )
    of_home = customers.group_by("home").agg(choices=pl.col("customers").sum())
    own = purchases.group_by(*PAIR, "home").agg(own=pl.col("person").n_unique().cast(pl.Int64))
    patients = own.group_by("prescriber_id", "home").agg(n=pl.col("own").sum())
    others = pl.col("customers").fill_null(0) - pl.col("own").fill_null(0)
    share = others / (pl.col("choices") - pl.col("own").fill_null(0)).clip(1)
    return (
        purchases.select(PAIR)
        .unique()
        .join(patients, on="prescriber_id")
        .join(customers, on=["home", "provider"], how="left")
        .join(own, on=[*PAIR, "home"], how="left")
        .join(of_home, on="home", how="left")
        .group_by(PAIR)
        .agg(all=pl.col("n").sum(), by_home=(pl.col("n") * share).sum())
    )


def of_colleagues(purchases: pl.DataFrame) -> pl.DataFrame:
    """What the other prescribers of the institution do: `PAIR`, others (their patients' choices), others_here."""
    choices = purchases.select("institution", "provider", "prescriber_id", "person").unique()
    here = choices.group_by("institution", "provider").agg(here=pl.len().cast(pl.Int64))
    everywhere = choices.group_by("institution").agg(everywhere=pl.len().cast(pl.Int64))
    own = choices.group_by("institution", *PAIR).agg(own=pl.len().cast(pl.Int64))
    own_all = choices.group_by("prescriber_id").agg(own_all=pl.len().cast(pl.Int64))
    return (
        own.join(here, on=["institution", "provider"])
        .join(everywhere, on="institution")
        .join(own_all, on="prescriber_id")
        .select(
            *PAIR,
            others=pl.col("everywhere") - pl.col("own_all"),
            others_here=pl.col("here") - pl.col("own"),
        )
    )
