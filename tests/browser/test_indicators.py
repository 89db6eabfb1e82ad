"""Screens of indicators in a window of 1280×720: the chosen card's detail within view, and no text cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from support.screens import settle, wait_for_charts

from dashboard.wording import catalogue
from detection.indicators.card import SCREENS

pytestmark = pytest.mark.browser
_HEIGHT = 720
_CUT = """() => [...document.querySelectorAll('.fw-tile > *, .fw-figures *, .fw-bars > *, .fw-head *')]
    .filter(element => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline')
    .map(element => element.textContent)"""


@pytest.fixture(scope="module")
def small(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": _HEIGHT})
    yield page
    page.close()


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    settle(page)
    wait_for_charts(page)
    return page


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_card_shows_its_detail_within_the_window(small: Page, finished_address: str, language: str) -> None:
    shown = opened(small, f"{finished_address}/benefit?lang={language}")
    for card in (2, 0):
        shown.locator("a.fw-tile").nth(card).click()
        expect(shown.locator("a.fw-tile").nth(card)).to_have_class(re.compile("fw-chosen"))
        settle(shown)
        wait_for_charts(shown)
        for part in (".fw-figures", '[data-testid="stVegaLiteChart"]'):
            box = shown.locator(part).first.bounding_box()
            assert box is not None and box["y"] >= 0 and box["y"] + box["height"] <= _HEIGHT, part


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_text_is_cut(small: Page, finished_address: str, language: str) -> None:
    for screen in SCREENS:
        shown = opened(small, f"{finished_address}/{screen}?lang={language}")
        assert shown.locator("a.fw-tile").count()
        assert shown.evaluate(_CUT) == [], screen


def test_tabs_choose_the_period_and_say_what_there_is_not(small: Page, finished_address: str) -> None:
    words = catalogue("zh")
    shown = opened(small, f"{finished_address}/benefit?lang=zh")
    before = words["indicator.kind.none"].format(kind=words["period_kind.before"])
    shown.get_by_text(before, exact=True).click()
    expect(shown.get_by_text(words["indicator.no_kind.before"])).to_be_visible()
    expect(shown.locator("a.fw-tile")).to_have_count(0)
    settle(shown)
    shown.get_by_text(words["period_kind.after"], exact=True).click()
    expect(shown.locator("a.fw-tile").first).to_be_visible()
    expect(shown).to_have_url(re.compile("kind=after"))


def test_a_district_opens_its_list(small: Page, finished_address: str) -> None:
    shown: Any = opened(small, f"{finished_address}/benefit?lang=zh&indicator=effective_reimbursement")
    name = shown.locator(".fw-bars a").first.inner_text()
    shown.locator(".fw-bars a").first.click()
    expect(shown.locator(".fw-section small").last).to_contain_text(name)
    expect(shown).to_have_url(re.compile("view=list"))


def test_fund_risk_begins_with_the_outgo_and_each_month_opens_its_list(
    small: Page, finished_address: str
) -> None:
    words = catalogue("zh")
    shown = opened(small, f"{finished_address}/fund_risk?lang=zh")
    expect(shown.get_by_text(words["fund.unknown"])).to_be_visible()
    month = shown.locator(".fw-columns a").last
    fen = (month.get_attribute("title") or "").split(": ")[1]
    month.click()
    expect(shown).to_have_url(re.compile("indicator=pool_cost_per_visit.*view=list"))
    expect(shown.locator(".fw-table tbody tr").last).to_contain_text(fen)
