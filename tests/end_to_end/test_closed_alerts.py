"""A correction of the data arrives: what no longer holds is closed with the reason, and nothing disappears."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import polars as pl
import pytest
from support.cities import AREA, NOW, Frames, write
from support.commands import fundwatch
from support.workspaces import alerts, current_run, store

from detection.run.pipeline import RunRequest, run
from detection.store.schema import Alert, AlertEvent

Alerts = dict[str, Alert]


class Corrected:
    """A workspace that was run again after recorded deaths of people with alerts were withdrawn.

    Attributes:
        root: the workspace.
        people: whose deaths were withdrawn.
        before, after: alerts by id, of both runs.
    """

    def __init__(self, city: Frames, finished: Path, folder: Path) -> None:
        self.root = Path(shutil.copytree(finished, folder / "ws"))
        self.before: Alerts = {alert.alert_id: alert for alert in alerts(self.root)}
        late = [alert.subject_id for alert in self.before.values() if alert.detector == "ineligible_person"]
        wrong = pl.col("person_id").is_in(late) & pl.col("death_date").is_not_null()
        self.people = city["persons"].filter(wrong)["person_id"].to_list()
        persons = city["persons"].with_columns(death_date=pl.when(~wrong).then("death_date"))
        alive = pl.col("person_id").is_in(self.people)
        enrolments = city["enrolments"].with_columns(end_date=pl.when(~alive).then("end_date"))
        data = write(city | {"persons": persons, "enrolments": enrolments}, folder / "data")
        self.done = run(RunRequest(data=data, workspace=self.root, area=AREA, now=NOW))
        self.after: Alerts = {alert.alert_id: alert for alert in alerts(self.root)}


@pytest.fixture(scope="module")
def corrected(city: Frames, finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Corrected:
    return Corrected(city, finished, tmp_path_factory.mktemp("corrected"))


def test_what_no_longer_holds_is_closed_with_the_reason(corrected: Corrected) -> None:
    closed = [alert for alert in corrected.after.values() if alert.status == "closed"]
    assert corrected.people
    assert sorted(alert.subject_id for alert in closed) == sorted(corrected.people)
    for alert in closed:
        assert alert.detector == "ineligible_person"
        assert alert.closed_reason and current_run(corrected.root).name in alert.closed_reason
        assert alert.closed_reason_zh
        with store(corrected.root) as session:
            events = session.query(AlertEvent).filter_by(alert_id=alert.alert_id)
            assert events.order_by(AlertEvent.event_id.desc())[0].action == "close"


def test_no_alert_disappears(corrected: Corrected) -> None:
    assert corrected.before.keys() <= corrected.after.keys()
    done = corrected.done
    assert done.closed == len(corrected.people)
    assert done.same + done.changed + done.closed == len(corrected.before)
    assert done.new == len(corrected.after) - len(corrected.before)


def test_closed_alerts_can_be_listed(corrected: Corrected) -> None:
    words = ("--workspace", corrected.root, "--status", "closed", "--language", "zh")
    closed = fundwatch("alerts", *words)
    assert closed.code == 0, closed.err
    assert "模拟数据" in closed.out and "已关闭" in closed.out and "疑点编号" in closed.out
    assert not re.search(r"\b(closed|rank|severity|suspicious|watch)\b", closed.out)
