"""The log files of commands, without a run: what is in them, and that nothing depends on them."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from detection.cli.logs import FAILED_LOG, RUN_LOG, purge_log, run_log
from features.workspace import Workspace, open_workspace

logger = logging.getLogger("detection.example")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return open_workspace(tmp_path / "ws", create=True)


def test_every_line_of_a_run_has_its_id_also_those_from_before_it_was_known(workspace: Workspace) -> None:
    workspace.run("1f3a").mkdir(parents=True)
    with run_log(workspace.root), workspace.lock():
        logger.info("reading")
        logger.info("named", extra={"run_id": "1f3a"})
        logging.getLogger("features.example").info("measured")
    lines = (workspace.run("1f3a") / RUN_LOG).read_text(encoding="utf-8").splitlines()
    assert [line.split(" ", 1)[1] for line in lines] == [
        "INFO 1f3a detection.example: reading",
        "INFO 1f3a detection.example: named",
        "INFO 1f3a features.example: measured",
    ]
    assert not list(workspace.tmp.iterdir())


def test_a_run_that_is_made_again_adds_to_its_log(workspace: Workspace) -> None:
    workspace.run("1f3a").mkdir(parents=True)
    for _ in range(2):
        with run_log(workspace.root), workspace.lock():
            logger.info("named", extra={"run_id": "1f3a"})
    assert len((workspace.run("1f3a") / RUN_LOG).read_text(encoding="utf-8").splitlines()) == 2


def test_lines_are_on_disk_while_the_run_lasts(workspace: Workspace) -> None:
    with run_log(workspace.root), workspace.lock():
        logger.info("reading")
        (draft,) = workspace.tmp.iterdir()
        assert "reading" in draft.read_text(encoding="utf-8")


def fail(workspace: Workspace) -> None:
    """A run that begins, and then meets an unexpected value."""
    with run_log(workspace.root), workspace.lock():
        logger.info("reading")
        raise ZeroDivisionError("person 320601199001011234")


def test_a_run_that_fails_leaves_its_log_and_not_the_text_of_the_error(workspace: Workspace) -> None:
    with pytest.raises(ZeroDivisionError):
        fail(workspace)
    text = (workspace.root / FAILED_LOG).read_text(encoding="utf-8")
    assert "reading" in text
    assert "The run ended with ZeroDivisionError" in text
    assert "320601199001011234" not in text
    assert not list(workspace.tmp.iterdir())


def test_a_run_that_is_refused_before_it_begins_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), run_log(tmp_path / "ws"):
        raise ZeroDivisionError
    assert not (tmp_path / "ws").exists()


def test_purges_follow_each_other_in_one_log(workspace: Workspace) -> None:
    for run in ("1f3a", "2b4c"):
        with purge_log(workspace.root):
            logger.info("Removed runs/%s", run)
    lines = (workspace.root / "purge.log").read_text(encoding="utf-8").splitlines()
    assert [line.rsplit("/")[-1] for line in lines] == ["1f3a", "2b4c"]


def test_loggers_are_left_as_they_were(workspace: Workspace) -> None:
    package = logging.getLogger("detection")
    before = (package.level, list(package.handlers))
    with purge_log(workspace.root):
        assert package.handlers != before[1]
    assert (package.level, list(package.handlers)) == before


def test_libraries_are_not_written_down(workspace: Workspace) -> None:
    with purge_log(workspace.root):
        logging.getLogger("mlflow").warning("noise")
    assert not (workspace.root / "purge.log").exists()
