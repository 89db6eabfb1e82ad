"""Whether what was bought fits the diagnosis, as all other patients show."""

from __future__ import annotations

import polars as pl

from detection.detectors.context import DetectorContext

_LEAST_LIFT = 6.0
_LEAST_LINES = 5


def indicated(context: DetectorContext, settlements: pl.DataFrame) -> pl.DataFrame:
    """The settlements with a diagnosis and items, with the share of their cost that fits the diagnosis.

    An item fits where it is sold for the diagnosis, to others than the person, several times as often as for any other.

    Args:
        context: whose charge lines are read; without them nothing is known.
        settlements: settlement_id, person_id and diagnosis_code; few.

    Returns:
        settlement_id, fitting and known (fen).
    """
    lines: pl.LazyFrame = context.whole.charge_lines.select(
        "settlement_id", "item_code", "amount"
    ).to_native()
    own = (
        lines.join(settlements.lazy(), on="settlement_id")
        .filter(pl.col("diagnosis_code").is_not_null())
        .collect()
    )
    items = own.select("item_code").unique()
    diagnosed: pl.LazyFrame = (
        context.whole.settlements.select("settlement_id", "person_id", "diagnosis_code")
        .to_native()
        .drop_nulls()
    )
    sold = (
        lines.join(items.lazy(), on="item_code", how="semi")
        .join(diagnosed, on="settlement_id")
        .group_by("item_code", "diagnosis_code")
        .agg(pl.col("person_id").n_unique().cast(pl.Int64).alias("people"))
        .collect()
    )
    patients = (
        diagnosed.group_by("diagnosis_code").agg(pl.col("person_id").n_unique().alias("patients")).collect()
    )
    everybody = int(diagnosed.select(pl.col("person_id").n_unique()).collect().item())
    of_item = pl.col("people").sum().over("item_code")
    lift = (pl.col("people") - 1) * everybody / (of_item * pl.col("patients"))
    fits = (lift >= _LEAST_LIFT) & (pl.col("people") >= _LEAST_LINES)
    fitting = (
        sold.join(patients, on="diagnosis_code").filter(fits).select("item_code", "diagnosis_code", fits=True)
    )
    return (
        own.join(fitting, on=["item_code", "diagnosis_code"], how="left")
        .group_by("settlement_id")
        .agg(
            pl.col("amount").filter(pl.col("fits").fill_null(False)).sum().alias("fitting"),
            pl.col("amount").sum().alias("known"),
        )
    )
