"""Which features each model uses: a plain list in code, versioned by git.

A name that the data at hand cannot give, or that nobody has, is left out of the fit and said so.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from features.registry import Entity, Feature

FEATURE_SETS: dict[Entity, tuple[str, ...] | None] = {"person": None, "provider": None, "payer_account": None}
"""Names by entity; None is every registered feature."""


def fitting(
    entity: Entity, features: pl.DataFrame, declared: Sequence[Feature]
) -> tuple[list[Feature], dict[str, str]]:
    """The declarations of the features that a model of these data uses, by name, and what is left out and why."""
    wanted = FEATURE_SETS[entity]
    used: list[Feature] = []
    left_out: dict[str, str] = {}
    for one in sorted(declared, key=lambda feature: feature.name):
        if wanted is not None and one.name not in wanted:
            continue
        if one.name not in features.columns:
            left_out[one.name] = "not assessable in these data"
        elif features[one.name].is_null().all():
            left_out[one.name] = "applies to nobody in these data"
        else:
            used.append(one)
    return used, left_out
