"""Pieces of evidence before the strongest of each detector is taken: whose they are, and why.

They are kept with a run, so that another share or weight can be tried without running again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import polars as pl

from detection.evidence.items import ITEMS, strongest

Role = Literal["subject", "spread", "touched", "place", "owner", "returned"]
"""Why a piece counts for its subject: the subject of the case, involved with a share of the card's, involved without
one, a place at which several subjects have a case, a provider whose owner has another one with a case, or returned by
the detector itself."""

PIECES: dict[str, pl.DataType] = {
    **ITEMS,
    "share": pl.Float64(),
    "role": pl.String(),
    "case": pl.String(),
}
"""Columns of `detection.evidence.items.ITEMS`, where ``value`` is the evidence of the whole case, 0 to 6.

``share`` of it counts for the subject, 0 to 1. ``case`` is the alert's id, also of a case that is too small for an
alert; null where there is no case or are several.
"""


def returned_pieces(items: pl.DataFrame) -> pl.DataFrame:
    """The items that a detector's ``evidence`` function returned, as `PIECES`."""
    return items.with_columns(
        share=pl.lit(1.0), role=pl.lit("returned"), case=pl.lit(None, pl.String)
    ).select(list(PIECES))


def all_pieces(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The pieces of all detectors, sorted."""
    return pl.concat([pl.DataFrame(schema=PIECES), *parts]).sort(list(PIECES), nulls_last=True)


def items_of_pieces(pieces: pl.DataFrame) -> pl.DataFrame:
    """Each subject and detector once with its largest share of a case: columns of `ITEMS`."""
    return strongest([pieces.with_columns(value=pl.col("value") * pl.col("share")).select(list(ITEMS))])
