"""Signing in and out in a real browser, and what a browser shows when its session was ended elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.screens import server, settle
from support.signing_in import PASSWORD, TERMINAL, add_user

from detection.accounts.opening import open_accounts
from detection.cli.terminal import now

pytestmark = pytest.mark.browser


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/alerts?lang=zh")
    expect(page).to_have_url(re.compile("/login"))
    page.fill("#name", "wang")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="登录").click()
    settle(page)
    expect(page).to_have_url(re.compile("/alerts"))
    expect(page.locator(".fw-account span")).to_have_text("wang · 科室负责人")


def test_a_person_signs_in_and_out_and_a_revoked_session_leaves_the_screen(
    browser: Browser, sample_to_change: Path, tmp_path: Path
) -> None:
    add_user(sample_to_change, "wang")
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    with server(sample_to_change, tmp_path / "log") as address:
        sign_in(page, address)
        page.locator(".fw-account button").click()
        expect(page).to_have_url(re.compile("/login"))
        sign_in(page, address)
        open_accounts(sample_to_change).users(TERMINAL).sign_out("wang", now())
        page.locator("h1").click()
        expect(page).to_have_url(re.compile("/login.*ended"))
        expect(page.locator(".problem")).to_contain_text("会话已结束")
    context.close()
