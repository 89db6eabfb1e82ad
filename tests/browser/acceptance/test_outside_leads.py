"""The acceptance hour, fourth part: fifty leads of a sender are imported, matched, queued and answered."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook
from support.acceptance.city import OWNER, PHARMACY
from support.acceptance.hour import INSPECTOR_A, Hour, yuan
from support.lead_files import lead_file
from support.screens import settle

pytestmark = pytest.mark.browser
SENDER = "省医保局"
MANY, PLANTED = 50, 5
CLAIMED = "3120.50"


def fifty(hour: Hour) -> bytes:
    """Five leads about whom the city has alerts: by id, by name, and by kind of subject; and 45 others."""
    [employer] = [row for row in hour.alerts("credit_rule_violation") if row.subject_kind == "employer"]
    planted = [
        {"subject_kind": "provider", "subject_id": PHARMACY, "amount_claimed": CLAIMED},
        {"institution": "模拟药店 4"},
        {"institution": "模拟药店11"},
        {"subject_kind": "person", "subject_id": OWNER},
        {"subject_kind": "employer", "subject_id": hour.real("employer", employer.pseudonym)},
    ]
    unknown = [{"subject_kind": "person", "subject_id": f"P-未知-{number}"} for number in range(20)]
    without_subject = [
        {"text": f"来电反映门诊统筹结算问题（{number}）"} for number in range(MANY - PLANTED - len(unknown))
    ]
    return lead_file(*planted, *unknown, *without_subject)


def test_6_fifty_leads_are_imported_planted_ones_attach_and_the_sheet_goes_back(
    hour: Hour, tmp_path: Path
) -> None:
    file = tmp_path / "线索.csv"
    file.write_bytes(fifty(hour))
    desk = hour.at(INSPECTOR_A)
    desk.open("leads")
    form = desk.part("导入文件")
    desk.fill("整个文件的来文单位", SENDER, form)
    form.locator('input[type="file"]').set_input_files(file)
    expect(
        form.get_by_text(f"已关联疑点包 {PLANTED} 条；数据中无此对象 20 条；未写明对象 25 条")
    ).to_be_visible()
    settle(desk.page)
    desk.press(f"导入 {MANY} 条线索", form)
    expect(desk.page.get_by_text(f"已导入 {MANY} 条线索。")).to_be_visible()
    text = desk.open("leads", sender=SENDER)
    assert f"共 {MANY} 条" in text
    desk.open("leads", sender=SENDER, match="packet")
    expect(desk.row(SENDER)).to_have_count(PLANTED)
    expect(desk.row("n-1\n", yuan(312050))).to_have_count(1)
    attached = desk.main.locator('tbody a[href*="packet?id="]', has_text="已关联疑点包")
    expect(attached).to_have_count(PLANTED)
    packet = hour.packet("institutions", "模拟药店4").packet
    assert packet is not None
    expect(desk.main.locator(f'tbody a[href*="packet?id={packet.packet_id}"]')).to_have_count(2)
    text = desk.open("leads", sender=SENDER, match="unknown")
    assert "共 20 条" in text and "P-未知" not in text
    text = desk.open("leads", sender=SENDER)
    desk.main.get_by_role("button", name=re.compile("反馈表")).click()
    menu = desk.page.get_by_test_id("stPopoverBody")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(desk.file("Excel", menu))).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert len(rows) == 1 + MANY
    assert {row[0] for row in rows[1:]} == {f"n-{number}" for number in range(1, MANY + 1)}
    assert all(str(row[1]).startswith("L-") for row in rows[1:])
