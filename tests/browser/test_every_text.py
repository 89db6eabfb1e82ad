"""Every page in both languages: axe-core finds no serious fault of ours, and no text is cut in an office's windows.

One page of one browser opens each address once; then the window is resized, and the page is not loaded again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as NeverSo
from support.page_addresses import page_addresses, pictured_alerts
from support.screens import settle, wait_for_charts

pytestmark = pytest.mark.browser
_WINDOWS = ((1440, 900), (1280, 720))
_ZOOMED = (960, 600)
"""A window of 1440×900 at a zoom of 150 %."""
_MAIN_PAGES = (
    "home",
    "alerts",
    "alert",
    "institution",
    "person",
    "packet",
    "case",
    "fund_risk",
    "benefit",
    "methods",
)
"""Pages that fit at 150 % as well."""
_SERIOUS = ("serious", "critical")
_NOT_OURS = {
    '[data-testid="stSidebarNavItems"]': "Streamlit's menu puts the items of a section into a div inside the list",
}
"""Widgets of Streamlit that no style and no argument of ours changes, with their fault."""
_CUT = (Path(__file__).parent / "cut_texts.js").read_text(encoding="utf-8")
_LAYOUT_MILLISECONDS = 5_000


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_accessible_and_shows_its_texts_whole(
    shown: Page, worked: Path, worked_address: str, language: str
) -> None:
    faults: list[str] = []
    pages = page_addresses(worked) | (pictured_alerts(worked) if language == "zh" else {})
    for name, address in pages.items():
        shown.set_viewport_size({"width": 1440, "height": 900})
        shown.goto(f"{worked_address}/{address}{'&' if '?' in address else '?'}lang={language}")
        settle(shown)
        wait_for_charts(shown)
        faults += [f"{name}: {fault}" for fault in _serious(shown)]
        for width, height in (*_WINDOWS, *((_ZOOMED,) if name in _MAIN_PAGES else ())):
            shown.set_viewport_size({"width": width, "height": height})
            faults += [f"{name} at {width}: {text}" for text in _cut(shown)]
    assert not faults, "\n".join(faults)


def _serious(page: Page) -> list[str]:
    excluded = {"exclude": [[part] for part in _NOT_OURS]}
    checked: dict[str, Any] = Axe().run(page, excluded, {"resultTypes": ["violations"]}).response
    assert checked["passes"], "axe looked at nothing"
    return [
        f"{rule['id']} ({rule['impact']}): {node['target']} {node['html'][:150]}"
        for rule in checked["violations"]
        if rule["impact"] in _SERIOUS
        for node in rule["nodes"]
    ]


def _cut(page: Page) -> list[str]:
    """Texts that stay cut once charts have taken the new width."""
    try:
        page.wait_for_function(f"() => ({_CUT})().length === 0", timeout=_LAYOUT_MILLISECONDS)
    except NeverSo:
        return [str(text) for text in page.evaluate(_CUT)]
    return []
