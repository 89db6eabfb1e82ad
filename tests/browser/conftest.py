"""A real server and a real Chromium; skipped, with the reason, where there is no Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from support.dashboard_fixtures import EMPTY_USER, empty, sample, sample_to_change, small_sample
from support.screens import launch, server, settle, wait_for_charts
from support.shared import make_once
from support.signing_in import sign_in
from support.worked import work

from data_samples.city import simulate
from detection.accounts.demo import record_current_data
from detection.detectors.catalogue import catalogue
from detection.run.pipeline import RunRequest, run
from detection.store.queries.alerts import Filters, rows
from detection.store.queries.reader import open_reader
from features.workspace import open_workspace

__all__ = ["empty", "sample", "sample_to_change", "small_sample"]

expect.set_options(timeout=60_000)  # for a machine that is busy with other tests


@pytest.fixture(scope="session")
def sample_address(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server(sample, tmp_path_factory.mktemp("server") / "log") as address:
        yield address


@pytest.fixture(scope="session")
def empty_address(
    empty: Path, window: BrowserContext, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Without data there is no demo: the window is signed in once."""
    with server(empty, tmp_path_factory.mktemp("server") / "log") as address:
        for cookie in sign_in(address, EMPTY_USER).cookies:
            window.add_cookies([{"name": cookie.name, "value": cookie.value or "", "url": address}])
        yield address


@pytest.fixture(scope="session")
def finished_address(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A city that was run, for what no hand-filled store has."""
    with server(finished, tmp_path_factory.mktemp("server") / "log") as address:
        yield address


@pytest.fixture(scope="session")
def worked(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of it in which people have worked: a packet is held, a case has findings; to be read only."""
    root = shutil.copytree(finished, tmp_path_factory.mktemp("worked") / "workspace")
    work(root)
    return root


@pytest.fixture(scope="session")
def worked_address(worked: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server(worked, tmp_path_factory.mktemp("server") / "log") as address:
        yield address


@pytest.fixture
def address_to_change(sample_to_change: Path, tmp_path: Path) -> Iterator[str]:
    with server(sample_to_change, tmp_path / "log") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium on this machine: the pages are not tested in a browser")
    with sync_playwright() as playwright:
        chromium = launch(playwright, path)
        yield chromium
        chromium.close()


class Watched:
    """A browser page that records its requests and errors."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", self._record_error)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _record_error(self, message: ConsoleMessage) -> None:
        # Below a page's address, Streamlit first looks for its own endpoints there and then at the root.
        if message.type == "error" and "/_stcore/" not in message.location["url"]:
            self.errors.append(message.text)

    def open(self, address: str) -> Page:
        """Go there and wait until the page is rendered."""
        self.page.goto(address)
        settle(self.page)
        wait_for_charts(self.page)
        return self.page

    def assert_in_order(self, address: str) -> None:
        """Nothing went wrong, and nothing was requested from any other server."""
        own = (address, address.replace("http", "ws"), "data:", "blob:")
        assert not [url for url in self.requests if not url.startswith(own)]
        assert not self.errors
        assert self.page.locator('[data-testid="stException"]').count() == 0


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """A usual office screen; tests share scripts and fonts, but no session."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context
    context.close()


@pytest.fixture(scope="module")
def shown(window: BrowserContext) -> Iterator[Page]:
    """One page for all tests of a module."""
    page = window.new_page()
    yield page
    page.close()


@pytest.fixture
def watched(window: BrowserContext) -> Iterator[Watched]:
    """A fresh page."""
    page = window.new_page()
    yield Watched(page)
    page.close()


@pytest.fixture(scope="session")
def pictured_alerts(sample: Path) -> dict[str, str]:
    """An alert for each picture that a card declares."""
    with open_reader(sample) as reader:
        assert reader is not None
        alerts = rows(reader, Filters(), sort="risk", page=1, size=1000)
    pictures = {name: detector.card.picture for name, detector in catalogue().items()}
    return {pictures[alert.detector]: alert.alert_id for alert in alerts}


@pytest.fixture(scope="session")
def long_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city of fourteen months that was run: windows of twelve months overlap, some months have one a year before."""

    def make(folder: Path) -> None:
        data, root = folder / "city", folder / "workspace"
        simulate(data, persons=1_000, months=14, seed=102, area="320600")
        run(RunRequest(data=data, workspace=root, area="320600", now="2024-07-01T08:00:00"))
        record_current_data(open_workspace(root))

    return make_once(tmp_path_factory, "fourteen_months", make) / "workspace"


@pytest.fixture(scope="session")
def long_address(long_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server(long_run, tmp_path_factory.mktemp("server") / "log") as address:
        yield address
