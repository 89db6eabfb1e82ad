"""Faults of a review that can be seen on a page: in both languages, at 1440×900 and 1280×720, each page opened once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from support.accusing_words import accusing_words
from support.page_addresses import page_addresses
from support.screens import settle, wait_for_charts
from support.windows import WINDOWS

from dashboard.family_views.relations import MARK
from dashboard.wording import catalogue
from detection.store.queries import family as queries
from detection.store.queries.alerts import Filters, rows
from detection.store.queries.reader import open_reader

pytestmark = pytest.mark.browser
_MOST_HEAD_ROOM = 1 / 3
"""Of the window's height, above what a page is about."""
_CONTENT = '.fw-cards, .fw-tiles, .fw-seen, table.fw-table, [data-testid="stDataFrame"], canvas, dl.fw-facts'
_OF_PROGRAMS = re.compile(r"\b(None|NaN|nan|undefined|null|true|false|Traceback)\b")
_CHINESE = re.compile("[一-鿿]")
Words = Mapping[str, str]
Check = Callable[[Page, Words], None]


def every_page(page: Page, words: Words) -> None:
    """F17, F21–F24, F28, F30: what holds on each of the pages."""
    language = "zh" if words is catalogue("zh") else "en"
    assert page.evaluate("document.documentElement.lang").startswith(language), (
        "F22: the page names its language"
    )
    fonts = page.locator("h1").evaluate("element => getComputedStyle(element).fontFamily")
    assert "Noto Sans CJK SC" in fonts, "F22: a Chinese font is named"
    text = page.locator('[data-testid="stMain"]').inner_text()
    assert not (faults := accusing_words(text)), f"F23: {faults}"
    assert not (faults := _OF_PROGRAMS.findall(text)), f"F24: {faults}"
    menu = page.locator('[data-testid="stSidebarNav"]').inner_text()
    assert bool(_CHINESE.search(menu)) == (language == "zh"), "F21: names of pages in the other language"
    assert page.get_by_placeholder(words["search.placeholder"]).is_visible(), "F17: no search"
    top = min((_top(part) for part in page.locator(_CONTENT).all() if part.is_visible()), default=0.0)
    height = page.viewport_size["height"] if page.viewport_size else 0
    assert top <= _MOST_HEAD_ROOM * height, f"F28: {top} of {height} pixels above the content"
    for mark in page.locator("abbr.fw-help").all():
        assert len(mark.get_attribute("title") or "") > 5, "F30: a question mark without a sentence"


def home(page: Page, words: Words) -> None:
    cards = page.locator(".fw-cards").first.inner_text()
    assert words["money_kind.at_issue"] in cards and words["money_kind.in_question"] in cards, "F7"
    assert words["money_kind.context"] not in cards, "F7: all spending of a subject is no headline"
    institutions = page.locator("table.fw-table").first.locator("tbody tr")
    assert institutions.count(), "F8"
    for row in institutions.all():
        assert row.locator("td").nth(2).inner_text().strip(), "F8: a place without its reason"
    expect(page.get_by_text(words["home.weekly.note"])).to_be_visible()  # F12: by the week of settlement
    assert page.locator("abbr.fw-help").count() >= 4, "F30: a headline without its meaning"


def alerts(page: Page, words: Words) -> None:
    grid = page.locator('[data-testid="stDataFrame"]').first
    top = _top(grid)
    grid.click(position={"x": 16, "y": 45})
    picked = words["alerts.picked"]
    expect(page.get_by_text(picked.format(n=1))).to_be_visible()
    assert _top(grid) == top, "F2: the table moved under the pointer"
    bar = page.locator('[data-testid="stBottomBlockContainer"]').bounding_box()
    assert bar and page.viewport_size, "F2"
    assert bar["y"] + bar["height"] <= page.viewport_size["height"] + 1, "F26: acts are below the window"
    grid.click(position={"x": 16, "y": 45})
    expect(page.get_by_text(picked.format(n=0))).to_be_visible()  # F1: nothing stays chosen
    sums = [_number(cell) for cell in grid.locator('[role="gridcell"][aria-colindex="5"]').all()]
    assert len(sums) > 2 and sums == sorted(sums, reverse=True), f"F3: {sums}"
    expect(page.get_by_role("button", name=words["export.button"])).to_be_visible()  # F19
    expect(page.get_by_role("button", name=words["filter.reset"])).to_be_visible()  # F27


def alert(page: Page, words: Words) -> None:
    headings = page.locator(".fw-evidence th").all_inner_texts()
    assert {words["column.settlement"], words["column.source"]} <= set(headings), "F14: settlement and source"
    assert page.locator(".fw-evidence tbody tr").count(), "F14"
    assert page.locator('[data-testid="stVegaLiteChart"], [data-testid="stEChartsChart"]').count(), "F15"
    assert page.locator('a[href*="institution?"]').count() and page.locator('a[href*="person?"]').count(), (
        "F17"
    )
    side = page.locator("dl.fw-facts").first.inner_text()
    assert words["alert.place"] in side, "F8: an alert without the reason of its place"
    assert words["alert.rank"] not in side, "F9: an alert of a rule has no rank among peers"


