"""An increment gives what a full delivery gives, row by row, with late and corrected rows in every table."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from support.cities import frames, write
from support.commands import fundwatch
from support.late_rows import CORRECTED, split
from support.shared import make_once
from support.workspaces import alerts, current_run

from detection.store.schema import Alert

SHARE = 0.03
NUMBERED = "search/settlements.parquet"
NAMES_OF_RUNS = ("run_id", "first_run_id")


def run(data: Path, workspace: Path, *more: str) -> None:
    ended = fundwatch("run", "--data", data, "--workspace", workspace, "--area", "320600", *more)
    assert ended.code == 0, ended.err


class Both:
    """Two workspaces that had the same run before: one got an increment, one everything."""

    def __init__(self, folder: Path) -> None:
        self.before, self.increment, self.full = folder / "before", folder / "increment", folder / "full"
        self.data = folder / "data"

    def make(self, city: Path) -> None:
        """Run the city before the delivery, and then both ways."""
        tables = frames(city)
        before, delivery = split(tables, [name for name in CORRECTED if name in tables], 5, SHARE)
        run(write(before, self.data / "before"), self.before)
        for workspace in (self.increment, self.full):
            shutil.copytree(self.before, workspace)
        run(write(delivery, self.data / "delivery"), self.increment, "--delivery", "increment")
        run(write(tables, self.data / "full"), self.full, "--delivery", "full")


@pytest.fixture(scope="module")
def both(small_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Both:
    return Both(make_once(tmp_path_factory, "increment", lambda folder: Both(folder).make(small_city)))


def tables_of(run_folder: Path) -> Mapping[str, pl.DataFrame]:
    """The tables of a run by place; numbers of accepted rows follow their order, which is that of the deliveries."""
    tables = {
        path.relative_to(run_folder).as_posix(): pl.read_parquet(path)
        for path in sorted(run_folder.rglob("*.parquet"))
        if path.relative_to(run_folder).parts[0] != "kept"
    }
    return tables | {NUMBERED: tables[NUMBERED].drop("row")}


def test_every_table_of_the_run_is_the_same(both: Both) -> None:
    increment, full = tables_of(current_run(both.increment)), tables_of(current_run(both.full))
    assert increment.keys() == full.keys() and len(full) > 30
    assert [name for name, table in full.items() if not increment[name].equals(table)] == []


def test_some_detectors_looked_at_a_part(both: Both) -> None:
    log = (current_run(both.increment) / "run.log").read_text(encoding="utf-8")
    assert log.count("settlements looked at") >= 2


def test_every_alert_is_the_same(both: Both) -> None:
    increment, full = open_alerts(both.increment), open_alerts(both.full)
    assert len(full) > 20
    assert increment == full


def open_alerts(workspace: Path) -> dict[str, dict[str, object]]:
    """What is stored about open alerts but the run that raised them, by id."""
    columns = [column.name for column in Alert.__table__.columns if column.name not in NAMES_OF_RUNS]
    return {
        alert.alert_id: {name: getattr(alert, name) for name in columns}
        for alert in alerts(workspace)
        if alert.status != "closed"
    }
