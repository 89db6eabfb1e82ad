"""Correct links between settlements and their refunds that an export writes in another way.

Some exports name the refund at its original, and some write one word, such as 0, in every row that takes nothing back.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from features.contract.vocabulary import PAYER_COLUMNS

SETTLEMENT, REVERSES, TOTAL = "settlement_id", "reverses_settlement_id", "total_amount"
TURNED = "links of settlements to their refunds, turned round"
NO_LINK = "a word that many rows have where they take nothing back"
"""What is corrected, as it is counted."""
_MOST_REFUNDS = 10
"""Positive rows that may name one settlement that is not in the data; more name none."""
_NAMED, _NEW = "\0named ", "\0new"


def correct_links(parts: Sequence[Path], columns: Sequence[str]) -> dict[str, int]:
    """Turn links round that lead from a settlement to its refund, and clear those that lead nowhere.

    Memory: the positive rows that name a settlement, and those that they name.

    Args:
        parts: the accepted settlements; those with such links are written again.
        columns: contract columns that they have.

    Returns:
        Corrected rows by what was corrected.
    """
    if REVERSES not in columns:
        return {}
    amounts = [TOTAL, *(name for name in PAYER_COLUMNS if name in columns)]
    rows = pl.scan_parquet(list(parts))
    naming = pl.col(REVERSES).is_not_null() & (pl.col(REVERSES) != pl.col(SETTLEMENT))
    positive = rows.filter(naming, pl.col(TOTAL) > 0).select(SETTLEMENT, REVERSES, *amounts).collect()
    if positive.is_empty():
        return {}
    compared = [*amounts, REVERSES]
    named = (
        rows.join(
            positive.lazy().select(pl.col(REVERSES).alias(SETTLEMENT)).unique(), on=SETTLEMENT, how="semi"
        )
        .select(pl.col(SETTLEMENT).alias(_NEW), *(pl.col(name).alias(_NAMED + name) for name in compared))
        .collect()
    )
    known = positive.join(named, left_on=REVERSES, right_on=_NEW, how="left").sort(SETTLEMENT)
    opposite = pl.all_horizontal(pl.col(name).eq_missing(-pl.col(_NAMED + name)) for name in amounts)
    # A refund that names another settlement takes that one back.
    free = pl.col(_NAMED + REVERSES).is_null() | (pl.col(_NAMED + REVERSES) == pl.col(SETTLEMENT))
    turned = known.filter(opposite, free, pl.col(_NAMED + TOTAL) < 0)
    turned = turned.unique(REVERSES, keep="first", maintain_order=True)
    lost = known.filter(pl.col(_NAMED + TOTAL).is_null(), pl.len().over(REVERSES) > _MOST_REFUNDS)
    nothing = pl.lit(None, dtype=pl.String).alias(_NEW)
    changed = pl.concat(
        [
            turned.select(pl.col(REVERSES).alias(SETTLEMENT), pl.col(SETTLEMENT).alias(_NEW)),
            turned.select(SETTLEMENT, nothing),
            lost.select(SETTLEMENT, nothing),
        ]
    )
    _write(parts, changed)
    return {TURNED: turned.height, NO_LINK: lost.height}


def _write(parts: Sequence[Path], changed: pl.DataFrame) -> None:
    for part in parts if changed.height else ():
        here = pl.read_parquet(part).join(
            changed.with_columns(_changed=pl.lit(value=True)),
            on=SETTLEMENT,
            how="left",
            maintain_order="left",
        )
        if here["_changed"].any():
            new = pl.when("_changed").then(_NEW).otherwise(REVERSES).alias(REVERSES)
            here.with_columns(new).drop("_changed", _NEW).write_parquet(part)