def family(page: Page, words: Words) -> None:
    relatives = page.locator("table.fw-table").first.locator("tbody tr")
    assert relatives.filter(has_text=MARK).count(), "F16: nobody is marked whose age does not fit"
    expect(page.get_by_role("heading", name=words["conflict.title"])).to_be_visible()
    expect(page.get_by_role("heading", name=words["family.flow"])).to_be_visible()
    expect(page.get_by_role("heading", name=words["family.timeline"])).to_be_visible()


def benefit(page: Page, words: Words) -> None:
    height = page.viewport_size["height"] if page.viewport_size else 0
    for part in (".fw-figures", '[data-testid="stVegaLiteChart"]'):
        box = page.locator(part).first.bounding_box()
        assert box and box["y"] + box["height"] <= height, f"F25: {part} is below the window"
    tiles = page.locator("a.fw-tile")
    assert tiles.count() > 3, "F25"
    assert page.locator(".fw-trace").count(), "F25: no card has its trend"


def no_time_before(page: Page, words: Words) -> None:
    """Data that begin with the reform have no time before it, and nothing stands in its place."""
    expect(page.get_by_text(words["indicator.no_kind.before"])).to_be_visible()
    assert page.locator("a.fw-tile").count() == 0, "F5"


def second_page(page: Page, words: Words) -> None:
    assert "page=2" in page.url, "F4: the page of a list is in its address"
    rows = page.locator('[data-testid="stCaptionContainer"]', has_text=re.compile(r"\b26\b\D+\b\d\d\b"))
    expect(rows.first).to_be_visible()


def data(page: Page, words: Words) -> None:
    rows = [
        row.locator("td").all_inner_texts()
        for row in page.locator("table.fw-table").first.locator("tbody tr").all()
    ]
    shares = [(_numbers(assessed), reason) for _, _, assessed, reason in rows]
    limited = [
        (numbers, reason)
        for numbers, reason in shares
        if len(numbers) == 2 and numbers[1] in _numbers(reason)
    ]
    assert limited, "F13: no reason has figures"
    for (assessed, _), reason in limited:
        assert assessed in _numbers(reason), f"F13: {assessed} rows, and: {reason}"


PAGES: Mapping[str, tuple[str, Check | None]] = {
    "home": ("", home),
    "alerts": ("list=findings&sort=pool", alerts),
    "alert": ("", alert),
    "family": ("", family),
    "benefit": ("", benefit),
    "benefit:before": ("kind=before", no_time_before),
    "alerts:second": ("list=suspicion&page=2", second_page),
    "fund_risk": ("", None),
    "institution": ("", None),
    "person": ("", None),
    "packet": ("", None),
    "case": ("", None),
    "data": ("part=matrix", data),
    "methods": ("part=glossary", None),
}
"""Of each page (and of a part of it after a colon) what its address says besides, and what is looked for there."""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_fault_of_the_review_is_seen_on_a_page(
    shown: Page, worked: Path, worked_address: str, language: str
) -> None:
    words, faults = catalogue(language), []
    addresses = page_addresses(worked) | {
        "alert": f"alert?id={_alert_of_a_rule(worked)}",
        "family": f"family?payer={_family_to_check(worked)}",
    }
    for name, (further, check) in PAGES.items():
        path = addresses[name.partition(":")[0]]
        query = "&".join(part for part in (path.partition("?")[2], further, f"lang={language}") if part)
        shown.set_viewport_size({"width": 1440, "height": 900})
        shown.goto(f"{worked_address}/{path.partition('?')[0]}?{query}")
        settle(shown)
        wait_for_charts(shown)
        for width, height in WINDOWS:
            shown.set_viewport_size({"width": width, "height": height})
            for each in (every_page, check):
                try:
                    if each:
                        each(shown, words)
                except AssertionError as fault:
                    faults.append(f"{name} at {width}: {str(fault).splitlines()[0]}")
    assert not faults, "\n".join(faults)


def _alert_of_a_rule(workspace: Path) -> str:
    """An alert about a person by a rule, at an institution."""
    with open_reader(workspace) as reader:
        assert reader is not None
        listed = rows(reader, Filters(list="findings"), size=200)
    return next(row.alert_id for row in listed if row.place and row.subject_kind == "person")


def _family_to_check(workspace: Path) -> str:
    """An account with somebody whose age does not fit what is registered."""
    with open_reader(workspace) as reader:
        assert reader is not None
        families = (queries.family(reader, account) for account, _ in queries.payers(reader))
        return next(family.payer for family in families if family and family.conflicts)


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d[\d,]*", text)


def _top(part: Locator) -> float:
    box = part.bounding_box()
    return box["y"] if box else 0.0


def _number(cell: Locator) -> float:
    return float(re.sub(r"[^\d.\-]", "", cell.inner_text().replace("−", "-")) or 0)
