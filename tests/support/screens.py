"""The dashboard in a real browser: its server, and when a page is complete."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, Playwright
from playwright.sync_api import TimeoutError as NeverSo

from dashboard.server import command

_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
_START_SECONDS = 120
_POLL_MILLISECONDS = 40
_PATIENCE_MILLISECONDS = 60_000
_LIST_MILLISECONDS = 5_000
_OPENINGS = 5
_HAS_RUN = (
    """() => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === 'notRunning'"""
)
_IS_PICTURED = """() => {
  const seen = (element) => element && element.getClientRects().length > 0;
  return document.querySelectorAll('[data-testid="stSkeleton"]').length === 0
    && [...document.querySelectorAll('[data-testid="stVegaLiteChart"], [data-testid="stEChartsChart"]')].every(
      (chart) => seen(chart.querySelector('canvas, svg')));
}"""
_HAS_ROWS = """() => [...document.querySelectorAll('[data-testid="stDataFrame"]')].every(
  (grid) => grid.querySelectorAll('tr, [role="row"]').length > 1)"""
_TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@contextmanager
def server(workspace: Path, log: Path) -> Iterator[str]:
    """The dashboard of a workspace on a free port; yields its address once it answers.

    Args:
        workspace: with or without a run.
        log: file for the server's output.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with log.open("w") as out:
        process = subprocess.Popen(command(workspace, port), stdout=out, stderr=subprocess.STDOUT)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for_answer(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(30)


def wait_for_answer(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Ask for the server's health until it answers.

    There is no page yet whose state could be awaited, and the server announces nothing but by answering.
    """
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except urllib.error.HTTPError:  # it answers that one has to sign in
            return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            assert process.poll() is None, log.read_text()
            time.sleep(0.3)
    raise TimeoutError(f"the server did not answer in {_START_SECONDS} s:\n{log.read_text()}")


def launch(playwright: Playwright, chromium: str | None) -> Browser:
    """A Chromium that makes no requests of its own."""
    return playwright.chromium.launch(executable_path=chromium, args=list(_QUIET))


def settle(page: Page) -> None:
    """Wait until the script has run."""
    page.wait_for_function(_HAS_RUN, polling=_POLL_MILLISECONDS, timeout=_PATIENCE_MILLISECONDS)


def wait_for_pictures(page: Page) -> None:
    """Wait until no part of the page is a placeholder, every chart is rendered, and the browser has shown them."""
    page.wait_for_function(_IS_PICTURED, polling=_POLL_MILLISECONDS, timeout=_PATIENCE_MILLISECONDS)
    page.evaluate(_TWO_FRAMES)


def wait_for_charts(page: Page) -> None:
    """Wait for the pictures, and for the rows that tables have for screen readers: they follow a moment later."""
    wait_for_pictures(page)
    page.wait_for_function(_HAS_ROWS, polling=_POLL_MILLISECONDS, timeout=_PATIENCE_MILLISECONDS)


def choose_option(box: Locator, option: Locator) -> None:
    """Open the list of a box and click one of its options.

    A rerun of the page closes the list: the box is then clicked again, until the option is there.
    """
    for _ in range(_OPENINGS):
        box.click()
        try:
            option.click(timeout=_LIST_MILLISECONDS)
        except NeverSo:
            continue
        return
    raise AssertionError(f"{option} did not appear in {_OPENINGS} openings of {box}")
