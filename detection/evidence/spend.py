"""What subjects without a model moved of the fund's money, as a rank next to their risk."""

from __future__ import annotations

import polars as pl

from detection.detectors.context import DetectorContext
from models.scoring import SCHEMA

_MONEY = ["pool_paid", "account_paid", "mutual_aid_paid"]


def with_spend_rank(ranked: pl.DataFrame, kind: str, context: DetectorContext) -> pl.DataFrame:
    """A list of risks with ``spend_rank`` among all prescribers, operators or employers of the data; 1 is the most.

    Other kinds are returned as they are: a model ranks them, or no money can be told apart for them.
    """
    spend = _spend(kind, context)
    if spend is None or ranked.is_empty():
        return ranked
    by_id = spend.select(
        "entity_id", ranked_by_spend=pl.col("fen").rank("min", descending=True).cast(pl.Int64)
    )
    order = ranked.columns
    return (
        ranked.join(by_id, on="entity_id", how="left", maintain_order="left")
        .with_columns(spend_rank=pl.col("ranked_by_spend").cast(SCHEMA["spend_rank"]))
        .select(order)
    )


def _spend(kind: str, context: DetectorContext) -> pl.DataFrame | None:
    """Fen of every subject of a kind: entity_id, fen; None for kinds of which it is not computed here."""
    net: pl.LazyFrame = context.views["net_settlements"].to_native()
    paid = net.select("settlement_id", "person_id", "prescriber_id", fen=pl.sum_horizontal(_MONEY))
    match kind:
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
    return (
        owned.filter(pl.col("entity_id").is_not_null())
        .group_by("entity_id")
        .agg(pl.col("fen").sum())
        .sort("entity_id")
        .collect()
    )


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
