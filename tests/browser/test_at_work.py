"""Work in a browser: change the language, open an alert, dismiss some and take it back."""

from __future__ import annotations

import re
import socket
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from support.screens import choose_option

from dashboard.pager import PAGE_ROWS

pytestmark = pytest.mark.browser
_ROW = 30
_TICK, _PATTERN = 16, 200


def click_row(shown: Page, row: int, at: int) -> None:
    """Click into the table of alerts once it is laid out: the header is row 0, ``at`` pixels from the left."""
    grid = shown.locator('[data-testid="stDataFrame"]').first
    # The table is a picture; its accessible rows follow when the picture is complete.
    expect(grid.get_by_role("row", include_hidden=True).nth(row)).to_be_attached()
    grid.click(position={"x": at, "y": _ROW * row + _ROW / 2})


def test_the_other_language_is_one_click_away_and_stays_in_the_url(watched: Any, sample_address: str) -> None:
    shown = watched.open(f"{sample_address}/alerts?list=patterns")
    shown.get_by_text("中文", exact=True).click()
    expect(shown.locator("h1")).to_have_text("疑点列表")
    assert "lang=zh" in shown.url and "list=patterns" in shown.url
    shown.get_by_role("link", name="方法说明").click()
    expect(shown.locator("h1")).to_have_text("方法说明")
    expect(shown).to_have_url(re.compile("lang=zh"))
    watched.assert_in_order(sample_address)


def test_a_figure_of_the_first_page_opens_its_list(watched: Any, sample_address: str) -> None:
    shown = watched.open(sample_address)
    card = shown.locator("a.fw-card").first
    figure = card.locator(".fw-big").inner_text()
    card.click()
    expect(shown.locator(".fw-ribbon", has_text="alerts in this list").locator("b").first).to_have_text(
        figure
    )
    watched.assert_in_order(sample_address)


def test_a_row_opens_its_alert(watched: Any, sample_address: str) -> None:
    shown = watched.open(f"{sample_address}/alerts?list=all")
    click_row(shown, 1, _PATTERN)
    expect(shown).to_have_url(re.compile(r"/alert\?.*id=A-"))
    expect(shown.locator(".fw-seen")).to_be_visible()
    watched.assert_in_order(sample_address)


def test_chosen_alerts_are_dismissed_after_a_reason_and_a_confirmation_and_undone(
    watched: Any, address_to_change: str
) -> None:
    shown = watched.open(f"{address_to_change}/alerts?list=all")
    many = shown.locator(".fw-ribbon", has_text="alerts in this list").locator("b").first
    before = int(many.inner_text())
    table = shown.locator('[data-testid="stDataFrame"]').first
    top = table.bounding_box()["y"]
    click_row(shown, 1, _TICK)
    expect(shown.get_by_text("1 selected")).to_be_visible()
    assert table.bounding_box()["y"] == top  # a second click at the same place hits the next row
    click_row(shown, 2, _TICK)
    expect(shown.get_by_text("2 selected")).to_be_visible()
    choose_option(shown.get_by_label("Action"), shown.get_by_role("option", name="Dismiss"))
    shown.get_by_label("Reason").fill("explained by the nursing home")
    shown.get_by_role("button", name="Apply to 2").click()
    dialog = shown.get_by_role("dialog")
    expect(dialog.locator("tbody tr")).to_have_count(2)
    expect(dialog.get_by_role("button", name="Confirm")).to_be_disabled()  # it needs a verdict
    choose_option(dialog.get_by_label("Verdict"), shown.get_by_role("option", name="nursing home"))
    dialog.get_by_role("button", name="Confirm").click()
    expect(many).to_have_text(str(before - 2))
    expect(shown.get_by_text("0 selected")).to_be_visible()
    expect(shown.get_by_label("Reason")).to_have_value("")
    shown.get_by_role("button", name="Undo").click()
    expect(many).to_have_text(str(before))
    watched.assert_in_order(address_to_change)


def test_a_choice_of_rows_does_not_outlive_its_page(watched: Any, sample_address: str) -> None:
    """Positions are kept by the browser: row 1 of another list must not be chosen by itself."""
    shown = watched.open(f"{sample_address}/alerts?list=all")
    click_row(shown, 1, _TICK)
    expect(shown.get_by_text("1 selected")).to_be_visible()
    choose_option(shown.get_by_label("Sort"), shown.get_by_role("option", name="By money", exact=True))
    expect(shown.get_by_text("0 selected")).to_be_visible()


def test_the_page_of_a_list_is_in_its_address_and_an_alert_leads_back_to_it(
    watched: Any, sample_address: str
) -> None:
    shown = watched.open(f"{sample_address}/alerts?list=all")
    shown.get_by_role("button", name="Page 2", exact=True).click()
    expect(shown).to_have_url(re.compile("page=2"))
    expect(shown.get_by_text("26 to 50 of")).to_be_visible()
    click_row(shown, 1, _PATTERN)
    expect(shown.locator(".fw-seen")).to_be_visible()
    [first] = re.findall("A-[0-9a-z]+", shown.url)
    shown.keyboard.press("j")  # the next alert of the list, as a click on its link
    expect(shown.locator(".fw-way a.fw-before")).to_have_attribute("href", re.compile(first))
    shown.keyboard.press("k")
    expect(shown).to_have_url(re.compile(first))
    expect(shown.locator(".fw-seen")).to_be_visible()
    shown.locator(".fw-way a").first.click()
    expect(shown.get_by_text("26 to 50 of")).to_be_visible()


def test_a_short_list_has_a_button_for_each_of_its_pages(watched: Any, sample_address: str) -> None:
    shown = watched.open(f"{sample_address}/alerts?list=agency&status=any")
    total = int(shown.locator(".fw-ribbon", has_text="alerts in this list").locator("b").first.inner_text())
    pages = -(-total // PAGE_ROWS)
    assert 2 <= pages <= 9
    expect(shown.get_by_role("button", name=re.compile(r"^Page \d+$"))).to_have_count(pages)


def test_the_page_can_fetch_nothing_from_outside(watched: Any, sample_address: str) -> None:
    shown = watched.open(sample_address)
    answer = shown.evaluate("fetch('http://192.0.2.1/x').then(() => 'fetched', () => 'refused')")
    assert answer == "refused"
    assert any("Content Security Policy" in error for error in watched.errors)


@pytest.mark.parametrize("page", ["", "alerts?list=all", "family", "network", "alerts?list=all&text=onerror"])
def test_html_in_a_name_is_shown_as_text(watched: Any, sample_address: str, page: str) -> None:
    shown = watched.open(f"{sample_address}/{page}")
    if not page:
        expect(shown.get_by_text("<img src=x").first).to_be_visible()
    for _ in range(6):  # hover over charts, so that tooltips open
        shown.mouse.move(500, 500)
        shown.mouse.move(700, 560)
    assert shown.evaluate("window.hit === undefined")
    watched.assert_in_order(sample_address)


def test_only_this_machine_is_served(sample_address: str) -> None:
    port = int(sample_address.rsplit(":", 1)[1])
    names = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    for other in {str(name[4][0]) for name in names}:
        if not other.startswith("127."):
            with socket.socket() as probe:
                probe.settimeout(2)
                assert probe.connect_ex((other, port)) != 0
