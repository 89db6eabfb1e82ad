"""Evidence of people who hold more packs of drugs than they need, as detectors return it."""

from __future__ import annotations

import polars as pl

from detection.detectors.context import DetectorContext


def about_holders(people: pl.DataFrame, context: DetectorContext) -> pl.LazyFrame:
    """Evidence about persons, of those that have any; observed and expected are packs.

    Args:
        people: person (code), value (evidence), packs, expected.
        context: the data.
    """
    persons: pl.LazyFrame = context.views["person_codes"].to_native()
    return (
        people.lazy()
        .filter(pl.col("value") > 0)
        .join(persons, on="person", how="inner")
        .select(
            "value",
            "expected",
            subject_kind=pl.lit("person"),
            subject_id="person_id",
            observed="packs",
        )
    )
