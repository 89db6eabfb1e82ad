"""One city, one workspace, one server for the acceptance hour; every person has a browser of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from support.acceptance.city import make_workspace
from support.acceptance.hour import Hour, add_people
from support.screens import server
from support.shared import make_once


@pytest.fixture(scope="package")
def hour(small_city: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hour]:
    made = make_once(tmp_path_factory, "acceptance", lambda folder: make_workspace(small_city, folder))
    own = tmp_path_factory.mktemp("acceptance")
    root = shutil.copytree(made / "ws", own / "ws")
    add_people(root)
    with server(root, own / "log") as address:
        shared = Hour(root, made / "city", address, browser)
        yield shared
        shared.close()
