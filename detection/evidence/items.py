"""Pieces of evidence: one detector's view of one subject, in the unit of `models.evidence.unit`."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from models.evidence.unit import MOST

ITEMS: dict[str, pl.DataType] = {
    "subject_kind": pl.String(),
    "subject_id": pl.String(),
    "detector": pl.String(),
    "value": pl.Float64(),
    "observed": pl.Float64(),
    "expected": pl.Float64(),
}
"""One row per subject and detector.

``value`` is the evidence, 0 to 6; ``observed`` and ``expected`` are the counts behind it, null where a detector has
none. Ids are as in the data.
"""

KEYS = ("subject_kind", "subject_id", "detector")


def items_of(detector: str, returned: pl.DataFrame) -> pl.DataFrame:
    """The items of one detector's ``evidence`` function.

    Args:
        detector: its name.
        returned: ``subject_kind``, ``subject_id``, ``value``, and optionally ``observed`` and ``expected``.

    Returns:
        Columns of `ITEMS`; rows without a subject or without evidence are left out.
    """
    columns = {
        name: pl.col(name) if name in returned.columns else pl.lit(None)
        for name in ITEMS
        if name != "detector"
    }
    return strongest(
        [
            returned.select(
                columns[name].cast(kind).alias(name) if name in columns else pl.lit(detector).alias(name)
                for name, kind in ITEMS.items()
            )
        ]
    )


def strongest(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """All items, each subject and detector once with its largest value, sorted."""
    whole = pl.concat([pl.DataFrame(schema=ITEMS), *parts])
    return (
        whole.drop_nulls(["subject_kind", "subject_id"])
        .with_columns(pl.col("value").fill_nan(0.0).clip(0.0, MOST))
        .filter(pl.col("value") > 0)
        # A sum's last digits depend on the order of rows.
        .with_columns(pl.col("value", "observed", "expected").round(9))
        .sort([*KEYS, "value", "observed", "expected"], descending=[False, False, False, True, True, True])
        .unique(list(KEYS), keep="first", maintain_order=True)
    )
