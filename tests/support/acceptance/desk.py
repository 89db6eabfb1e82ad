"""One person of the acceptance hour at a browser of their own, in Chinese."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Locator, Page, expect
from support.screens import choose_option, settle
from support.signing_in import PASSWORD

_MAIN = "stMain"
_SAYS_SOMETHING_ELSE = """before => document.querySelector('[data-testid="stMain"]').innerText !== before"""


class Desk:
    """Pages of the dashboard as one user sees them; each method ends when the page has been drawn."""

    def __init__(self, browser: Browser, address: str, name: str) -> None:
        self.name = name
        self._address = address
        self._context = browser.new_context(
            locale="zh-CN", viewport={"width": 1440, "height": 1200}, accept_downloads=True
        )
        self.page: Page = self._context.new_page()
        self.page.goto(f"{address}/login")
        self.page.fill("#name", name)
        self.page.fill("#password", PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        settle(self.page)

    def close(self) -> None:
        self._context.close()

    def open(self, name: str = "", **query: str) -> str:
        """Go to a page by its address; gives its text."""
        self.page.goto(f"{self._address}/{name}?{urlencode(query | {'lang': 'zh'})}")
        settle(self.page)
        expect(self.page.locator("h1")).to_be_visible()
        return self.text

    @property
    def main(self) -> Locator:
        return self.page.get_by_test_id(_MAIN)

    @property
    def text(self) -> str:
        """What the page says, without its menu."""
        return self.main.inner_text()

    def part(self, title: str) -> Locator:
        """A part of the page that opens at its title; opened."""
        part = self.page.get_by_test_id("stExpander").filter(has_text=title).first
        if part.locator("details").get_attribute("open") is None:
            part.locator("summary").click()
            settle(self.page)
        return part

    def choose(self, field: str, option: str, inside: Locator | None = None) -> None:
        choose_option(self._field(field, inside), self.page.get_by_role("option", name=option, exact=True))
        settle(self.page)

    def fill(self, field: str, text: str, inside: Locator | None = None) -> None:
        """Type into a field and leave it."""
        box = self._field(field, inside)
        box.fill(text)
        box.press("Tab")
        settle(self.page)

    def _field(self, name: str, inside: Locator | None) -> Locator:
        """The first field of this name that is seen: parts of the page that are closed have fields too."""
        return (inside or self.main).get_by_label(name, exact=True).filter(visible=True).first

    def pick_day(self, field: str, day: dt.date, inside: Locator | None = None) -> None:
        box = (inside or self.main).get_by_test_id("stDateInput").filter(has_text=field)
        box.get_by_role("spinbutton").first.click()
        self.page.keyboard.type(f"{day:%Y%m%d}")
        self.page.keyboard.press("Tab")
        settle(self.page)

    def press(self, name: str, inside: Locator | None = None) -> None:
        """Press a button of a form, and wait until the page says what came of it."""
        before = self.text
        (inside or self.main).get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_function(_SAYS_SOMETHING_ELSE, arg=before)
        settle(self.page)

    def file(self, name: str, inside: Locator | None = None) -> bytes:
        """What a button gives to take away."""
        with self.page.expect_download() as download:
            (inside or self.main).get_by_role("button", name=name).first.click()
        return Path(download.value.path()).read_bytes()

    def row(self, *texts: str) -> Locator:
        """The rows of tables that have all of these texts."""
        rows = self.main.locator("tbody tr")
        for text in texts:
            rows = rows.filter(has_text=text)
        return rows

    def move(self, case_id: str, step: str, *, code: str = "", people: str = "", reason: str = "") -> None:
        """Make a step of a lead or a case at its page."""
        if f"id={case_id}" not in self.page.url:
            self.open("case", id=case_id)
        self.choose("步骤", step)
        if code:
            self.choose("分类", code)
        if people:
            self.fill("姓名", people)
        if reason:
            self.fill("理由", reason)
        self.press("办理")

    def number(self, pattern: str) -> str:
        """The first text of the page that has this form."""
        match = re.search(pattern, self.text)
        assert match is not None, f"no {pattern} on the page"
        return match.group()
