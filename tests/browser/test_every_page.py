"""Every page in a real browser, in both languages: it has its title, and requests nothing from outside."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from dashboard.wording import catalogue
from detection.indicators.card import SCREENS

pytestmark = pytest.mark.browser
HEADINGS = {
    "": ("Home", "首页"),
    "alerts": ("Alerts", "疑点列表"),
    "risk": ("Risk", "风险列表"),
    "alert": ("Alert", "疑点详情"),
    "network": ("Network", "关系网络"),
    "family": ("Family", "家庭共济"),
    "methods": ("Methods", "方法说明"),
    "data": ("Data", "数据情况"),
    "audit": ("Audit log", "审计日志"),
}
GRAPHICS = {
    "": '[data-testid="stVegaLiteChart"]',
    "alerts": '[data-testid="stDataFrame"] canvas',
    "network": '[data-testid="stEChartsChart"]',
    "family": '[data-testid="stVegaLiteChart"]',
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", list(HEADINGS))
def test_a_page_of_the_sample(watched: Any, sample_address: str, page: str, language: str) -> None:
    shown = watched.open(f"{sample_address}/{page}?lang={language}")
    expect(shown.locator("h1")).to_have_text(HEADINGS[page][language == "zh"])
    expect(shown.locator(".fw-simulated")).to_contain_text(
        "模拟数据" if language == "zh" else "Simulated data"
    )
    if page in GRAPHICS:
        expect(shown.locator(GRAPHICS[page]).first).to_be_visible()
    watched.assert_in_order(sample_address)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", list(HEADINGS))
def test_a_page_of_an_empty_workspace(watched: Any, empty_address: str, page: str, language: str) -> None:
    shown = watched.open(f"{empty_address}/{page}?lang={language}")
    expect(shown.locator("h1")).to_have_text(HEADINGS[page][language == "zh"])
    expect(shown.locator(".fw-empty code")).to_contain_text("fundwatch run --data")
    watched.assert_in_order(empty_address)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_of_indicators(watched: Any, finished_address: str, screen: str, language: str) -> None:
    """A click on the last card marks it, and shows its trend within the window."""
    shown = watched.open(f"{finished_address}/{screen}?lang={language}")
    expect(shown.locator("h1")).to_have_text(catalogue(language)[f"nav.{screen}"])
    card = shown.locator("a.fw-tile").last
    title = card.locator(".fw-name").inner_text().split("?")[0].strip()
    card.click()
    expect(shown.locator(".fw-section h2").first).to_have_text(title)
    expect(shown.locator("a.fw-chosen .fw-name")).to_contain_text(title)
    expect(shown).to_have_url(re.compile("indicator="))
    watched.assert_in_order(finished_address)


def test_every_picture_is_rendered(
    watched: Any, sample_address: str, pictured_alerts: dict[str, str]
) -> None:
    assert pictured_alerts
    for picture, alert_id in pictured_alerts.items():
        shown = watched.open(f"{sample_address}/alert?id={alert_id}")
        charts = shown.locator('[data-testid="stVegaLiteChart"], [data-testid="stEChartsChart"]')
        expect(charts.first, picture).to_be_visible()
    watched.assert_in_order(sample_address)
