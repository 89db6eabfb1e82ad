"""The acceptance hour, last part: a case to the money received, its pack elsewhere, and the log of all of it."""

from __future__ import annotations

import datetime as dt
import io
import sqlite3
import zipfile
from pathlib import Path

import docx
import polars as pl
import pytest
from playwright.sync_api import expect
from support.acceptance.hour import (
    AUDITOR,
    DIRECTOR,
    INSPECTOR_A,
    INSPECTOR_B,
    REVIEWER,
    SUPERVISOR,
    Hour,
    actor,
    fen,
    yuan,
)
from support.commands import fundwatch

from detection.cases.money import Entry, MoneyStage
from detection.cases.moves import Act
from detection.followup import cases as casework
from detection.language.formats import formats
from detection.store.queries.casework.packets import Packet

pytestmark = pytest.mark.browser
INSTITUTION = "模拟卫生服务中心19"
LOGGED = (
    (SUPERVISOR, "批准立案"), (SUPERVISOR, "指派核查人员"), (INSPECTOR_A, "起草核查结论"),
    (REVIEWER, "复核核查结论"), (INSPECTOR_B, "听取陈述意见"), (INSPECTOR_A, "提出处理意见"),
    (SUPERVISOR, "审批处理意见"), (DIRECTOR, "终审批准"), (INSPECTOR_A, "启动追回"), (INSPECTOR_A, "登记金额"),
    (DIRECTOR, "已结案"),
)  # fmt: skip
"""Who did what with the case, as the log names it; of its end, the state."""
REASON = "停用政策后仍享受待遇，规则明确"


def packet_of(hour: Hour) -> Packet:
    packet = hour.packet("institutions", INSTITUTION).packet
    assert packet is not None
    return packet


def due_to_the_pool(hour: Hour) -> int:
    """Fen that the pool paid for the settlements of the case, from the city's own table."""
    page = hour.packet("institutions", INSTITUTION)
    cited = set(hour.cited(row.alert_id for row in page.alerts))
    own = hour.table("settlements").filter(pl.col("settlement_id").is_in(cited))
    assert own.height == len(cited) > 0
    return fen(own["pool_paid"])


def investigated(hour: Hour, case_id: str, owed: int) -> None:
    """The steps of the people between the opening of a case and its disposition, as services take them."""
    now = dt.datetime.now().astimezone()
    day = now.date()

    def step(name: str, move: str, *, code: str = "", document: str = "") -> None:
        done = Act(
            move,
            day,
            reason="详见案卷材料",
            code=code,
            document=document,
            document_day=day if document else None,
        )
        casework.move(hour.root, case_id, done, actor=actor(name), at=at())

    def enter(stage: MoneyStage) -> None:
        entry = Entry("recovered", "pool", stage, owed)
        act = Act("record_money", day, reason="详见案卷材料")
        casework.record_money(hour.root, case_id, entry, act, actor=actor(INSPECTOR_A), at=at())

    def at() -> str:
        return dt.datetime.now().astimezone().replace(tzinfo=None).isoformat(timespec="seconds")

    enter("confirmed")
    step(INSPECTOR_A, "draft_findings", code="confirmed_violation/not_entitled")
    step(REVIEWER, "review_findings")
    step(INSPECTOR_B, "request_statement", document="通医保告〔2026〕17号")
    step(INSPECTOR_A, "propose_disposition", code="return_of_funds")
    step(SUPERVISOR, "approve_disposition")
    step(DIRECTOR, "approve_finally")
    enter("upheld")


@pytest.fixture(scope="module")
def recovered(hour: Hour) -> tuple[str, int]:
    """The number of a case that went from its packet to the money received, and what was owed."""
    owed, packet = due_to_the_pool(hour), packet_of(hour)
    assert packet.money.at_issue.pool == owed
    first, approving = hour.at(INSPECTOR_A), hour.at(SUPERVISOR)
    first.open("packet", id=packet.packet_id)
    first.fill("理由", REASON)
    first.press("提出立案")
    expect(first.main.locator('a[href*="case?id=C-"]').first).to_be_visible()
    case_id = packet_of(hour).case_id
    approving.move(case_id, "批准立案", code="协议处理", reason="同意立案")
    expect(approving.page.get_by_text("已立案待指派").first).to_be_visible()
    approving.move(case_id, "指派核查人员", people=f"{INSPECTOR_A} {INSPECTOR_B}")
    expect(approving.page.get_by_text("调查中").first).to_be_visible()
    investigated(hour, case_id, owed)
    first.move(case_id, "启动追回")
    expect(first.page.get_by_text("追回中").first).to_be_visible()
    form = first.part("登记金额")
    first.choose("方式", "追回", form)
    first.choose("基金", "统筹基金", form)
    first.choose("环节", "已到账", form)
    first.fill("金额（元），负数为冲回", f"{owed / 100:.2f}", form)
    first.fill("理由", "银行回单已核对", form)
    first.press("登记", form)
    ledger = first.row("追回", "统筹基金").first.locator("td", has_text=yuan(owed))
    expect(ledger).to_have_count(4)
    closing = hour.at(DIRECTOR)
    closing.move(case_id, "结案", reason="款项已全额退回基金")
    expect(closing.page.get_by_text("已结案").first).to_be_visible()
    return case_id, owed


