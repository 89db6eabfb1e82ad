"""The acceptance hour, second part: two people dismiss the alert of a nursing home until a day, and the day passes."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect
from support.acceptance.city import rerun
from support.acceptance.hour import INSPECTOR_A, REVIEWER, Hour, day, yuan

pytestmark = pytest.mark.browser


def test_4_a_nursing_home_is_dismissed_by_two_people_until_a_day(hour: Hour) -> None:
    [group] = hour.alerts("card_concentration", text="模拟药店11")
    packet = hour.packet("institutions", "模拟药店11").packet
    assert packet is not None and packet.alerts == 2
    today = dt.datetime.now().astimezone().date()
    until = today + dt.timedelta(days=1)
    proposing = hour.at(INSPECTOR_A)
    proposing.open("packet", id=packet.packet_id)
    form = proposing.part("提出排除（限期）")
    proposing.choose("检测项和对象", "集中刷卡 · 模拟药店11", form)
    proposing.choose("分类", "有合理解释 · 养老机构", form)
    proposing.pick_day("截止日期", until, form)
    proposing.fill("理由", "养老院入住老人，由护工按月统一购药", form)
    proposing.press("提出", form)
    expect(proposing.row("待确认", "养老院入住老人")).to_have_count(1)
    expect(proposing.row("集中刷卡", "待受理")).to_have_count(1)
    assert "确认排除" not in proposing.open("work")
    confirming = hour.at(REVIEWER)
    confirming.open("work")
    confirming.choose("步骤", "确认排除")
    confirming.fill("理由", "已核对入住登记")
    confirming.press("办理")
    expect(confirming.row("待确认", "养老院入住老人")).to_have_count(0)
    confirming.open("packet", id=packet.packet_id)
    expect(confirming.row("有效", f"{INSPECTOR_A}；{REVIEWER}", day(until))).to_have_count(1)
    expect(confirming.row("集中刷卡", "待受理")).to_have_count(0)
    rerun(hour.city, hour.root, f"{today}T23:00:00")
    text = proposing.open("packet", id=packet.packet_id)
    assert "1 项检测共 1 条疑点" in text and yuan(group.account) not in text
    rerun(hour.city, hour.root, f"{until + dt.timedelta(days=1)}T08:00:00")
    text = proposing.open("packet", id=packet.packet_id)
    assert "2 项检测共 2 条疑点" in text and yuan(group.account) in text
    expect(proposing.row("已到期", "养老院入住老人")).to_have_count(1)
    expect(proposing.row("集中刷卡", "待受理")).to_have_count(1)
