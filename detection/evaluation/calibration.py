"""Whether evidence is calibrated: on innocent subjects, evidence of 2 should occur in one population of a hundred."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from detection.evaluation.truth import Truth
from models.evidence.unit import ALERT, LEAD

LEVELS = (LEAD, ALERT, 3.0)
"""Levels of the table."""

CURVE = (LEAD, 1.5, ALERT, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0)
"""Levels of the picture."""


def calibration(truth: Truth, items: pl.DataFrame, levels: Sequence[float] = LEVELS) -> pl.DataFrame:
    """How many innocent subjects each detector gives evidence from each level on, next to how many it should.

    Args:
        truth: what is wrong; its suspects and those involved are left out.
        items: ``subject_kind``, ``subject_id``, ``detector``, ``value``, exact ids.
        levels: of evidence.

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
        for level in levels
    ]
    return (
        pl.concat(parts)
        .select("detector", "subject_kind", "level", "innocent", "expected")
        .sort("detector", "subject_kind", "level")
    )
