"""How long the screens take on a store of many alerts, in a real browser.

``make bench-screens``: medians of several looks at each page, of filters
of the list, and of opening an alert: by a link inside the app, and by an address, with which the browser loads
Streamlit's own scripts once more. A look begins with the address or the click, and ends when the script has run,
no placeholder is left, every chart is rendered and the browser has shown it. To be run on an idle machine.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright
from support.dashboard_fixtures import fill
from support.screens import launch, server, settle, wait_for_pictures

from detection.detectors.catalogue import catalogue
from detection.store.queries import Filters, open_reader
from detection.store.queries.alerts import rows

PAGES = ("home", "alerts", "risk", "network", "family", "methods", "data")
FILTERS: Mapping[str, str] = {
    "all alerts": "list=all",
    "of a district": "list=all&district=320602",
    "of two grades": "list=all&severity=definite,suspicious",
    "of a quarter": "list=all&start=2024-04-01&end=2024-06-30",
    "by money": "list=all&sort=money",
    "last page": "list=all&page=4000",
}
FIRST_LOOK, FILTER = 1.0, 0.5
"""Bounds in seconds."""


def main() -> None:
    """Fill a store, look, and print medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alerts", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--store", type=Path, help="keep the filled store here, or use the one that is there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = given.store or Path(folder) / "store"
        if not root.exists():
            fill(root, alerts_of_each=-(-given.alerts // len(catalogue())))
        with open_page(root, Path(folder) / "log") as (page, address):
            print("| look | median s | bound |\n|---|---|---|")
            for name, seconds, bound in measurements(page, address, root, given.rounds):
                print(f"| {name} | {seconds:.2f} | {bound} |", flush=True)


@contextmanager
def open_page(root: Path, log: Path) -> Iterator[tuple[Page, str]]:
    """A page of a browser, and the address of a server of the workspace."""
    with server(root, log) as address, sync_playwright() as playwright:
        browser = launch(playwright, shutil.which("chromium"))
        yield browser.new_page(viewport={"width": 1440, "height": 900}), address
        browser.close()


def measurements(page: Page, address: str, root: Path, rounds: int) -> Iterator[tuple[str, float, float]]:
    """Name, median seconds and bound of each look."""
    with open_reader(root) as reader:
        assert reader is not None
        alert_id = rows(reader, Filters(), size=1)[0].alert_id
    page.goto(f"{address}/")
    settle(page)  # the server's first page imports everything
    addresses = {name: "" if name == "home" else name for name in PAGES} | {"alert": f"alert?id={alert_id}"}
    for name, target in addresses.items():
        page.goto(f"{address}/alerts")
        settle(page)
        begin = time.perf_counter()
        _follow(page, target or "./")
        _wait(page)
        yield f"first look, nothing read yet: {name}", time.perf_counter() - begin, FIRST_LOOK
        seconds = _median(page, partial(_follow, page, target or "./"), rounds, back=True)
        yield f"look by a link: {name}", seconds, FIRST_LOOK
        again = partial(page.goto, f"{address}/{target}")
        yield f"the whole app loaded anew: {name}", _median(page, again, rounds), FIRST_LOOK
    for name, query in FILTERS.items():
        page.goto(f"{address}/alerts?list=all")
        settle(page)
        seconds = _median(page, partial(_follow, page, f"alerts?{query}"), rounds, back=True)
        yield f"filter: {name}", seconds, FILTER


def _follow(page: Page, address: str) -> None:
    """Open an address inside the app, as a link of a page does, and wait until its script has begun."""
    page.evaluate(
        "to => { const a = document.createElement('a'); a.href = to; a.target = '_self'; a.hidden = true;"
        " document.querySelector('.fw-ribbon').append(a); window.fwBegun = false;"
        " const seen = new MutationObserver(() => { window.fwBegun = true; seen.disconnect(); });"
        " seen.observe(document.body,"
        " { subtree: true, childList: true, attributes: true, attributeFilter: ['data-test-script-state'] });"
        " a.click(); }",
        address,
    )
    page.wait_for_function("() => window.fwBegun", polling=10)


def _wait(page: Page) -> None:
    """Wait until the page of the address is complete."""
    settle(page)
    wait_for_pictures(page)


def _median(page: Page, act: Callable[[], object], rounds: int, *, back: bool = False) -> float:
    seconds = []
    for _ in range(rounds):
        begin = time.perf_counter()
        act()
        _wait(page)
        seconds.append(time.perf_counter() - begin)
        if back:
            _follow(page, "alerts?list=all")
            settle(page)
    return median(seconds)


if __name__ == "__main__":
    main()
