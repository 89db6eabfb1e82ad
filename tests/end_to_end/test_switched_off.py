"""A run with some detectors alone: the others are stated as switched off, and their alerts stay as they are."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.cities import AREA
from support.commands import Ended, fundwatch
from support.workspaces import alerts, content, current_run

from detection.store.queries import open_finished
from detection.store.queries.data import matrix
from features.workspace import open_workspace

ON = "ineligible_person"
RUN = ("run", "--area", AREA)


@dataclass(frozen=True)
class Narrow:
    """A workspace that ran with every detector, and then with one."""

    root: Path
    before: Path
    ended: Ended


@pytest.fixture(scope="module")
def narrow(small_city: Path, finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Narrow:
    root = shutil.copytree(finished, tmp_path_factory.mktemp("narrow") / "ws")
    ended = fundwatch(*RUN, "--data", small_city, "--workspace", root, "--detectors", ON)
    return Narrow(root, finished, ended)


def test_it_is_another_run(narrow: Narrow) -> None:
    assert narrow.ended.code == 0, narrow.ended.err
    assert current_run(narrow.root).name != current_run(narrow.before).name


def test_no_alert_is_closed_or_changed(narrow: Narrow) -> None:
    before = {alert.alert_id: (alert.status, alert.amount_at_issue) for alert in alerts(narrow.before)}
    after = {alert.alert_id: (alert.status, alert.amount_at_issue) for alert in alerts(narrow.root)}
    assert len({alert.detector for alert in alerts(narrow.before)}) > 1
    assert after == before


def test_everything_says_what_is_off(narrow: Narrow) -> None:
    assert "switched off by the operator" in narrow.ended.out
    with open_finished(open_workspace(narrow.root)) as reader:
        assert reader is not None
        off = {each.detector for each in matrix(reader) if each.reason.en == "switched off by the operator"}
        assert set(reader.manifest.switched_off) == off
    assert off and ON not in off


def test_unknown_names_are_refused_before_anything_is_written(small_city: Path, tmp_path: Path) -> None:
    words = (*RUN, "--data", small_city, "--workspace", tmp_path / "ws", "--detectors", "inelligible_person")
    ended = fundwatch(*words)
    assert ended.code == 2
    assert "inelligible_person" in ended.err and ON in ended.err
    assert not (tmp_path / "ws").exists() or not content(tmp_path / "ws")
