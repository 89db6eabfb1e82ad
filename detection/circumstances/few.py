"""What is left after filtering, worked out once: a plan that is asked again would read everything again."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from features.registry import Frame


def few(rows: Frame) -> Frame:
    """The same rows, worked out and kept in memory. For some thousand rows, not for a whole table."""
    plan: pl.LazyFrame = rows.to_native()
    return nw.from_native(plan.collect(engine="streaming").lazy())
