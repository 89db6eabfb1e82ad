"""The features as an analyst would write them in pandas agree too: what the benchmark measures against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Set
from pathlib import Path

import pytest
from bench.pandas_features import compare
from support.worlds import random_tables

from features.intake.manifest import Manifest, RowCounts, TableRecord, write_manifest
from features.registry import all_features

pytestmark = pytest.mark.slow


def test_every_feature_is_the_same_in_pandas(tmp_path: Path) -> None:
    tables = random_tables(seed=31, persons=120, providers=12, settlements=4000)
    for name, frame in tables.frames.items():
        (tmp_path / "tables" / name).mkdir(parents=True)
        frame.to_native().collect().write_parquet(tmp_path / "tables" / name / "part-0.parquet")
    write_manifest(tmp_path, _manifest(tables.columns))
    report = compare(tmp_path)
    assert report["different"] == []
    assert report["features"] == len(all_features())


def _manifest(columns: Mapping[str, Set[str]]) -> Manifest:
    rows = RowCounts(read=0, accepted=0, quarantined=0, excluded=0, flagged=0)
    return Manifest(
        snapshot_id="",
        simulated=True,
        files=(),
        ignored_files=(),
        tables={name: TableRecord(rows=rows, columns=tuple(sorted(of))) for name, of in columns.items()},
        day_precision=(),
        first_settled_day=dt.date(2024, 1, 1),
        last_settled_day=dt.date(2024, 1, 1),
    )
