"""Random populations for the tests of the models: declared features, skewed values, attributes, spend."""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl
from numpy.typing import NDArray

from features.registry import Direction, Entity, Feature


def declared(
    name: str, *, direction: Direction = "high", entity: Entity = "provider", unit: str = "visits per month"
) -> Feature:
    """A feature that is only declared; its values come with the population."""
    return Feature(
        name, entity, "visit_frequency", unit, direction, {}, False, "net", "declared", lambda: nw.lit(0),
        "{value} " + unit, "每月就诊 {value} 次",
    )  # fmt: skip


FEATURES = [
    declared("bursts"),
    declared("days_since", direction="low"),
    declared("distance", direction="both"),
    declared("rare"),
    declared("visits"),
]


@dataclass
class Population:
    """Providers with values, attributes and spend, one row each in the same order."""

    features: pl.DataFrame
    attributes: pl.DataFrame
    spend: pl.DataFrame

    def reordered(self, order: NDArray[np.int64]) -> Population:
        return Population(self.features[order], self.attributes[order], self.spend[order])

    def renamed(self, mapping: dict[str, str]) -> Population:
        def rename(frame: pl.DataFrame) -> pl.DataFrame:
            return frame.with_columns(pl.col("provider_id").replace_strict(mapping))

        return Population(rename(self.features), rename(self.attributes), rename(self.spend))

    @property
    def values(self) -> NDArray[np.float64]:
        return self.features.drop("provider_id").to_numpy()


def random_population(size: int, *, seed: int = 7, anomalous: int = 0) -> Population:
    """Providers of two kinds and three districts; the first ``anomalous`` stand out in two features."""
    rng = np.random.default_rng(seed)
    values = np.exp(rng.normal(1.0, 0.6, size=(size, len(FEATURES))))
    values[:, 3] = np.where(rng.random(size) < 0.95, 0.0, rng.integers(1, 5, size))
    values[rng.random(size) < 0.2, 1] = np.nan
    values[:anomalous, 0] *= 50
    values[:anomalous, 4] *= 50
    ids = [f"v{number:04d}" for number in range(size)]
    frame = pl.DataFrame({"provider_id": ids} | {f.name: values[:, at] for at, f in enumerate(FEATURES)})
    return Population(
        frame.with_columns(pl.col("days_since").fill_nan(None)),
        pl.DataFrame(
            {
                "provider_id": ids,
                "provider_kind": rng.choice(["pharmacy", "clinic"], size, p=[0.8, 0.2]),
                "level": ["ungraded"] * size,
                "district": rng.choice(["320602", "320612", "320623"], size, p=[0.6, 0.35, 0.05]),
            }
        ),
        pl.DataFrame(
            {
                "provider_id": ids,
                "pool": rng.integers(0, 100_000, size),
                "account": rng.integers(0, 100_000, size),
            }
        ),
    )
