"""What a person holds of the drugs that are often sold on: of all of them together, across providers.

Who buys to sell on takes turns between drugs and places, so that no use of a single drug stands out. A patient with
several such drugs takes all of them at once: the need is taken to be one day of each drug for each day from the first
to the last of these purchases, which is the most lenient.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from detection.circumstances.medicines.drug_uses import ELSEWHERE, days_of_a_pack
from detection.circumstances.registered import purchases_by_agents
from detection.detectors.context import DetectorContext
from features.registered import covered

_LEAST_SPAN = 30  # days: a shorter time counts as a month


def resold_drugs(context: DetectorContext, names: Sequence[str]) -> pl.LazyFrame:
    """Drugs that are often sold on: drug (as in `drug_purchases`), watched (on the item reference's list).

    Args:
        context: the data.
        names: parts of the names of items or substances; matched next to the list of the item reference.
    """
    lines: pl.LazyFrame = context.whole.charge_lines.to_native()
    items: pl.LazyFrame = context.whole.item_reference.select(
        "item_code", "substance", "watch_list"
    ).to_native()
    named = pl.any_horizontal(
        pl.col(column).str.contains(name, literal=True)
        for name in names
        for column in ("item_name", "substance")
    )
    return (
        lines.filter(pl.col("item_kind") == "drug")
        .select("item_code", "item_name")
        .unique()
        .join(items, on="item_code", how="left")
        .with_columns(watched=pl.col("watch_list").fill_null(value=False), named=named.fill_null(value=False))
        .filter(pl.col("watched") | pl.col("named"))
        .group_by(drug=pl.coalesce("substance", "item_code"))
        .agg(pl.col("watched").any())
    )


def not_by_agents(purchases: pl.LazyFrame, context: DetectorContext) -> pl.LazyFrame:
    """The purchases without those that an agent is registered to make: a household is expected to need more."""
    agents = purchases_by_agents(context.whole.registered_contexts)
    net = context.views["net_settlements"]
    foreseen: pl.LazyFrame = covered(net, agents, day="settled_day").select("settlement_id").to_native()
    return purchases.join(foreseen, on="settlement_id", how="anti")


def holdings(purchases: pl.LazyFrame, usual: pl.DataFrame, *, least_days: int) -> pl.DataFrame:
    """What each person with enough days of purchases holds.

    Args:
        purchases: columns of `drug_purchases`, of the drugs that are often sold on.
        usual: drug, usual (packs a month), see `drug_uses.usual_rates`.
        least_days: days of purchases.

    Returns:
        person, drugs, places, elsewhere, visits (days), packs, fen, expected (packs at the usual rates), supply and
        stated: days of supply for each day and drug, as in `long_uses`; supply is null where it is not known of a
        drug.
    """
    own = pl.col("settled_day")
    last = own == own.max().over("person")
    span = (own.max() - own.min()).clip(_LEAST_SPAN)
    per_drug = pl.col("usual").first().over("person", "drug") / pl.len().over("person", "drug")
    return (
        purchases.join(days_of_a_pack(purchases), on="drug", how="left")
        .join(usual.lazy(), on="drug", how="left")
        .with_columns(
            lasting=pl.when(last).then(0.0).otherwise(pl.coalesce("days", pl.col("packs") * pl.col("lasts"))),
            stated=pl.when(last).then(0.0).otherwise(pl.col("days").fill_null(0.0)),
            rate=per_drug,
        )
        .group_by("person")
        .agg(
            pl.col("packs", "fen", "stated").sum(),
            pl.col("rate").sum(),
            drugs=pl.col("drug").n_unique().cast(pl.Int64),
            places=pl.col("provider").n_unique().cast(pl.Int64),
            elsewhere=ELSEWHERE,
            visits=own.n_unique().cast(pl.Int64),
            span=span,
            lasting=pl.when(pl.col("lasting").is_not_null().all()).then(pl.col("lasting").sum()),
        )
        .filter(pl.col("visits") >= least_days)
        .with_columns(
            expected=pl.col("rate") * pl.col("span") / _LEAST_SPAN,
            supply=pl.col("lasting") / (pl.col("span") * pl.col("drugs")),
            stated=pl.col("stated") / (pl.col("span") * pl.col("drugs")),
        )
        .drop("rate", "span", "lasting")
        .sort("person")
        .collect()
    )
