"""Simulated cities in which every scene of an author plays at a given strength."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl
import pytest
from support.shared import make_once

from data_samples.city import simulate
from data_samples.plays import Author, plays
from data_samples.third import acts

col = pl.col
_FIRST_SEEDS: dict[Author, int] = {"third": 20, "fourth": 30, "fifth": 40, "sixth": 50, "seventh": 60}


class PlantedCity:
    """The tables of a simulated city by name, read back from its folder."""

    def __init__(self, folder: Path, author: Author, strength: int, area: str) -> None:
        self.folder = folder
        self.author = author
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

    def assert_plays(self, instances: Mapping[str, int]) -> None:
        """Every typology has its instances at least, and no other has any; all are of this strength."""
        assert set(self.planted["strength"]) == {self.strength}
        counts = dict(self.planted.group_by("typology").agg(col("instance_id").n_unique()).iter_rows())
        assert counts.keys() == instances.keys()
        assert {name for name, count in counts.items() if count < instances[name]} == set()

    def of_subjects(self, typology: str, kind: str) -> pl.DataFrame:
        """Planted settlements of a typology's instances about subjects of a kind, a row for each subject."""
        named = self.planted.filter(
            (col("typology") == typology) & (col("role") == "subject") & (col("entity_kind") == kind)
        ).select("instance_id", subject_id="entity_id")
        rows = self.rows(self.planted, typology).join(named, on="instance_id")
        assert rows.height > 0
        return rows


def names(package: Any) -> set[str]:
    """Names of the modules of an author's scenes, look-alikes or events."""
    return {module.__name__.rpartition(".")[2] for module in plays(package)}


def planted_city(factory: pytest.TempPathFactory, author: Author, strength: int) -> PlantedCity:
    """The author's city at a strength, simulated once in a session.

    Args:
        factory: of temporary folders.
        author: an author whose scenes have strengths.
        strength: 1 to 3; 0 for a mixed city of the other area, where chronic programmes go on.
    """
    area, persons, strengths = ("320600", 6_000, (strength,)) if strength else ("150200", 4_000, (1, 2, 3))

    def make(folder: Path) -> None:
        seed = _FIRST_SEEDS[author] + strength
        with patch.object(acts, "STRENGTHS", strengths):
            simulate(folder, persons=persons, months=14, seed=seed, area=area, author=author)

    return PlantedCity(make_once(factory, f"{author}-{strength}", make), author, strength, area)
