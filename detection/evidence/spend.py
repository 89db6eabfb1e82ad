"""What subjects that no model ranked moved of the fund's money, as a rank next to their risk."""

from __future__ import annotations

import polars as pl

from detection.detectors.context import DetectorContext
from models.scoring import SCHEMA

_MONEY = ["pool_paid", "account_paid", "mutual_aid_paid"]


def with_spend_rank(ranked: pl.DataFrame, kind: str, context: DetectorContext) -> pl.DataFrame:
    """A list of risks with ``spend_rank`` among all subjects of the kind in the data; 1 is the most.

    A rank that the model gave stays. Groups are returned as they are: no money can be told apart for them.
    """
    if not ranked["spend_rank"].null_count():
        return ranked
    spend = _spend(kind, context)
    if spend is None:
        return ranked
    by_id = spend.select(
        "entity_id", ranked_by_spend=pl.col("fen").rank("min", descending=True).cast(pl.Int64)
    )
    order = ranked.columns
    return (
        ranked.join(by_id, on="entity_id", how="left", maintain_order="left")
        .with_columns(spend_rank=pl.coalesce("spend_rank", "ranked_by_spend").cast(SCHEMA["spend_rank"]))
        .select(order)
    )


def _spend(kind: str, context: DetectorContext) -> pl.DataFrame | None:
    """Fen of every subject of a kind: entity_id, fen; None for kinds of which it is not computed here."""
    net: pl.LazyFrame = context.views["net_settlements"].to_native()
    owners = ("person_id", "provider_id", "prescriber_id", "mutual_aid_payer_id")
    paid = net.select("settlement_id", *owners, *_MONEY, fen=pl.sum_horizontal(_MONEY))
    match kind:
        case "person" | "provider":
            owned = paid.rename({f"{kind}_id": "entity_id"})
        case "payer_account":
            own = paid.select(entity_id="person_id", fen="account_paid")
            others = paid.select(entity_id="mutual_aid_payer_id", fen="mutual_aid_paid")
            owned = pl.concat([own, others])
        case "prescriber":
            owned = paid.rename({"prescriber_id": "entity_id"})
        case "operator":
            operators: pl.LazyFrame = context.whole.settlements.select(
                "settlement_id", entity_id="operator_id"
            ).to_native()
            owned = paid.join(operators, on="settlement_id", how="inner")
        case "employer":
            owned = paid.join(_employers(context), on="person_id", how="inner")
        case _:
            return None
    sums = (
        owned.filter(pl.col("entity_id").is_not_null())
        .group_by("entity_id")
        .agg(pl.col("fen").sum())
        .sort("entity_id")
        .collect()
    )
    return context.whole.in_text(sums, "entity_id")


def _employers(context: DetectorContext) -> pl.LazyFrame:
    """The last employer of each person: person_id, entity_id."""
    enrolled: pl.LazyFrame = context.whole.enrolments.select(
        "person_id", "start_day", entity_id="employer_id"
    ).to_native()
    return (
        enrolled.filter(pl.col("entity_id").is_not_null())
        .sort("person_id", "start_day", "entity_id")
        .group_by("person_id")
        .agg(pl.col("entity_id").last())
    )
