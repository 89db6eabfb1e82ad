"""Pictures of the screens for the README, made by hand from a workspace in which a run has finished.

    python tests/support/screens.py WORKSPACE [docs/screens]

They show the first screen, the strangest group with its days, and the payer account with the most kinds of alerts.
"""

from __future__ import annotations

import argparse
import io
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from dashboard.server import command
from detection.store.queries import Filters, open_reader
from detection.store.queries.family import payers

_MOST_BYTES = 300_000
_COLOURS = 128  # flat screens need no more, and the files stay small
_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


def pages(workspace: Path) -> dict[str, str]:
    """Address of each picture's page, by the name of its file."""
    with open_reader(workspace) as reader:
        assert reader is not None, "no run has finished in this workspace"
        groups = [item for item in reader.page(Filters()) if item.subject_kind == "group"]
        accounts = payers(reader)
    shown = max(accounts, key=lambda account: len(account[1]))[0]  # the best rank of those with as many
    return {
        "home-en": "?lang=en",
        "alert-en": f"alert?id={groups[0].alert_id}&lang=en",
        "family-zh": f"family?payer={shown}&lang=zh",
    }


@contextmanager
def served(workspace: Path) -> Iterator[str]:
    """The dashboard of a workspace on a free port; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(command(workspace, port), stdout=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def picture(page: Page, address: str) -> bytes:
    """A page when it is drawn, as a small PNG."""
    page.goto(address)
    done = page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')
    expect(done).to_be_visible(timeout=60_000)
    page.wait_for_timeout(1_500)  # charts are drawn after the script has run
    drawn = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    small = io.BytesIO()
    drawn.quantize(_COLOURS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


def main() -> None:
    """Write all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=Path("docs/screens"))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with served(given.workspace) as address, sync_playwright() as playwright:
        _answering(address)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(_QUIET))
        for name, path in pages(given.workspace).items():
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            drawn = picture(page, f"{address}/{path}")
            assert len(drawn) <= _MOST_BYTES, f"{name}: {len(drawn)} bytes"
            (given.out / f"{name}.png").write_bytes(drawn)
            page.close()
        browser.close()


def _answering(address: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
        except OSError:
            time.sleep(0.3)
        else:
            return


if __name__ == "__main__":
    main()
