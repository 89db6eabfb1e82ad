"""A real server and a real Chromium. Left out, saying so, where there is no Chromium."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from support.dashboard_fixtures import empty, sample, sample_to_change

from dashboard.server import command
from detection.detectors.catalogue import catalogue
from detection.store.queries.alerts import Filters, rows
from detection.store.queries.reader import open_reader

__all__ = ["empty", "sample", "sample_to_change"]

Serve = Callable[[Path], str]
_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
_START_SECONDS = 120


@contextmanager
def server(workspace: Path, log: Path) -> Iterator[str]:
    """The dashboard of a workspace on a free port; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with log.open("w") as out:
        process = subprocess.Popen(command(workspace, port), stdout=out, stderr=subprocess.STDOUT)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(30)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            assert process.poll() is None, log.read_text()
            time.sleep(0.3)
    pytest.fail(f"the server did not answer in {_START_SECONDS} s:\n{log.read_text()}")


@pytest.fixture(scope="session")
def sample_address(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server(sample, tmp_path_factory.mktemp("server") / "log") as address:
        yield address


@pytest.fixture(scope="session")
def empty_address(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server(empty, tmp_path_factory.mktemp("server") / "log") as address:
        yield address


@pytest.fixture(scope="session")
def finished_address(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A city that was run, for what no hand-filled store has."""
    with server(finished, tmp_path_factory.mktemp("server") / "log") as address:
        yield address


@pytest.fixture
def address_to_change(sample_to_change: Path, tmp_path: Path) -> Iterator[str]:
    with server(sample_to_change, tmp_path / "log") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium on this machine: the pages are not looked at in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_QUIET))
        yield browser
        browser.close()


class Watched:
    """A browser page that remembers what it asked for and what went wrong."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _on_console(self, message: ConsoleMessage) -> None:
        # Below a page's address, Streamlit first looks for its own endpoints there and then at the root.
        if message.type == "error" and "/_stcore/" not in message.location["url"]:
            self.errors.append(message.text)

    def open(self, address: str) -> Page:
        """Go there and wait until the script has run."""
        self.page.goto(address)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the script has run."""
        done = self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')
        expect(done).to_be_visible(timeout=60_000)

    def assert_in_order(self, address: str) -> None:
        """Nothing went wrong, and nothing was asked of anybody but the server."""
        own = (address, address.replace("http", "ws"), "data:", "blob:")
        assert not [url for url in self.requests if not url.startswith(own)]
        assert not self.errors
        assert self.page.locator('[data-testid="stException"]').count() == 0


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """A usual office screen; scripts and fonts are kept from test to test, a reader's session is not."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context
    context.close()


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
    cards = {name: item.card.picture for name, item in catalogue().items()}
    return {cards[item.detector]: item.alert_id for item in alerts}
