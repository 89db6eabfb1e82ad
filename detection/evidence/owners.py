"""Evidence about providers of one owner: a little of what points to one counts for the others."""

from __future__ import annotations

import polars as pl

from detection.evidence.of_alerts import TOUCHED
from detection.evidence.pieces import PIECES
from models.evidence.unit import ALERT

_MOST_PROVIDERS = 10
"""Providers of one owner: the shops of a large chain say nothing about each other."""
_OWN_ROLES = ("subject", "returned")


def pieces_of_owners(pieces: pl.DataFrame, providers: pl.DataFrame) -> pl.DataFrame:
    """Pieces of providers whose legal representative has another provider with evidence of an alert.

    As much as for whoever is involved in a case and no more: enough to stand before those whom nothing points to, and
    too little to be a lead.

    Args:
        pieces: of all detectors, columns of `PIECES`.
        providers: provider_id, owner_id; null where the owner is not known.

    Returns:
        Columns of `PIECES`, role ``owner``.
    """
    owned = providers.drop_nulls(["provider_id", "owner_id"]).unique()
    owned = owned.filter(pl.len().over("owner_id").is_between(2, _MOST_PROVIDERS))
    known = pieces.filter(
        pl.col("subject_kind") == "provider", pl.col("role").is_in(_OWN_ROLES), pl.col("value") >= ALERT
    )
    others = owned.rename({"provider_id": "other_id"})
    return (
        known.join(owned, left_on="subject_id", right_on="provider_id")
        .join(others, on="owner_id")
        .filter(pl.col("other_id") != pl.col("subject_id"))
        .select(
            "subject_kind",
            "detector",
            "value",
            subject_id="other_id",
            observed=pl.lit(None, pl.Float64),
            expected=pl.lit(None, pl.Float64),
            share=pl.lit(TOUCHED),
            role=pl.lit("owner"),
            case=pl.lit(None, pl.String),
        )
        .select(list(PIECES))
        .unique()
        .sort(list(PIECES), nulls_last=True)
    )