def test_8_a_case_goes_to_recovery_and_the_money_received_is_in_the_report(
    hour: Hour, recovered: tuple[str, int], tmp_path: Path
) -> None:
    case_id, owed = recovered
    desk = hour.at(SUPERVISOR)
    text = desk.open("case", id=case_id)
    assert "已结案" in text and "结论：查实违规" in text and "处理：退回基金" in text
    cells = desk.row("追回", "统筹基金").first.locator("td").all_inner_texts()
    assert cells == ["追回", "统筹基金", *[yuan(owed)] * 4]
    desk.open("recovery")
    cells = desk.row(case_id).locator("td").all_inner_texts()
    assert cells.count(yuan(owed)) == 4 and yuan(0) in cells
    out = tmp_path / "report.docx"
    ended = fundwatch(
        "report", "--workspace", hour.root, "--period", "2024-H1", "--format", "docx", "--out", out
    )
    assert ended.code == 0, ended.err
    words = [paragraph.text for paragraph in docx.Document(str(out)).paragraphs]
    [point] = [text for text in words if "已到账：" in text]
    money = f"追回（统筹基金）{yuan(owed)}"
    assert f"应收：{money}。" in point and f"已到账：{money}。" in point


def test_9_the_pack_of_the_case_verifies_in_another_folder(
    hour: Hour, recovered: tuple[str, int], tmp_path: Path
) -> None:
    case_id, owed = recovered
    desk = hour.at(INSPECTOR_A)
    desk.open("case", id=case_id)
    content = desk.file("证据包")
    elsewhere = tmp_path / "另一单位"
    elsewhere.mkdir()
    file = elsewhere / "pack.zip"
    file.write_bytes(content)
    assert fundwatch("--lang", "zh", "pack", "verify", file).code == 0
    assert fundwatch("pack", "verify", file, "--workspace", hour.root).code == 0
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        members = {name: pack.read(name) for name in pack.namelist()}
    assert yuan(owed) in members["index.html"].decode()
    changed = members["money.csv"].replace(str(owed).encode(), str(owed - 1).encode())
    assert changed != members["money.csv"]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as pack:
        for name, member in (members | {"money.csv": changed}).items():
            pack.writestr(name, member)
    ended = fundwatch("pack", "verify", file)
    assert ended.code == 9 and "money.csv" in ended.out + ended.err


def test_10_the_auditor_reads_all_of_it_in_the_log_and_an_edited_entry_is_named(
    hour: Hour, recovered: tuple[str, int]
) -> None:
    case_id, owed = recovered
    desk = hour.at(AUDITOR)
    desk.open("audit", actor=INSPECTOR_A, action="propose_opening")
    expect(desk.row(INSPECTOR_A, "提出立案", REASON)).to_have_count(1)
    desk.open("audit", object=f"case:{case_id}")
    for name, step in LOGGED:
        expect(desk.row(name, step).first).to_be_visible()
    amount = f"金额（元） {formats('zh').yuan(owed)}"
    expect(desk.row("登记金额", amount)).to_have_count(4)
    where = ("--workspace", hour.root)
    assert fundwatch("audit", "verify", *where).code == 0
    desk.open("audit")
    ribbon = desk.main.locator(".fw-ribbon:not(.fw-simulated)").first
    expect(ribbon).to_contain_text("最近一次校验：完整")
    number = int(desk.row(SUPERVISOR, "批准立案").locator("td").first.inner_text())
    edit_entry(hour.root / "store.sqlite", number)
    ended = fundwatch("--lang", "zh", "audit", "verify", *where)
    assert ended.code == 9 and f"第 {number} 条" in ended.err, ended.err
    desk.open("audit")
    expect(ribbon.locator(".fw-broken")).to_have_text("已被改动")
    expect(ribbon).to_contain_text(f"第 {number} 条被改动")


def edit_entry(store: Path, number: int) -> None:
    """Change the reason of an entry, as somebody who owns the file of the store can."""
    with sqlite3.connect(store) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE audit_entry SET reason = '另有理由' WHERE number = ?", (number,))
        for _, sql in triggers:
            connection.execute(sql)
