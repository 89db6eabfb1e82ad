"""What tests of several folders share: a simulated city, a workspace in which it was run, and kinds of tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from streamlit.components.v2 import manifest_scanner
from support.postgres import Server, programs, running_server
from support.scheduling import SpreadFiles
from support.shared import make_once

settings.register_profile("untimed", deadline=None)  # a busy machine must not decide
settings.load_profile("untimed")

SMALL_AREA = "320600"
RUN_AT = "2024-07-01T08:00:00"

SLOW_FOLDERS = {"end_to_end", "browser"}
SLOW_FIXTURES = {
    "small_city",
    "finished",
    "city",
    "town",
    "clean",
    "northern",
    "open_page",
    "fitted",
    "extract",
}
"""Fixtures that simulate, run the pipeline, run the app, register models, or read the national platform's tables."""


def pytest_report_header() -> str:
    """Say what is left out where PostgreSQL is not installed."""
    folder = programs()
    return f"PostgreSQL: {folder or 'not installed; tests of a store in a database are left out'}"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests that ``make test-fast`` leaves out, and leave out those that need what is not installed."""
    if programs() is None:
        absent = [item for item in items if "postgres" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=absent)
        items[:] = [item for item in items if item not in absent]
    for item in items:
        if SLOW_FOLDERS & set(item.path.parts) or SLOW_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> SpreadFiles:
    """Give each file to one process, so that its fixtures are built once.

    Files keep the order of their folders, in which long ones come first: at the end both processes have short ones.
    """
    config.option.loadscopereorder = False
    return SpreadFiles(config, log)


@pytest.fixture(scope="session", autouse=True)
def components_listed_once() -> Iterator[None]:
    """Streamlit's test harness looks for components in all packages at every run of a page; once is enough."""
    with pytest.MonkeyPatch.context() as patch:
        listing = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", listing)
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server, started when the first test needs it."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def small_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a simulated city of 1,000 people and six months; to be read only."""
    from data_samples.city import simulate

    return make_once(
        tmp_path_factory,
        "small_city",
        lambda folder: simulate(folder, persons=1_000, months=6, seed=102, area=SMALL_AREA),
    )


@pytest.fixture(scope="session")
def finished(small_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workspace in which the small city was run once; to be read only."""
    from detection.accounts.demo import record_current_data
    from detection.run.pipeline import RunRequest, run
    from features.workspace import open_workspace

    def make(root: Path) -> None:
        run(RunRequest(data=small_city, workspace=root, area=SMALL_AREA, now=RUN_AT))
        record_current_data(open_workspace(root))  # the simulator made all of it: shown without a sign-in

    return make_once(tmp_path_factory, "finished", make)


@pytest.fixture
def finished_copy(finished: Path, tmp_path: Path) -> Path:
    """A copy of it, for tests that change it."""
    return shutil.copytree(finished, tmp_path / "finished")
