"""Where the prescriber of a bill sees patients."""

from __future__ import annotations

import polars as pl

from detection.proof.evidence import EvidenceRows
from features.contract.vocabulary import PHARMACY


def institution(evidence: EvidenceRows) -> pl.DataFrame:
    """The institution, other than pharmacies, that names the prescriber most often."""
    own = evidence.settled.select("row", "prescriber_id").drop_nulls()
    seen = evidence.table("settlements").filter(pl.col("care_type") != PHARMACY)
    counted = (
        evidence.matching(seen.select("prescriber_id", "provider_id"), own, "prescriber_id")
        .group_by("prescriber_id", "provider_id")
        .agg(times=pl.len())
        .sort("prescriber_id", "times", "provider_id", descending=[False, True, False])
        .unique("prescriber_id", keep="first", maintain_order=True)
    )
    return own.join(counted, on="prescriber_id").select("row", prescriber_place="provider_id")
