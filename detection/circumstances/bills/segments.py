"""Segments of the year: some funds pay a larger share once a person's costs of the year are beyond a line.

Nothing is read from policy: a share above the practice is that of a segment where most bills at other providers are
above theirs, too, of people of the category whose costs of the year are at least as high.
"""

from __future__ import annotations

import polars as pl

from detection.circumstances.paid_ratios import GROUP
from features.money import FEN_PER_YUAN

_BILLS = 20
"""Bills at other providers of which a share says something about a segment."""
_MOST = 0.5
"""Share of those bills that are above the practice, from which the segment explains it."""


def explained_by_segment(priced: pl.DataFrame) -> pl.DataFrame:
    """Bills above the practice of their cell that the costs of the year explain.

    Args:
        priced: settlement_id, person_id, provider_id, settled_at, base (fen) and `GROUP`; ``wrong`` for bills
            above the practice.

    Returns:
        settlement_id, sorted.
    """
    year = ["person_id", *GROUP]
    costs = pl.col("base").cum_sum().over(year) / FEN_PER_YUAN
    # Half octaves: a line lies inside of one band, and is crossed within it.
    banded = priced.sort(*year, "settled_at", "settlement_id").with_columns(
        band=(2 * (costs.clip(0) + 1).log(2)).floor()
    )
    kind = ["scheme", "person_category"]
    band = [*kind, "band"]
    counted = [pl.len().cast(pl.Int64).alias("bills"), pl.col("wrong").sum().cast(pl.Int64).alias("above")]
    own = _as_high(banded.group_by(*band, "provider_id").agg(counted), [*kind, "provider_id"])
    everywhere = _as_high(banded.group_by(band).agg(counted), kind)
    others, above = pl.col("bills_right") - pl.col("bills"), pl.col("above_right") - pl.col("above")
    usual = own.join(everywhere, on=band).filter(others >= _BILLS, above >= _MOST * others)
    return (
        banded.filter("wrong")
        .join(usual, on=[*band, "provider_id"], how="semi")
        .select("settlement_id")
        .sort("settlement_id")
    )


def _as_high(counted: pl.DataFrame, of: list[str]) -> pl.DataFrame:
    """The counts of each band and all higher ones together."""
    return counted.sort(*of, "band").with_columns(pl.col("bills", "above").cum_sum(reverse=True).over(of))
