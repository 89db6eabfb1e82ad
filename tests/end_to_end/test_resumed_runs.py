"""A run that was stopped goes on where it ended, and its result is that of a run that was not stopped."""

from __future__ import annotations

import datetime as dt
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.killed_runs import seen_by_readers
from support.shared import make_once
from support.workspaces import content, current_run, nothing_half_written

from detection.cli.logs import RUN_LOG
from detection.detectors.catalogue import Detector
from detection.detectors.context import DetectorContext
from detection.detectors.runner import Evaluation, HitSource, all_hits, evaluate
from detection.run import returned
from detection.run.pipeline import RunDone, RunRequest, run
from features.progress import Progress, no_progress
from features.workspace import open_workspace

MAY, JUNE = dt.date(2024, 5, 31), dt.date(2024, 6, 30)
"""Days of assessment of the run that readers see, and of the run that is stopped."""


def assess(
    city: Path, workspace: Path, day: dt.date, progress: Progress = no_progress, seed: int = 0
) -> RunDone:
    request = RunRequest(city, workspace, "320600", now="2024-07-01T09:00:00", as_of=day, seed=seed)
    return run(request, progress)


def stop_at(step: str, done: int, city: Path, workspace: Path, day: dt.date = JUNE) -> None:
    """Stop a run, as Ctrl-C does, at a step of which so much is done."""

    def stop(name: str, so_far: int, _total: int) -> None:
        if (str(name), so_far) == (step, done):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        assess(city, workspace, day, stop)


class Prepared:
    """A city, a workspace with one run, and the same after a second one."""

    def __init__(self, folder: Path) -> None:
        self.city, self.once, self.twice = folder / "city", folder / "once", folder / "twice"

    def make(self) -> None:
        """Run a small city twice."""
        from data_samples.city import simulate

        simulate(self.city, persons=1_000, months=3, seed=102, area="320600")
        assess(self.city, self.once, MAY)
        shutil.copytree(self.once, self.twice)
        assess(self.city, self.twice, JUNE)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return Prepared(make_once(tmp_path_factory, "resumed", lambda folder: Prepared(folder).make()))


@pytest.fixture
def workspace(prepared: Prepared, tmp_path: Path) -> Path:
    """A workspace with one run."""
    return Path(shutil.copytree(prepared.once, tmp_path / "ws"))


@pytest.fixture
def evaluated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the rules that are evaluated from now on."""
    names: list[str] = []

    def noted(detector: Detector, context: DetectorContext, source: HitSource = all_hits) -> Evaluation:
        if detector.hits is not None:
            names.append(detector.name)
        return evaluate(detector, context, source=source)

    monkeypatch.setattr(returned, "evaluate", noted)
    return names


def assert_same(workspace: Path, uninterrupted: Path) -> None:
    """Files of the run byte by byte, and what readers see."""
    files = content(current_run(uninterrupted))
    assert len(files) > 50
    assert content(current_run(workspace)) == files
    assert seen_by_readers(workspace) == seen_by_readers(uninterrupted)
    assert nothing_half_written(workspace)
    assert not open_workspace(workspace).unfinished.exists()


@pytest.mark.parametrize(
    ("step", "done", "resumed"),
    [
        ("features of providers", 0, None),
        ("scores of providers", 0, "scores"),
        ("detectors", 20, "detectors (20 of "),
        ("indicators", 0, "indicators"),
        ("pages of subjects", 0, "pages of subjects"),
        ("alerts", 0, "alerts"),
        ("alerts", 1, "alerts"),
    ],
)
def test_a_run_goes_on_where_it_was_stopped(
    step: str, done: int, resumed: str | None, prepared: Prepared, workspace: Path
) -> None:
    stop_at(step, done, prepared.city, workspace)
    steps: list[str] = []
    ended = assess(prepared.city, workspace, JUNE, lambda name, *_: steps.append(str(name)))
    assert (ended.resumed_at or "").startswith(resumed or "")
    assert (ended.resumed_at is None) == (resumed is None)
    assert (f"resumed at: {ended.resumed_at}" in steps) == (resumed is not None)
    assert_same(workspace, prepared.twice)


def test_detectors_that_are_done_do_not_run_again(
    prepared: Prepared, workspace: Path, evaluated: list[str]
) -> None:
    stop_at("detectors", 20, prepared.city, workspace)
    before = list(evaluated)
    evaluated.clear()
    assess(prepared.city, workspace, JUNE)
    assert len(before) == 20
    assert evaluated and not set(before) & set(evaluated)


def test_the_first_run_of_a_workspace_goes_on(prepared: Prepared, tmp_path: Path) -> None:
    workspace = tmp_path / "ws"
    workspace.mkdir()
    shutil.copy(prepared.once / "pseudonym.key", workspace)
    stop_at("detectors", 5, prepared.city, workspace, MAY)
    assert assess(prepared.city, workspace, MAY).resumed_at is not None
    assert_same(workspace, prepared.once)


def test_other_settings_begin_anew(prepared: Prepared, workspace: Path, evaluated: list[str]) -> None:
    stop_at("detectors", 20, prepared.city, workspace)
    before = list(evaluated)
    evaluated.clear()
    ended = assess(prepared.city, workspace, JUNE, seed=1)
    assert ended.resumed_at is None
    assert set(before) < set(evaluated)
    assert not open_workspace(workspace).unfinished.exists()


def test_what_was_changed_is_done_again(prepared: Prepared, workspace: Path, evaluated: list[str]) -> None:
    stop_at("indicators", 0, prepared.city, workspace)
    evaluated.clear()
    (unfinished,) = open_workspace(workspace).unfinished.iterdir()
    (unfinished / "hits" / "cap_rush.parquet").write_bytes(b"")
    (unfinished / "run" / "features" / "person.parquet").unlink()
    assess(prepared.city, workspace, JUNE)
    assert evaluated == ["cap_rush"]
    assert_same(workspace, prepared.twice)


def test_ctrl_c_at_the_terminal(prepared: Prepared, workspace: Path) -> None:
    words = ["run", "--data", prepared.city, "--workspace", workspace, "--area", "320600", "--as-of", JUNE]
    command = [sys.executable, "-m", "detection.cli", *map(str, words)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not list(workspace.glob("unfinished/*/steps/features.json")):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, printed = process.communicate()
    assert process.returncode == 130, printed
    assert "Start the same command again" in printed
    assert "What readers see is as it was before." in printed
    assert "Traceback" not in printed
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Resumed at: " in again.stdout
    run_files = {name: hash_ for name, hash_ in content(current_run(workspace)).items() if name != RUN_LOG}
    assert run_files == content(current_run(prepared.twice))
