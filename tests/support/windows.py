"""The windows of an office, in which every page has to work."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page
from support.screens import settle, wait_for_charts

WINDOWS = ((1440, 900), (1280, 720))
"""Width and height in pixels; the first is the usual one."""


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    settle(page)
    wait_for_charts(page)
    return page


def in_windows(page: Page) -> Iterator[int]:
    """Gives the window each size in turn; its width."""
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        wait_for_charts(page)
        yield width
    page.set_viewport_size({"width": WINDOWS[0][0], "height": WINDOWS[0][1]})
