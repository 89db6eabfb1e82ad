"""From a name to an institution, its prescriber, a patient and the patient's account, and back; all in one page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from support.screens import settle

from detection.store.queries import open_reader
from detection.store.queries.subjects.institution import peers
from detection.store.queries.subjects.lookup import files_of
from detection.store.queries.subjects.profile import ties

pytestmark = pytest.mark.browser


def busy_hospital(workspace: Path) -> tuple[str, str]:
    """Name and pseudonym of the institution with the most prescribers."""
    with open_reader(workspace) as reader:
        assert reader is not None
        prescribers = files_of(reader).scan("provider", "prescribers")
        assert prescribers is not None
        counts = prescribers.collect()["id"].value_counts(sort=True)
        identity = str(counts["id"][0])
        pseudonym = reader.identity("provider", identity)
        assert ties(reader, "provider", pseudonym, "prescribers", page=1, size=1)
        assert peers(reader, pseudonym)
        return reader.name("provider", identity), pseudonym


def look_up(page: Page, text: str) -> None:
    box = page.locator('[data-testid="stSidebar"] input[type="text"]')
    box.fill(text)
    box.press("Enter")


def follow(page: Page, target: str) -> str:
    """Click the first link to a page of another kind; gives the id that it leads to."""
    link = page.locator(f'.stHtml a[href^="{target}?id="]').first
    address = link.get_attribute("href") or ""
    link.click()
    expect(page).to_have_url(re.compile(rf"/{target}\?id="))
    settle(page)
    return address.split("id=")[1].split("&")[0]


def test_from_home_to_an_account_and_back(watched: Any, finished_address: str, finished: Path) -> None:
    name, pseudonym = busy_hospital(finished)
    page = watched.open(f"{finished_address}/?lang=zh")
    page.evaluate("window.notReloaded = true")
    look_up(page, name)
    expect(page).to_have_url(re.compile(r"/(institution|search)\?"))
    settle(page)
    if "/search" in page.url:  # other names contain this one
        page.locator(f'.stHtml a[href*="{pseudonym}"]').first.click()
    expect(page.locator("h1")).to_have_text(name)
    visited = [("institution", name)]
    for target in ("prescriber", "person", "account"):
        identity = follow(page, target)
        expect(page.locator("h1")).to_have_text(identity)
        expect(page.locator(".fw-empty")).to_have_count(0)
        visited.append((target, identity))
    for shown, title in reversed(visited[:-1]):
        page.go_back()
        expect(page.locator("h1")).to_have_text(title)
        expect(page).to_have_url(re.compile(rf"/{shown}\?id="))
        settle(page)
    assert page.evaluate("window.notReloaded") is True
    watched.assert_in_order(finished_address)


def test_the_search_states_what_can_be_typed_where_nothing_fits(watched: Any, finished_address: str) -> None:
    page = watched.open(f"{finished_address}/alerts?lang=zh")
    look_up(page, "没有这样的名称")
    expect(page.locator(".fw-empty")).to_contain_text("没有匹配结果")
    expect(page.get_by_text("可以输入")).to_be_visible()
    watched.assert_in_order(finished_address)
