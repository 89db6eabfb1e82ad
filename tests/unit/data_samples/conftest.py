"""Two small cities and a larger town, each simulated once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from data_samples.city import simulate


class City:
    """The tables of a simulated city by name, read back from its folder."""

    def __init__(self, folder: Path, area: str = "320600") -> None:
        self.folder = folder
        self.area = area

    def __getattr__(self, table: str) -> pl.DataFrame:
        file = self.folder / f"{table}.parquet"
        return pl.read_parquet(file if file.exists() else self.folder / table / "*.parquet")

    @property
    def truth(self) -> pl.DataFrame:
        """What was planted and its innocent look-alikes."""
        names = ("entities", "benign_lookalikes")
        return pl.concat(pl.read_parquet(self.folder / "truth" / f"{name}.parquet") for name in names)

    @property
    def planted(self) -> pl.DataFrame:
        """What was planted, without the look-alikes."""
        return pl.read_parquet(self.folder / "truth" / "entities.parquet")

    def told(self, typology: str) -> pl.Series:
        """Ids of everything that instances of a typology name, planted or look-alike."""
        return self.truth.filter(pl.col("typology") == typology)["entity_id"].unique().implode()

    def settled(self, typology: str, *, lookalike: bool = False) -> pl.DataFrame:
        """Settlements of a typology's instances, planted or look-alike, with `instance_id`; no reversals."""
        named = self.truth.filter(
            (pl.col("typology") == typology)
            & (pl.col("entity_kind") == "settlement")
            & (pl.col("instance_id").str.starts_with("benign-") == lookalike)
        )
        return named.select("instance_id", settlement_id="entity_id").join(
            self.settlements, on="settlement_id"
        )

    @property
    def ordinary(self) -> pl.DataFrame:
        """Settlements, without reversals, that no instance names: neither planted nor look-alike."""
        named = self.truth.filter(pl.col("entity_kind") == "settlement").select(settlement_id="entity_id")
        forward = self.settlements.filter(pl.col("reverses_settlement_id").is_null())
        return forward.join(named, on="settlement_id", how="anti")


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    folder = tmp_path_factory.mktemp("city") / "data"
    simulate(folder, persons=3_000, months=12, seed=5, area="320600")
    return City(folder)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> City:
    """A city that is large enough to suspend a hospital, and that begins before outpatient pooling does."""
    folder = tmp_path_factory.mktemp("town") / "data"
    simulate(folder, persons=6_000, months=20, seed=11, area="320600")
    return City(folder)


@pytest.fixture(scope="session", params=["320600", "150200"])
def clean(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> City:
    """A city of each area without any scene, that begins before mutual aid does."""
    folder = tmp_path_factory.mktemp("clean") / "data"
    months = {"320600": 21, "150200": 24}[request.param]
    simulate(folder, persons=4_000, months=months, seed=114, area=request.param, planted=False)
    return City(folder, request.param)


@pytest.fixture(scope="session")
def northern(tmp_path_factory: pytest.TempPathFactory) -> City:
    """A small city of the other area: a deductible for each visit, two cost segments, programmes that go on."""
    folder = tmp_path_factory.mktemp("northern") / "data"
    simulate(folder, persons=3_000, months=12, seed=12, area="150200")
    return City(folder)
