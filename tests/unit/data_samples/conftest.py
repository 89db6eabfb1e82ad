"""Cities of several kinds, each simulated once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from support.shared import make_once

from data_samples.city import simulate
from data_samples.plays import Author


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
        """What was planted and its innocent look-alikes, which have no strength."""
        return pl.concat([self.planted, self.lookalikes], how="diagonal")

    @property
    def planted(self) -> pl.DataFrame:
        """What was planted, without the look-alikes."""
        return pl.read_parquet(self.folder / "truth" / "entities.parquet")

    @property
    def lookalikes(self) -> pl.DataFrame:
        """The innocent look-alikes."""
        return pl.read_parquet(self.folder / "truth" / "benign_lookalikes.parquet")

    def named_by(self, typology: str) -> pl.Series:
        """Ids of everything that instances of a typology name, planted or look-alike."""
        return self.truth.filter(pl.col("typology") == typology)["entity_id"].unique().implode()

    def settled(self, typology: str, *, lookalike: bool = False, strength: int = 0) -> pl.DataFrame:
        """Settlements of a typology's instances, planted (from a strength on) or look-alike, with `instance_id`."""
        named = self.truth.filter(
            (pl.col("typology") == typology)
            & (pl.col("entity_kind") == "settlement")
            & (pl.col("instance_id").str.starts_with("benign-") == lookalike)
        )
        named = named.filter(pl.col("strength") >= strength) if strength else named
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
    return _simulated(tmp_path_factory, "320600", persons=3_000, months=12, seed=5)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> City:
    """A city that is large enough to suspend a hospital, and that begins before outpatient pooling does."""
    return _simulated(tmp_path_factory, "320600", persons=6_000, months=20, seed=11)


@pytest.fixture(scope="session", params=["320600", "150200"])
def clean(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> City:
    """A city of each area without any scene, that begins before mutual aid does."""
    months = {"320600": 21, "150200": 24}[request.param]
    return _simulated(tmp_path_factory, request.param, persons=4_000, months=months, seed=114, planted=False)


@pytest.fixture(scope="session")
def northern(tmp_path_factory: pytest.TempPathFactory) -> City:
    """A small city of the other area: a deductible for each visit, two cost segments, programmes that go on."""
    return _simulated(tmp_path_factory, "150200", persons=3_000, months=12, seed=12)


@pytest.fixture(scope="session")
def second(tmp_path_factory: pytest.TempPathFactory) -> City:
    """A city of the second author, with scans of trace codes."""
    return _simulated(tmp_path_factory, "320600", persons=6_000, months=14, seed=21, author="second")


def _simulated(
    factory: pytest.TempPathFactory,
    area: str,
    *,
    persons: int,
    months: int,
    seed: int,
    planted: bool = True,
    author: Author = "first",
) -> City:
    """A city that is simulated once for all test processes."""
    name = f"city-{area}-{persons}-{months}-{seed}-{planted}-{author}"
    folder = make_once(
        factory,
        name,
        lambda data: simulate(
            data, persons=persons, months=months, seed=seed, area=area, planted=planted, author=author
        ),
    )
    return City(folder, area)
