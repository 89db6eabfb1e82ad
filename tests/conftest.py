"""What tests of several folders share: a small simulated city, and a workspace in which it was run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

SMALL_AREA = "320600"
RUN_AT = "2024-07-01T08:00:00"


@pytest.fixture(scope="session")
def small_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a simulated city of 1,000 people and six months; to be read only."""
    from data_samples.city import simulate

    folder = tmp_path_factory.mktemp("small_city") / "data"
    simulate(folder, persons=1_000, months=6, seed=102, area=SMALL_AREA)
    return folder


@pytest.fixture(scope="session")
def finished(small_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workspace in which the small city was run once; to be read only."""
    from detection.run.pipeline import RunRequest, run

    root = tmp_path_factory.mktemp("finished") / "workspace"
    run(RunRequest(data=small_city, workspace=root, area=SMALL_AREA, now=RUN_AT))
    return root


@pytest.fixture
def finished_copy(finished: Path, tmp_path: Path) -> Path:
    """A copy of it, for tests that change it."""
    return shutil.copytree(finished, tmp_path / "finished")
