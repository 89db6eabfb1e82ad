"""Tables that detectors write for screens: each detector has a folder of its own in the run's folder."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from support.dashboard_fixtures import fill
from support.world import World

from detection.detectors.artifacts import artifact_folder
from detection.detectors.cards import Thresholds
from detection.detectors.catalogue import Detector, catalogue
from detection.detectors.context import DetectorContext
from detection.run import detect
from detection.run.unfinished import Unfinished
from detection.store.queries import open_store
from detection.store.queries.network import groups, network
from features.engine import Views
from features.policy import load_policy
from features.progress import no_progress
from features.registry import Frame
from features.workspace import open_workspace

NETWORK = "co_visit_group"
RINGS = "rings"
SETTLED = """
  settlement | person | provider | settled_at
  s1         | ann    | p1       | 2024-01-15 10:03
"""


def no_hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    empty = context.assessable.settlements.filter(nw.col("settlement_id").is_null()).select("settlement_id")
    return empty.with_columns(subject_id="settlement_id", cause=nw.lit("together"))


def rings(context: DetectorContext, thresholds: Thresholds) -> dict[str, pl.DataFrame]:
    return {"rings": pl.DataFrame({"ring": [1, 2]})}


def second_network(monkeypatch: pytest.MonkeyPatch) -> Detector:
    """A network detector with an artifact of its own."""
    module = ModuleType(RINGS)
    vars(module).update(hits=no_hits, artifacts=rings)
    monkeypatch.setitem(sys.modules, RINGS, module)
    return Detector(replace(catalogue()[NETWORK].card, detector=RINGS), RINGS)


def test_two_network_detectors_write_their_own_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    detectors = {NETWORK: catalogue()[NETWORK], RINGS: second_network(monkeypatch)}
    monkeypatch.setattr(detect, "catalogue", lambda: detectors)
    tables = World.from_rows(settlements=SETTLED).tables()
    context = DetectorContext(tables, Views(tables), load_policy("none"), "none")
    detect.Detection(context, context, {}, [], Unfinished(tmp_path), b"key").run(no_progress)
    written = sorted(
        str(path.relative_to(tmp_path / "run")) for path in (tmp_path / "run").rglob("*.parquet")
    )
    assert written == [
        f"artifacts/{NETWORK}/days.parquet",
        f"artifacts/{NETWORK}/edges.parquet",
        f"artifacts/{NETWORK}/groups.parquet",
        f"artifacts/{RINGS}/rings.parquet",
    ]
    written_rings = pl.read_parquet(artifact_folder(tmp_path / "run", RINGS) / "rings.parquet")
    assert written_rings["ring"].to_list() == [1, 2]


@pytest.mark.parametrize("folder", ["network", f"artifacts/{NETWORK}"])
def test_the_network_screen_reads_runs_of_this_and_the_previous_version(tmp_path: Path, folder: str) -> None:
    workspace = open_workspace(fill(tmp_path / "filled", alerts_of_each=1))
    with open_store(workspace) as reader:
        run_folder = workspace.run(reader.current_run().run_id)
        tables = next(run_folder.rglob("groups.parquet")).parent
        if tables != run_folder / folder:
            shutil.copytree(tables, run_folder / folder)
            shutil.rmtree(tables)
        [listed] = groups(reader)
        group = network(reader, listed.row.alert_id)
    assert (listed.members, listed.days) == (6, 9)
    assert group is not None
    assert group.members == len(group.people) == 6
    assert group.edges
    assert group.presence
