"""A run that is killed leaves what readers see as it was, and the next run works."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest
from filelock import FileLock
from support.killed_runs import Seen, run_and_kill, seen_by_readers
from support.shared import make_once, session_folder
from support.workspaces import content, current_run, nothing_half_written

from detection.cli.logs import RUN_LOG
from features.workspace import open_workspace

BEFORE, DAY = "2024-05-31", "2024-06-30"
"""Days of assessment of the run that readers see, and of the runs that are killed."""


def moments(count: int) -> list[float]:
    """Shares of a run's work after which it is killed.

    Half of them fall into the last third, where the run's files and the store are written.
    """
    rng = random.Random(20240630)
    return [rng.uniform(0, 1) if number % 2 else rng.uniform(0.66, 1) for number in range(count)]


MOMENTS = moments(50)
RUN_AGAIN = range(0, len(MOMENTS), 10)
"""Moments after which the run is started again: late ones, so that it goes on after finished steps."""


class Prepared:
    """A workspace with one run, the same after a second run, and the processor seconds that one took."""

    def __init__(self, folder: Path) -> None:
        self.city, self.once, self.twice = folder / "city", folder / "once", folder / "twice"
        self.record = folder / "seconds.json"

    def make(self) -> None:
        """Run a small city twice."""
        from data_samples.city import simulate

        simulate(self.city, persons=1_000, months=3, seed=102, area="320600")
        assert not run_and_kill(self.city, self.once, BEFORE).killed
        shutil.copytree(self.once, self.twice)
        second = run_and_kill(self.city, self.twice, DAY)
        assert not second.killed
        self.record.write_text(json.dumps(second.seconds))

    @property
    def seconds(self) -> float:
        """Processor seconds of a whole run."""
        return float(json.loads(self.record.read_text()))


def results(workspace: Path) -> dict[str, str]:
    """Hashes of the files of the current run; its log tells of the clock."""
    return {name: hash_ for name, hash_ in content(current_run(workspace)).items() if name != RUN_LOG}


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return Prepared(make_once(tmp_path_factory, "killed", lambda folder: Prepared(folder).make()))


@pytest.fixture(scope="session")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with a file for each moment that was tried, common to all test processes."""
    folder = session_folder(tmp_path_factory) / "killed_runs"
    folder.mkdir(exist_ok=True)
    return folder


def record(outcomes: Path, moment: int, *, unchanged: bool) -> None:
    """Write down a moment's outcome; whichever is last checks that enough runs were stopped in time."""
    with FileLock(outcomes / "lock"):
        (outcomes / f"{moment}.json").write_text(json.dumps(unchanged))
        tried = [json.loads(path.read_text()) for path in outcomes.glob("*.json")]
    if len(tried) == len(MOMENTS):
        assert sum(tried) >= len(MOMENTS) // 2, (
            f"only {sum(tried)} of {len(MOMENTS)} runs were killed in time"
        )


@pytest.mark.parametrize("moment", range(len(MOMENTS)))
def test_readers_see_a_killed_run_wholly_or_not_at_all(
    moment: int, prepared: Prepared, outcomes: Path, tmp_path: Path
) -> None:
    workspace = shutil.copytree(prepared.once, tmp_path / "ws")
    before, complete = seen_by_readers(prepared.once), seen_by_readers(prepared.twice)
    assert before.current_run != complete.current_run
    ended = run_and_kill(prepared.city, workspace, DAY, after=MOMENTS[moment] * prepared.seconds)
    after: Seen = seen_by_readers(workspace)
    assert after in ((before, complete) if ended.killed else (complete,))
    record(outcomes, moment, unchanged=after == before)
    if moment in RUN_AGAIN:
        assert not run_and_kill(prepared.city, workspace, DAY).killed
        assert seen_by_readers(workspace) == complete
        assert nothing_half_written(workspace)
        assert not open_workspace(workspace).unfinished.exists()
        assert results(workspace) == results(prepared.twice)
        if after == before:
            assert "Resumed at" in (current_run(workspace) / RUN_LOG).read_text()
