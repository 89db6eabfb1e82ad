"""The features as an analyst would write them in pandas agree too: what the benchmark measures against."""

from __future__ import annotations

import json
from pathlib import Path

from bench.pandas_features import compare
from support.worlds import random_tables

from features.registry import all_features


def test_every_feature_is_the_same_in_pandas(tmp_path: Path) -> None:
    tables = random_tables(seed=31, persons=120, providers=12, settlements=4000)
    for name, frame in tables.frames.items():
        (tmp_path / "tables" / name).mkdir(parents=True)
        frame.to_native().collect().write_parquet(tmp_path / "tables" / name / "part-0.parquet")
    described = {name: {"columns": sorted(columns)} for name, columns in tables.columns.items()}
    (tmp_path / "manifest.json").write_text(json.dumps({"tables": described, "day_precision": []}))
    report = compare(tmp_path)
    assert report["different"] == []
    assert report["features"] == len(all_features())
