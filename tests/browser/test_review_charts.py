"""A fault of the review that is about charts, in both languages, at 1440×900 and 1280×720."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page
from support.page_addresses import page_addresses
from support.windows import in_windows, opened

pytestmark = pytest.mark.browser
_CHART = '[data-testid="stVegaLiteChart"] svg'
_LINES = f"""() => [...document.querySelector('{_CHART}').querySelectorAll('.mark-line path')]
  .map(line => getComputedStyle(line).stroke)"""
_LABELS = f"""() => [...document.querySelectorAll('{_CHART} .role-axis-label text')]
  .filter(text => getComputedStyle(text).opacity > 0)
  .map(text => [text.textContent, getComputedStyle(text).fill, parseFloat(getComputedStyle(text).fontSize)])"""
_GRID = f"() => document.querySelectorAll('{_CHART} .role-axis-grid line').length"
_READABLE = 4.5
"""Contrast of text with what is behind it (WCAG 2.2)."""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_f29_lines_differ_axes_can_be_read_and_balances_are_no_amounts(
    shown: Page, long_run: Path, long_address: str, language: str
) -> None:
    page = opened(shown, f"{long_address}/benefit?lang={language}")
    for width in in_windows(page):
        lines, labels, grid = (page.evaluate(script) for script in (_LINES, _LABELS, _GRID))
        assert len(set(lines)) == 2, f"two lines of one color at {width}"
        assert apart(*sorted(set(lines))) > 100, f"lines look alike at {width}: {lines}"
        assert grid == len(labels) > 8, f"grid lines without a label at {width}"
    addresses = page_addresses(long_run)
    for path in (addresses[name] for name in ("benefit", "home", "institution", "family")):
        page = opened(shown, f"{long_address}/{path}{'&' if '?' in path else '?'}lang={language}")
        for width in in_windows(page):
            labels = page.evaluate(_LABELS)
            assert len(labels) > 8, path
            pale = [text for text, color, size in labels if contrast(color) < _READABLE or size < 12]
            assert pale == [], f"{path} at {width}"
    page = opened(shown, f"{long_address}/data?part=tables&lang={language}")
    for _ in in_windows(page):
        sums = page.locator("table.fw-table", has_text="pool_paid").inner_text()
        assert "balance" not in sums


def contrast(color: str) -> float:
    """Of a color with white (WCAG 2.2)."""
    parts = [channel / 255 for channel in rgb(color)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def apart(first: str, second: str) -> float:
    """Distance of two colors, of 442 between black and white."""
    return math.dist(rgb(first), rgb(second))


def rgb(color: str) -> tuple[int, ...]:
    """Red, green and blue of what a browser computed."""
    return tuple(int(channel) for channel in re.findall(r"\d+", color)[:3])
