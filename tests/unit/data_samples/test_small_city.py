"""The small city that is kept in the repository stays small and can be read."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl

from data_samples.small_city import write

_MOST_BYTES = 5_000_000


def test_the_small_city_fits_into_the_repository(tmp_path: Path) -> None:
    write(tmp_path / "small")
    files = [path for path in (tmp_path / "small").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= _MOST_BYTES
    assert json.loads((tmp_path / "small" / "SIMULATED.json").read_text(encoding="utf-8"))["persons"] == 1_500
    planted = pl.read_parquet(tmp_path / "small" / "truth" / "entities.parquet")
    assert (planted.group_by("typology").agg(pl.col("instance_id").n_unique())["instance_id"] >= 2).all()
