"""Outside leads at a terminal: from an empty file to the feedback sheet."""

from __future__ import annotations

from pathlib import Path

from support.commands import fundwatch
from support.lead_files import SENDER, lead_file, make_packets
from support.sheets import read_sheets
from support.store_runs import Store

ROWS = (
    {"subject_kind": "person", "subject_id": "anna", "deadline": "2030-01-02", "text": "重复购药"},
    {"institution": "和平桥卫生服务中心"},
)


def test_a_file_is_looked_at_imported_listed_and_answered(store: Store, tmp_path: Path) -> None:
    make_packets(store)
    where = ("--workspace", str(store.workspace.root))
    file = tmp_path / "leads.csv"
    file.write_bytes(lead_file(*ROWS))
    importing = ("--lang", "zh", "leads", "import", file, "--from", SENDER, *where)
    shown = fundwatch(*importing, "--preview")
    assert shown.code == 0, shown.err
    assert "未导入任何线索" in shown.out and "已关联疑点包: 1" in shown.out
    assert "anna" not in shown.out and "重复购药" not in shown.out
    done = fundwatch(*importing)
    assert "已导入 2 条线索" in done.out
    again = fundwatch(*importing)
    assert "没有可导入的线索" in again.out and "第 2、3 行" in again.out
    listed = fundwatch("leads", "list", *where)
    assert listed.out.index("L-") and "2026-12-14" in listed.out and "2 leads" in listed.out, (
        "the check first"
    )
    [first] = {word for word in listed.out.split() if word.endswith("-0001") and word.startswith("L-")}
    second = first.replace("-0001", "-0002")
    of_lead = fundwatch("leads", "show", first, *where).out
    assert "重复购药" in of_lead and "2030-01-02" in of_lead
    [near] = {
        word for word in fundwatch("leads", "show", second, *where).out.split() if word.startswith("I-")
    }
    chosen = fundwatch("leads", "choose", second, near, "--reason", "same street", *where)
    assert chosen.code == 0, chosen.err
    assert "changed: 0" in fundwatch("leads", "match", "--reason", "after the run", *where).out
    out = tmp_path / "feedback.xlsx"
    answered = fundwatch("--lang", "zh", "leads", "feedback", "--sender", SENDER, "--out", out, *where)
    assert answered.code == 0, answered.err
    sheet = read_sheets(out)["线索办理情况反馈表"]
    assert [row[0] for row in sheet] == ["来文编号", "n-1", "n-2"]
    assert first in fundwatch("case", "list", *where).out


def test_an_empty_file_is_written_and_other_kinds_are_refused(tmp_path: Path) -> None:
    out = tmp_path / "leads.xlsx"
    assert fundwatch("leads", "template", "--out", out, "--lang", "zh").code == 0
    sheets = read_sheets(out)
    assert sheets["线索"][0][:2] == ["来文单位", "来文编号"]
    assert any("投诉举报" in str(row[2]) for row in sheets["填写说明"])
    assert fundwatch("leads", "template", "--out", tmp_path / "leads.pdf").code == 2


def test_a_file_that_is_not_there_or_has_problems_says_so_in_chinese(store: Store, tmp_path: Path) -> None:
    make_packets(store)
    where = ("--workspace", str(store.workspace.root))
    missing = fundwatch("--lang", "zh", "leads", "import", tmp_path / "none.csv", *where)
    assert missing.code == 3 and "线索文件无法读取" in missing.err
    file = tmp_path / "leads.csv"
    file.write_bytes(lead_file({"kind": "rumor"}))
    wrong = fundwatch("--lang", "zh", "leads", "import", file, *where)
    assert wrong.code == 3 and "第 2 行，线索类型" in wrong.err and "没有来文单位" in wrong.err
