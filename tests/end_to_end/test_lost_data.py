"""A delivery that lacks what the last run had closes nothing before somebody confirmed it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl
import pytest
from support.commands import Ended, fundwatch
from support.workspaces import alerts, store

from detection.store.schema import AlertEvent, Run


def run(data: Path, workspace: Path, *more: str) -> Ended:
    return fundwatch("run", "--data", data, "--workspace", workspace, "--area", "320600", *more)


def standing(workspace: Path) -> dict[str, str]:
    return {alert.alert_id: alert.status for alert in alerts(workspace)}


def subjects(workspace: Path) -> set[tuple[str, str, str]]:
    return {(alert.detector, alert.subject_id, alert.period_end) for alert in alerts(workspace)}


def last_notes(workspace: Path, alert_ids: Iterable[str]) -> list[str]:
    with store(workspace) as session:
        events = session.query(AlertEvent).order_by(AlertEvent.event_id)
        notes = {event.alert_id: event.note for event in events}
    return [notes[alert_id] for alert_id in alert_ids if alert_id in notes]


@pytest.fixture
def delivery(small_city: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_city, tmp_path / "delivery"))


def change_settlements(delivery: Path, change: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
    """One file in place of the parts."""
    folder = delivery / "settlements"
    table = pl.read_parquet(folder / "**/*.parquet")
    shutil.rmtree(folder)
    change(table).write_parquet(delivery / "settlements.parquet")


def test_a_missing_month_and_table(delivery: Path, finished_copy: Path) -> None:
    month = pl.col("settled_at").dt.strftime("%Y-%m")
    change_settlements(delivery, lambda table: table.filter(month != "2024-05"))
    shutil.rmtree(delivery / "contributions")
    before = standing(finished_copy)
    ended = run(delivery, finished_copy)
    assert ended.code == 3
    assert "settlements of 2024-05" in ended.err and "contributions: " in ended.err
    assert "--accept-missing" in ended.err
    assert standing(finished_copy) == before, "nothing is closed"

    confirmed = ("--accept-missing", "settlements", "--accept-missing", "contributions")
    assert run(delivery, finished_copy, *confirmed).code == 0
    stays = {row.alert_id: row for row in alerts(finished_copy) if row.detector == "credit_rule_violation"}
    assert stays, "there is something to look at"
    assert {row.status for row in stays.values()} == {"new"}, (
        "contributions are not there: nothing was looked for"
    )
    notes = last_notes(finished_copy, stays)  # an alert that was raised again has none
    assert notes
    for note in notes:
        assert "could not be looked for" in note and "contributions" in note
    with store(finished_copy) as session:
        newest = session.query(Run).order_by(Run.number.desc()).first()
        assert newest is not None
        assert newest.manifest["accepted_missing"] == ["contributions", "settlements"]
        assert "2024-05" not in json.dumps(newest.manifest["coverage"]["tables"]["settlements"])


def test_older_data_do_not_close_newer_alerts(delivery: Path, finished_copy: Path) -> None:
    settled = pl.col("settled_at")
    change_settlements(delivery, lambda table: table.filter(settled < settled.max() - pl.duration(days=9)))
    before = standing(finished_copy)
    ended = run(delivery, finished_copy)
    assert ended.code == 3 and "later" in ended.err
    assert standing(finished_copy) == before


@pytest.mark.parametrize("wrong", [dt.datetime(2099, 3, 1, 10), dt.datetime(1900, 3, 1, 10)])
def test_one_wrong_date_does_not_set_the_period(
    delivery: Path, finished: Path, tmp_path: Path, wrong: dt.datetime
) -> None:
    def with_extra(table: pl.DataFrame) -> pl.DataFrame:
        at = pl.lit(wrong).cast(table.schema["settled_at"])
        return pl.concat(
            [table, table.head(1).with_columns(settlement_id=pl.lit("S-wrong-date"), settled_at=at)]
        )

    change_settlements(delivery, with_extra)
    ended = run(delivery, tmp_path / "ws")
    assert ended.code == 0
    assert "1 settlements were left out" in ended.out
    assert subjects(tmp_path / "ws") == subjects(finished)
