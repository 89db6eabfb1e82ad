"""Workspaces for the screens: one filled by hand, one in which nothing has been run."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support import dashboard_files, dashboard_manifest, dashboard_store
from support.dashboard_runs import RUN, SNAPSHOT
from support.shared import make_once
from support.signing_in import add_user, connect, token_of

import dashboard
from dashboard.navigation import script
from detection.accounts.demo import record_demo
from features.workspace import Where

APP = Path(dashboard.__file__).with_name("app.py")
EMPTY_USER = "wang"
"""A supervisor of the workspace without a run."""
OpenPage = Callable[..., AppTest]


def fill(where: Where, *, alerts_of_each: int) -> Path:
    """A workspace filled by hand; its folder."""
    workspace, alerts = dashboard_store.build(
        where, dashboard_manifest.manifest(), alerts_of_each=alerts_of_each
    )
    dashboard_files.add_files(workspace, RUN, SNAPSHOT, alerts)
    record_demo(workspace, SNAPSHOT)  # nothing in it is of a real person: it is shown without a sign-in
    return workspace.root


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with alerts of every detector, none of them acted upon."""
    return fill(tmp_path_factory.mktemp("screens") / "sample", alerts_of_each=8)


@pytest.fixture(scope="session")
def small_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small one, to be copied."""
    return make_once(tmp_path_factory, "small_sample", lambda folder: fill(folder, alerts_of_each=3))


@pytest.fixture
def sample_to_change(small_sample: Path, tmp_path: Path) -> Path:
    """A copy of it for tests that act."""
    return shutil.copytree(small_sample, tmp_path / "own")


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace without a run."""
    root = tmp_path_factory.mktemp("screens") / "empty"
    dashboard_store.build_empty(root)
    add_user(root, EMPTY_USER)  # without data there is no demo
    return root


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Opens a page of a workspace as its server would."""

    def opened(workspace: Path, page: str, *, signed_in_as: str = "", **parameters: str) -> AppTest:
        connect(monkeypatch, token_of(workspace, signed_in_as) if signed_in_as else "")
        monkeypatch.setattr(sys, "argv", [str(APP), "--workspace", str(workspace)])
        app = AppTest.from_file(str(APP), default_timeout=60)
        app.query_params.update(parameters)
        if page != "home":
            app.switch_page(f"app_pages/{page}.py" if "/" in page else script(page))
            app.query_params.update(parameters)
        return app.run()

    return opened
