"""The language of the browser, and what Streamlit itself would say in English."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect
from support.screens import settle

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("locale", "tag", "title"), [("zh-CN", "zh-CN", "疑点列表"), ("en-GB", "en", "Alerts")]
)
def test_the_first_page_has_the_language_of_the_browser(
    browser: Browser, sample_address: str, locale: str, tag: str, title: str
) -> None:
    page = browser.new_page(locale=locale)
    page.goto(f"{sample_address}/alerts")
    settle(page)
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("html")).to_have_attribute("lang", tag)
    page.close()


def test_a_choice_holds_against_the_browser(browser: Browser, sample_address: str) -> None:
    page = browser.new_page(locale="zh-CN")
    page.goto(f"{sample_address}/methods?lang=en")
    settle(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Alerts", exact=True).click()
    expect(page.locator("h1")).to_have_text("Alerts")
    page.close()


def test_an_unknown_address_and_the_controls_are_in_chinese(browser: Browser, sample_address: str) -> None:
    page = browser.new_page(locale="zh-CN")
    page.goto(f"{sample_address}/no-such-page")
    settle(page)
    expect(page.locator("h1")).to_have_text("页面不存在")
    expect(page).to_have_url(re.compile("/unknown"))
    page.get_by_role("link", name="返回首页").click()
    expect(page.locator("h1")).to_have_text("首页")
    page.goto(f"{sample_address}/alerts")
    settle(page)
    expect(page.locator("[aria-label='Sidebar'], [aria-label='Open']")).to_have_count(0)
    expect(page.locator("[aria-label='菜单']").first).to_be_attached()
    page.close()
