"""Cities of the third author, each simulated once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import polars as pl
import pytest
from support.shared import make_once

from data_samples.city import simulate
from data_samples.third import acts

col = pl.col


class ThirdCity:
    """The tables of a simulated city by name, read back from its folder."""

    def __init__(self, folder: Path, strength: int, area: str) -> None:
        self.folder = folder
        self.strength = strength
        self.area = area

    def __getattr__(self, table: str) -> pl.DataFrame:
        file = self.folder / f"{table}.parquet"
        return pl.read_parquet(file if file.exists() else self.folder / table / "*.parquet")

    @property
    def planted(self) -> pl.DataFrame:
        """What was planted."""
        return pl.read_parquet(self.folder / "truth" / "entities.parquet")

    @property
    def lookalikes(self) -> pl.DataFrame:
        """The innocent look-alikes."""
        return pl.read_parquet(self.folder / "truth" / "benign_lookalikes.parquet")

    def rows(self, truth: pl.DataFrame, *typologies: str) -> pl.DataFrame:
        """Settlements that the truth names, of these typologies or of all, with instance and typology."""
        named = truth.filter(col("entity_kind") == "settlement")
        if typologies:
            named = named.filter(col("typology").is_in(typologies))
        keys = named.select("typology", "instance_id", settlement_id="entity_id")
        joined: pl.DataFrame = keys.join(self.settlements, on="settlement_id")
        assert joined.height == named.height > 0
        return joined


SLOW = pytest.mark.slow


@pytest.fixture(scope="session", params=[pytest.param(1, marks=SLOW), 2, pytest.param(3, marks=SLOW)])
def third(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ThirdCity:
    """A city in which every scene plays at one strength."""
    return _simulated(tmp_path_factory, request.param)


@pytest.fixture(scope="session", params=[0, 1, 2, 3])
def each_city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ThirdCity:
    """Those cities, and a mixed one of the other area, where chronic programmes go on."""
    return _simulated(tmp_path_factory, request.param)


@pytest.fixture(scope="session")
def each_strength(tmp_path_factory: pytest.TempPathFactory) -> dict[int, ThirdCity]:
    """The cities by the strength at which every scene plays."""
    return {strength: _simulated(tmp_path_factory, strength) for strength in (1, 2, 3)}


def _simulated(factory: pytest.TempPathFactory, strength: int) -> ThirdCity:
    area, persons, strengths = ("320600", 6_000, (strength,)) if strength else ("150200", 4_000, (1, 2, 3))

    def make(folder: Path) -> None:
        with patch.object(acts, "STRENGTHS", strengths):
            simulate(folder, persons=persons, months=14, seed=20 + strength, area=area, author="third")

    return ThirdCity(make_once(factory, f"third-{strength}", make), strength, area)
