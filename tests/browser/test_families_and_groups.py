"""The pages of one family and of one group, as they are used."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect


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
