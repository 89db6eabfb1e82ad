"""The acceptance hour, first part: from the figures of the first screen to packets, causes and their money.

In a real browser, in Chinese, on a simulated city; amounts are compared with the city's own tables.
"""

from __future__ import annotations

import re

import polars as pl
import pytest
from playwright.sync_api import expect
from support.acceptance.city import BEFORE, ELSEWHERE, NEVER, OWNER, PHARMACY, RELATIVE, STRANGER, VERIFY
from support.acceptance.hour import INSPECTOR_A, SUPERVISOR, Hour, fen, yuan
from support.screens import settle

pytestmark = pytest.mark.browser
col = pl.col


def test_1_cards_of_the_first_screen_open_lists_with_equal_count_and_yuan(hour: Hour) -> None:
    desk = hour.at(SUPERVISOR)
    desk.open()
    cards = [
        (card.inner_text(), card.get_attribute("title")) for card in desk.main.locator("a.fw-card").all()
    ]
    assert [bool(exact) for _, exact in cards] == [False, False, True, True]
    for number, (text, exact) in enumerate(cards):
        desk.open()
        desk.main.locator("a.fw-card").nth(number).click()
        expect(desk.page).to_have_url(re.compile("/alerts"))
        settle(desk.page)
        if not exact and re.search("^0$", text, re.MULTILINE):
            continue  # an empty list has no sums
        listed = desk.main.locator(".fw-ribbon", has_text="本列表")
        count = listed.locator("b").first.inner_text()
        assert re.search(rf"共 {count} 条" if exact else rf"(?m)^{count}$", text)
        sums = re.findall(r"−?¥[\d,]+\.\d\d", exact or "")
        assert [amount for amount in sums if amount not in listed.inner_text()] == []
        assert len(sums) == (2 if exact else 0)


def test_2_the_first_institutions_packet_has_three_detectors_and_each_settlement_once(hour: Hour) -> None:
    desk = hour.at(INSPECTOR_A)
    desk.open()
    first = desk.main.locator('a[href*="institution?id="]').first.inner_text()
    desk.open("packets", queue="institutions")
    desk.row(first).locator("a").first.click()
    expect(desk.page.locator("h1")).to_have_text(first)
    settle(desk.page)
    assert "3 项检测共 3 条疑点" in desk.text
    for detector in ("集中刷卡", "多次同时同地", "刷卡即退"):
        expect(desk.row(detector)).to_have_count(1)
    own = _cited(hour, first)
    assert own["provider_id"].unique().to_list() == [PHARMACY]
    assert yuan(fen(own["account_paid"])) in desk.text


def test_2_a_settlement_that_two_alerts_cite_counts_once(hour: Hour) -> None:
    name = "模拟药店11"
    page = hour.packet("institutions", name)
    assert page.packet is not None
    once = fen(_cited(hour, name)["account_paid"])
    assert once < sum(row.account for row in page.alerts)
    assert yuan(once) in hour.at(INSPECTOR_A).open("packet", id=page.packet.packet_id)


def _cited(hour: Hour, institution: str) -> pl.DataFrame:
    """Settlements of the city that the alerts of a packet cite, each once."""
    numbers = hour.cited(row.alert_id for row in hour.packet("institutions", institution).alerts)
    return hour.table("settlements").filter(col("settlement_id").is_in(numbers))


def test_3_causes_of_a_family_stand_apart_and_a_relative_insured_elsewhere_is_to_be_verified(
    hour: Hour,
) -> None:
    desk = hour.at(INSPECTOR_A)
    [account] = {row.pseudonym for row in hour.alerts("family_authorization") if row.evidence_rows == BEFORE}
    text = desk.open("family", payer=account)
    expect(desk.page.get_by_text(f"从未授权（{NEVER} 笔）")).to_be_visible()
    expect(desk.page.get_by_text(f"授权生效前支付（{BEFORE} 笔）")).to_be_visible()
    assert f"其中 {BEFORE + NEVER} 笔被待处理疑点引用" in text
    payments = hour.table("settlements").filter(col("mutual_aid_payer_id") == OWNER)
    paid = {person: group for (person,), group in payments.group_by("person_id")}
    assert {RELATIVE, STRANGER, ELSEWHERE} == set(paid)
    elsewhere = paid[ELSEWHERE]["mutual_aid_paid"]
    cells = desk.row("请向参保地核实").locator("td").all_inner_texts()
    assert cells[-2:] == [str(VERIFY), yuan(fen(elsewhere))]
    packet = hour.packet("insured", account)
    assert packet.packet is not None
    violations = pl.concat([paid[RELATIVE].sort("settled_at").head(BEFORE), paid[STRANGER]])[
        "mutual_aid_paid"
    ]
    assert yuan(fen(violations)) in desk.open("packet", id=packet.packet.packet_id)
    cited = set(hour.cited(row.alert_id for row in packet.alerts))
    assert cited.isdisjoint(paid[ELSEWHERE]["settlement_id"]) and len(cited) == BEFORE + NEVER
    desk.open("data", part="matrix")
    expect(desk.row("共济授权")).to_contain_text("使用人本地无参保记录，需向参保地核实")
