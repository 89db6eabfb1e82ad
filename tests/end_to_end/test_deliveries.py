"""Growing data: what is added to the last run's data, and what is the whole history."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import polars as pl
import pytest
from support.commands import Ended, fundwatch
from support.workspaces import alerts

from detection.detectors.catalogue import catalogue

DAYS = {"settlements": "settled_at", "account_entries": "posted_at"}
APRIL = dt.datetime(2024, 4, 1)
JULY = dt.datetime(2024, 7, 1)


def run(data: Path, workspace: Path, *more: str) -> Ended:
    return fundwatch("run", "--data", data, "--workspace", workspace, "--area", "320600", *more)


def part(city: Path, folder: Path, start: dt.datetime, end: dt.datetime) -> Path:
    """The city with the settlements, their lines, and the ledger of some months."""
    shutil.copytree(city, folder)
    for table, column in DAYS.items():
        rows = pl.read_parquet(city / table / "**/*.parquet")
        shutil.rmtree(folder / table)
        day = pl.col(column).cast(pl.Datetime)
        rows.filter(day >= start, day < end).write_parquet(folder / f"{table}.parquet")
    settled = pl.read_parquet(folder / "settlements.parquet")
    lines = pl.read_parquet(city / "charge_lines" / "**/*.parquet")
    shutil.rmtree(folder / "charge_lines")
    lines.join(settled, on="settlement_id", how="semi").write_parquet(folder / "charge_lines.parquet")
    return folder


def raised(workspace: Path) -> set[tuple[str, str, int, str]]:
    """Alerts of rules and networks; the models' lists depend on the run that fitted the model."""
    return {
        (alert.detector, alert.subject_id, alert.amount_at_issue, alert.evidence_digest)
        for alert in alerts(workspace)
        if catalogue()[alert.detector].card.kind != "model" and alert.status != "closed"
    }


@pytest.fixture(scope="module")
def spring(small_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The last three months alone."""
    return part(small_city, tmp_path_factory.mktemp("city") / "spring", APRIL, JULY)


@pytest.fixture(scope="module")
def until_march(small_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose run saw the data until March."""
    folder = tmp_path_factory.mktemp("until_march")
    data = part(small_city, folder / "data", dt.datetime(2000, 1, 1), APRIL)
    assert run(data, folder / "ws").code == 0
    return folder / "ws"


def test_an_increment_gives_the_alerts_of_the_whole(
    until_march: Path, spring: Path, finished: Path, tmp_path: Path
) -> None:
    workspace = Path(shutil.copytree(until_march, tmp_path / "ws"))
    ended = run(spring, workspace, "--delivery", "increment")
    assert ended.code == 0, ended.err
    assert len(raised(workspace)) > 20
    assert raised(workspace) == raised(finished)
    again = run(spring, workspace, "--delivery", "increment")
    assert again.code == 0 and raised(workspace) == raised(finished), "added once"


def test_data_that_begin_later_need_their_kind(until_march: Path, spring: Path, tmp_path: Path) -> None:
    workspace = Path(shutil.copytree(until_march, tmp_path / "ws"))
    before = raised(workspace)
    ended = run(spring, workspace)
    assert ended.code == 3
    assert "--delivery increment" in ended.err and "--delivery full" in ended.err
    assert raised(workspace) == before


def test_an_increment_needs_something_to_be_added_to(spring: Path, tmp_path: Path) -> None:
    ended = run(spring, tmp_path / "ws", "--delivery", "increment")
    assert ended.code == 3 and "no earlier data set" in ended.err
