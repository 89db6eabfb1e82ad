"""The dashboard in a real browser, and pictures of its screens for the README.

    python tests/support/screens.py WORKSPACE [docs/screens]

The pictures show the first screen, the highest-ranked group with its days, and the payer account with the most kinds
of alerts. The workspace must hold a finished run.
"""

from __future__ import annotations

import argparse
import io
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from dashboard.server import command
from detection.store.queries import Filters, open_reader
from detection.store.queries.alerts import rows
from detection.store.queries.family import payers

_MOST_BYTES = 300_000
_COLORS = 128  # flat screens need no more, and the files stay small
_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
_START_SECONDS = 120
_CHARTS = '[data-testid="stVegaLiteChart"], [data-testid="stEChartsChart"]'


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
    finished = page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')
    expect(finished).to_be_visible(timeout=60_000)


def wait_for_charts(page: Page) -> None:
    """Wait until no part of the page is a placeholder, and every chart is rendered."""
    expect(page.locator('[data-testid="stSkeleton"]')).to_have_count(0, timeout=60_000)
    for chart in page.locator(_CHARTS).all():
        expect(chart.locator("canvas, svg").first).to_be_visible(timeout=60_000)


def pages(workspace: Path) -> dict[str, str]:
    """Address of each picture's page, by the name of its file."""
    with open_reader(workspace) as reader:
        assert reader is not None, "no run has finished in this workspace"
        groups = [row for row in rows(reader, Filters()) if row.subject_kind == "group"]
        accounts = payers(reader)
    payer = max(accounts, key=lambda account: len(account[1]))[0]  # the best rank of those with as many
    return {
        "home-en": "?lang=en",
        "alert-en": f"alert?id={groups[0].alert_id}&lang=en",
        "family-zh": f"family?payer={payer}&lang=zh",
    }


def picture(page: Page, address: str) -> bytes:
    """A rendered page as a small PNG."""
    page.goto(address)
    settle(page)
    wait_for_charts(page)
    screenshot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    small = io.BytesIO()
    screenshot.quantize(_COLORS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


def main() -> None:
    """Write all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=Path("docs/screens"))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright, shutil.which("chromium"))
        with server(given.workspace, Path(folder) / "log") as address:
            for name, path in pages(given.workspace).items():
                page = browser.new_page(viewport={"width": 1440, "height": 900})
                image = picture(page, f"{address}/{path}")
                assert len(image) <= _MOST_BYTES, f"{name}: {len(image)} bytes"
                (given.out / f"{name}.png").write_bytes(image)
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
