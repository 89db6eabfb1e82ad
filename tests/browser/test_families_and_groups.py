"""The pages of one family and of one group, as they are used."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect
from support.screens import choose_option, settle


def test_a_family_shows_what_to_check_and_opens_its_other_flows(watched: Any, sample_address: str) -> None:
    page = watched.open(f"{sample_address}/family?lang=zh")
    expect(page.get_by_text("比账户所有人大 30 岁")).to_be_visible()
    expect(page.get_by_text("可能的正常原因")).to_be_visible()
    others = page.locator('[data-testid="stExpander"]')
    total = others.locator("td b").first
    expect(total).to_be_hidden()
    others.get_by_text(re.compile("展开其余")).click()
    expect(total).to_have_text("合计")
    expect(total).to_be_visible()
    watched.assert_in_order(sample_address)


def test_a_group_is_chosen_and_a_member_marked_in_its_matrix(watched: Any, sample_address: str) -> None:
    page = watched.open(f"{sample_address}/?lang=zh")
    page.get_by_role("link", name="关系网络").click()
    for title in ("群组", "到场情况", "关系图", "两两共现"):
        expect(page.get_by_role("heading", name=title).first).to_be_visible()
    tiles = page.locator(".fw-tile")
    expect(tiles.first).to_have_class(re.compile("fw-chosen"))
    tiles.nth(1).click()
    expect(tiles.nth(1)).to_have_class(re.compile("fw-chosen"))
    matrix = page.locator("table.fw-matrix")
    expect(matrix.locator("thead .fw-upright")).to_have_count(6)
    expect(matrix.locator(".fw-close").first).to_be_visible()
    settle(page)  # each group has a box of its own
    first = page.get_by_role("option", name=re.compile("^1 ·"))
    choose_option(page.get_by_role("combobox", name="成员"), first)
    expect(matrix.locator("thead .fw-picked")).to_have_count(1)
    page.get_by_role("link", name="查看疑点").click()
    expect(page).to_have_url(re.compile(r"/alert\?id="))
    watched.assert_in_order(sample_address)
