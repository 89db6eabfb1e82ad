"""Settlements whose time or place is weak evidence of where the person was."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl

from detection.circumstances.registered import purchases_by_agents
from detection.detectors.context import DetectorContext
from features.registered import covered

_DAY = 24 * 60  # minutes


def bought_by_others(settled: pl.DataFrame, context: DetectorContext) -> pl.DataFrame:
    """Ids of the settlements that an agent made for the person, by a registered context.

    Args:
        settled: settlement_id, person, provider (codes), settled_day; few.
        context: the data. A purchase by an agent names the person, and a provider or any.
    """
    rows = (
        nw.from_native(settled.lazy())
        .join(context.views["person_codes"], on="person", how="inner")
        .join(context.views["provider_codes"], on="provider", how="inner")
    )
    by_agents = purchases_by_agents(context.whole.registered_contexts)
    bought: pl.LazyFrame = covered(rows, by_agents, day="settled_day").to_native()
    return bought.select("settlement_id").unique().collect()


def bunched(
    settled: pl.DataFrame, context: DetectorContext, *, minutes: int, percent: int, least: int
) -> pl.DataFrame:
    """Ids of the settlements that were entered in a bunch: a queue typed in afterwards has no times of its own.

    Args:
        settled: settlement_id, provider (code), settled_minute, settled_day; few.
        context: whose settlements are counted.
        minutes: how far around a settlement others are counted.
        percent: share of the provider's settlements of the day that makes a bunch.
        least: settlements that make a bunch.
    """
    net: pl.LazyFrame = context.views["net_settlements"].to_native()
    horizon = settled["settled_minute"].max()
    if settled.is_empty() or not isinstance(horizon, int):
        return settled.select("settlement_id")
    # Minutes of all providers in one sorted row, each provider's apart from the next one's.
    apart = 2 * (horizon + _DAY)
    place = pl.col("provider").cast(pl.Int64) * apart
    known = net.filter(pl.col("settled_minute") <= horizon + _DAY)
    line = known.select(at=place + pl.col("settled_minute")).collect()["at"].sort().to_numpy()
    own = settled.select(
        at=place + pl.col("settled_minute"), day=place + pl.col("settled_day").cast(pl.Int64) * _DAY
    )
    at, day = own["at"].to_numpy(), own["day"].to_numpy()
    around = np.searchsorted(line, at + minutes, "right") - np.searchsorted(line, at - minutes, "left")
    of_day = np.searchsorted(line, day + _DAY, "left") - np.searchsorted(line, day, "left")
    return settled.filter((around >= least) & (100 * around >= percent * of_day)).select("settlement_id")


def sold_at_a_distance(
    settled: pl.DataFrame, context: DetectorContext, *, percent: int, least: int
) -> pl.DataFrame:
    """Ids of purchases at pharmacies most of whose customers live in another district: they may sell by post.

    A code that ends in 00 names a whole city or province, and says nothing of the district.

    Args:
        settled: settlement_id, provider (code); few.
        context: whose settlements are counted; without both districts, no settlement is returned.
        percent: share of a pharmacy's customers.
        least: customers whose district is known, below which a pharmacy is not assessed.
    """
    net: pl.LazyFrame = context.views["net_settlements"].to_native()
    lives: pl.LazyFrame = context.whole.persons.select("person_id", "region_code").to_native()
    stands: pl.LazyFrame = context.whole.providers.select(
        "provider_id", "provider_kind", "district_code"
    ).to_native()
    pharmacies = stands.filter(
        pl.col("provider_kind") == "pharmacy", ~pl.col("district_code").str.ends_with("00")
    )
    homes = lives.filter(~pl.col("region_code").str.ends_with("00"))
    sellers = (
        net.join(settled.lazy().select("provider").unique(), on="provider", how="semi")
        .select("provider", "provider_id", "person_id")
        .unique()
        .join(pharmacies, on="provider_id", how="inner")
        .join(homes, on="person_id", how="inner")
        .group_by("provider")
        .agg(
            away=(pl.col("region_code") != pl.col("district_code")).cast(pl.Int64).sum(),
            customers=pl.len().cast(pl.Int64),
        )
        .filter(pl.col("customers") >= least, 100 * pl.col("away") >= percent * pl.col("customers"))
    )
    return settled.lazy().join(sellers, on="provider", how="semi").select("settlement_id").collect()
