"""An increment that is killed leaves the result of the last run, or its own; and the next one works."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from support.cities import frames, write
from support.killed_runs import run_and_kill, seen_by_readers
from support.late_rows import split
from support.shared import make_once
from support.workspaces import current_run, nothing_half_written

from data_samples.city import simulate

INCREMENT = ("--delivery", "increment")
MOMENTS = tuple(random.Random(13).uniform(0.2, 1) for _ in range(8))
"""Shares of an increment's work after which it is killed."""


class Prepared:
    """A workspace before a delivery, the same after it, and the processor seconds that it took."""

    def __init__(self, folder: Path) -> None:
        self.before, self.after = folder / "before", folder / "after"
        self.delivery, self.seconds = folder / "delivery", folder / "seconds"

    def make(self) -> None:
        """Run a small city without its late rows, and then the delivery of these."""
        folder = self.before.parent
        city = simulate_in(folder / "city")
        before, delivery = split(frames(city), ("settlements", "charge_lines", "enrolments"), 4, 0.05)
        write(delivery, self.delivery)
        assert not run_and_kill(write(before, folder / "data"), self.before, None).killed
        shutil.copytree(self.before, self.after)
        second = run_and_kill(self.delivery, self.after, None, *INCREMENT)
        assert not second.killed
        self.seconds.write_text(str(second.seconds))

    def kept(self, workspace: Path) -> dict[str, bytes]:
        """The hits that the run which readers see keeps for the next one."""
        return {file.name: file.read_bytes() for file in (current_run(workspace) / "kept/hits").iterdir()}


def simulate_in(folder: Path) -> Path:
    simulate(folder, persons=1_000, months=3, seed=103, area="320600")
    return folder


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return Prepared(make_once(tmp_path_factory, "killed_increment", lambda folder: Prepared(folder).make()))


@pytest.mark.parametrize("moment", range(len(MOMENTS)))
def test_a_killed_increment_is_seen_wholly_or_not_at_all(
    moment: int, prepared: Prepared, tmp_path: Path
) -> None:
    workspace = shutil.copytree(prepared.before, tmp_path / "ws")
    before, complete = seen_by_readers(prepared.before), seen_by_readers(prepared.after)
    assert before.current_run != complete.current_run
    after = MOMENTS[moment] * float(prepared.seconds.read_text())
    ended = run_and_kill(prepared.delivery, workspace, None, *INCREMENT, after=after)
    assert seen_by_readers(workspace) in ((before, complete) if ended.killed else (complete,))
    if moment == 0:
        assert not run_and_kill(prepared.delivery, workspace, None, *INCREMENT).killed
        assert seen_by_readers(workspace).current_run == complete.current_run
        assert prepared.kept(workspace) == prepared.kept(prepared.after) != {}
        assert nothing_half_written(workspace)
