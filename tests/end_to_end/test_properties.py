"""What must not matter does not matter: order, names, file format, place, process, somebody unrelated."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from support.cities import AREA, Frames, Ran, run_in, shuffled, with_a_stranger, write
from support.commands import fundwatch
from support.workspaces import ENTITIES, alerts, current_run, evidence, features, manifests, unbalanced

from detection.cli.logs import RUN_LOG
from detection.run.detect import RISK_KINDS
from features.engine import Views, compute
from features.intake import create_snapshot, open_snapshot
from features.registry import all_features
from features.workspace import open_workspace

OWN = ("run_id", "first_run_id")
"""What names the run, and so differs between two data sets of the same content."""


def facts_of(root: Path) -> list[dict[str, Any]]:
    """Everything that is kept of each alert, but for the run's name."""
    return [
        {name: value for name, value in vars(alert).items() if name not in OWN and not name.startswith("_")}
        for alert in alerts(root)
    ]


def same_results(left: Path, right: Path) -> None:
    """Features, scores and risks equal to the byte, alerts and their evidence equal but for the run's name."""
    parts = [f"{part}/{entity}" for part in ("features", "scores") for entity in ENTITIES]
    for part in (*parts, *(f"risk/{name}" for name in (*RISK_KINDS, "evidence"))):
        mine, theirs = (current_run(root) / f"{part}.parquet" for root in (left, right))
        assert mine.read_bytes() == theirs.read_bytes(), part
    assert pl.read_parquet(current_run(left) / "risk" / "evidence.parquet").height > 50
    assert facts_of(left) == facts_of(right)
    sources = ("source_file", "source_row")
    assert_frame_equal(evidence(left).drop(sources), evidence(right).drop(sources))


def exported(root: Path, folder: Path, name: str) -> list[dict[str, str]]:
    """The exported alerts, without the run's name."""
    out = folder / f"{name}.csv"
    assert fundwatch("export", "alerts", "--workspace", root, "--out", out).code == 0
    with out.open(encoding="utf-8", newline="") as handle:
        return [{key: cell for key, cell in row.items() if key != "run_id"} for row in csv.DictReader(handle)]


def test_the_order_of_rows_never_matters(city: Frames, ran: Ran, finished: Path, tmp_path: Path) -> None:
    right = ran(shuffled(city, seed=7))
    same_results(finished, right)
    assert exported(finished, tmp_path, "one") == exported(right, tmp_path, "other")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_csv_and_parquet_say_the_same(encoding: str, city: Frames, ran: Ran, finished: Path) -> None:
    names = city["providers"].with_columns(provider_name=pl.format("{}（海门）", "provider_name"))
    right = ran(city | {"providers": names}, encoding)
    (manifest,) = manifests(right)
    used = {file["encoding"] for file in manifest["files"] if file["name"] == "providers.csv"}
    assert used == {"utf-8" if encoding == "utf-8-sig" else encoding}
    same_results(finished, right)


def test_same_input_seed_and_key_give_the_same_bytes_in_another_process(
    small_city: Path, finished: Path, tmp_path: Path
) -> None:
    right = tmp_path / "other"
    right.mkdir()
    (right / "pseudonym.key").write_bytes((finished / "pseudonym.key").read_bytes())
    words = ("run", "--data", small_city, "--workspace", right, "--area", AREA)
    ended = subprocess.run(
        [sys.executable, "-m", "detection.cli", *map(str, words)],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONHASHSEED": "4711", "POLARS_MAX_THREADS": "1"},
    )
    assert ended.returncode == 0, ended.stderr
    runs = [current_run(root) for root in (finished, right)]
    assert runs[0].name == runs[1].name, "the run's id is the hash of what went in"
    files = [
        sorted(path.relative_to(run) for path in run.rglob("*") if path.is_file() and path.name != RUN_LOG)
        for run in runs
    ]
    assert files[0] == files[1]
    different = [str(path) for path in files[0] if len({(run / path).read_bytes() for run in runs}) > 1]
    assert different == []
    assert (
        len({path.read_bytes() for root in (finished, right) for path in root.glob("snapshots/*/man*")}) == 1
    )
    for what, file_format in (("alerts", "csv"), ("alerts", "parquet"), ("scores", "json")):
        outs = [tmp_path / f"{number}.{file_format}" for number in (1, 2)]
        for root, out in zip((finished, right), outs, strict=True):
            request = ("--workspace", root, "--format", file_format, "--out", out)
            assert fundwatch("export", what, *request).code == 0
        assert unmarked(outs[0]) == unmarked(outs[1])


def unmarked(out: Path) -> object:
    """What an export holds, without the mark, whose number and time are its own; that of a CSV file is another file."""
    if out.suffix == ".parquet":
        return pl.read_parquet(out).to_dicts()
    if out.suffix == ".json":
        return {name: value for name, value in json.loads(out.read_text()).items() if name != "export"}
    return out.read_bytes()


def test_another_seed_is_another_run(small_city: Path, finished: Path, tmp_path: Path) -> None:
    done = run_in(tmp_path / "other", small_city, seed=1)
    assert done.run_id != current_run(finished).name
    for entity in ENTITIES:
        assert_frame_equal(features(finished, entity), features(tmp_path / "other", entity))


def test_an_unrelated_person_changes_no_other_persons_visit_features(
    city: Frames, finished: Path, tmp_path: Path
) -> None:
    space = open_workspace(tmp_path / "ws", create=True)
    data = write(with_a_stranger(city), tmp_path / "data")
    views = Views(open_snapshot(create_snapshot(data, space, mapping=None).folder), tmp_path)
    visits = [
        all_feature
        for all_feature in all_features().values()
        if all_feature.expression.__module__.startswith("features.visits.")
    ]
    assert len(visits) > 5
    for entity in ("person", "provider"):
        names = [visit.name for visit in visits if visit.entity == entity]
        with_them, _ = compute(entity, views)
        before = features(finished, entity)
        assert with_them.height == before.height + 1
        key = before.columns[0]
        others = with_them.filter(pl.col(key).is_in(before[key].implode()))
        assert_frame_equal(before.select(key, *names), others.select(key, *names), check_exact=True)


def test_read_is_accepted_quarantined_and_excluded_in_rows_and_fen(finished: Path) -> None:
    (manifest,) = manifests(finished)
    assert unbalanced(manifest) == []
    assert sum(entry["rows"]["read"] for entry in manifest["tables"].values()) > 10_000
