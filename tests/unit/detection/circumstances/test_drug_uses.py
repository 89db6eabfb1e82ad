"""Days of supply of a use: what counts, and what the last purchase adds."""

from __future__ import annotations

import polars as pl

from detection.circumstances.medicines.drug_uses import long_uses

DAYS = range(0, 90, 18)


def purchases(stated: bool = True) -> pl.LazyFrame:
    """Ann buys two packs every eighteen days, and twenty on the last; a line of Bo says that a pack lasts nine."""
    ann = [
        {"person": 1, "provider": 1, "settled_day": day, "packs": 2.0, "days": 18.0 if stated else None}
        for day in DAYS
    ]
    ann.append({"person": 1, "provider": 1, "settled_day": 90, "packs": 20.0, "days": 180.0})
    bo = [{"person": 2, "provider": 2, "settled_day": 3, "packs": 1.0, "days": 9.0} for _ in range(5)]
    return pl.LazyFrame([*ann, *bo]).with_columns(
        pl.col("settled_day").cast(pl.Int32), drug=pl.lit("d"), fen=pl.lit(100), watched=pl.lit(value=False)
    )


def test_what_the_last_purchase_gave_is_for_the_days_after_it() -> None:
    use = long_uses(purchases(), least_days=6).row(0, named=True)
    assert use["supply"] == 1.0
    assert use["packs"] == 30.0


def test_days_that_no_purchase_states_are_estimated_apart_from_those_stated() -> None:
    use = long_uses(purchases(stated=False), least_days=6).row(0, named=True)
    assert use["supply"] == 1.0
    assert use["stated"] == 0.0
    assert long_uses(purchases(), least_days=6)["stated"].to_list() == [1.0]


def test_days_that_a_purchase_states_go_before_what_packs_usually_last() -> None:
    small_packs = purchases().with_columns(
        days=pl.when(pl.col("person") == 1).then(9.0).otherwise(pl.col("days"))
    )
    many_of_bo = pl.LazyFrame(
        [{"person": 3, "provider": 2, "settled_day": 3, "packs": 1.0, "days": 9.0}] * 20
    )
    others = many_of_bo.with_columns(
        pl.col("settled_day").cast(pl.Int32), drug=pl.lit("d"), fen=pl.lit(100), watched=pl.lit(value=False)
    )
    use = long_uses(pl.concat([small_packs, others]), least_days=6).row(0, named=True)
    assert use["supply"] == use["stated"] == 0.5
