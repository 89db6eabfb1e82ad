"""Whether evidence is calibrated: on innocent subjects, evidence of 2 should occur in one population of a hundred."""

from __future__ import annotations

import polars as pl

from detection.evaluation.truth import Truth
from models.evidence.unit import ALERT, LEAD

LEVELS = (LEAD, ALERT, 3.0)


def calibration(truth: Truth, items: pl.DataFrame) -> pl.DataFrame:
    """How many innocent subjects each detector gives evidence from each level on, next to how many it should.

    Args:
        truth: what is wrong; its suspects and those involved are left out.
        items: ``subject_kind``, ``subject_id``, ``detector``, ``value``, exact ids.

    Returns:
        detector, subject_kind, level, innocent (how many), expected (10 to the power of minus the level); sorted.
        Only a population without anything wrong shows the null alone: elsewhere the unlabeled counts as innocent.
    """
    labeled = {
        (kind, identity)
        for kind in items["subject_kind"].unique()
        for identity in truth.suspects(kind) | truth.involved.get(kind, set())
    }
    known = pl.DataFrame(
        sorted(labeled), schema={"subject_kind": pl.String, "subject_id": pl.String}, orient="row"
    )
    innocent = items.join(known, on=["subject_kind", "subject_id"], how="anti")
    parts = [
        innocent.group_by("detector", "subject_kind")
        .agg(innocent=(pl.col("value") >= level).sum().cast(pl.Int64))
        .with_columns(level=pl.lit(level), expected=pl.lit(10**-level))
        for level in LEVELS
    ]
    return (
        pl.concat(parts)
        .select("detector", "subject_kind", "level", "innocent", "expected")
        .sort("detector", "subject_kind", "level")
    )
