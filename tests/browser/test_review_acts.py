"""Faults of the review that are about acts and about coming back, in both languages, at 1440×900 and 1280×720."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from support.screens import choose_option, settle, wait_for_charts
from support.windows import WINDOWS

from dashboard.wording import catalogue

pytestmark = pytest.mark.browser
_TICK, _PATTERN, _ROW = 16, 200, 30
_REASON = "同一机构的慢病配药 / a nursing home"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_f1_f4_an_act_leaves_nothing_chosen_and_its_page_is_kept(
    watched: Any, address_to_change: str, language: str
) -> None:
    words, page = catalogue(language), watched.page
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        watched.open(f"{address_to_change}/alerts?list=all&page=2&lang={language}")
        count = page.locator(".fw-ribbon b").filter(has_text=re.compile(r"^\d+$")).first
        before = count.inner_text()
        grid(page).click(position={"x": _TICK, "y": _ROW * 1.5})
        expect(page.get_by_text(words["alerts.picked"].format(n=1))).to_be_visible()
        settle(page)  # the form of the choice before is gone
        dismiss(page, words)
        expect(count).to_have_text(str(int(before) - 1))
        expect(page.get_by_text(words["alerts.picked"].format(n=0))).to_be_visible()
        expect(page.get_by_label(words["act.reason"])).to_have_value("")
        expect(page).to_have_url(re.compile("page=2"))
        page.get_by_role("button", name=words["act.undo"]).click()
        expect(count).to_have_text(before)
        settle(page)
        wait_for_charts(page)
        grid(page).click(position={"x": _PATTERN, "y": _ROW * 1.5})
        expect(page.locator(".fw-seen")).to_be_visible()
        page.locator(".fw-way a").first.click()
        expect(page).to_have_url(re.compile("page=2"))
        expect(page.get_by_text(re.compile(r"\b26\b\D+\b50\b"))).to_be_visible()
    watched.assert_in_order(address_to_change)


def grid(page: Page) -> Locator:
    """The table of alerts, complete."""
    table = page.locator('[data-testid="stDataFrame"]').first
    # The table is a picture; its accessible rows follow when the picture is complete.
    expect(table.get_by_role("row", include_hidden=True).nth(1)).to_be_attached()
    return table


def dismiss(page: Page, words: dict[str, str]) -> None:
    """Dismiss one chosen alert, with a reason and a verdict; the confirmation lists it with its money."""
    choose_option(
        page.get_by_label(words["act.action"]), page.get_by_role("option", name=words["action.dismiss"])
    )
    page.get_by_label(words["act.reason"]).fill(_REASON)
    page.get_by_role("button", name=words["act.submit"].format(n=1)).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("tbody tr")).to_have_count(1)
    expect(dialog.locator(".fw-ribbon")).to_contain_text("¥")
    choose_option(dialog.get_by_label(words["act.verdict"]), page.get_by_role("option").first)
    dialog.get_by_role("button", name=words["act.yes"]).click()
