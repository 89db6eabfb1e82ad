"""What is printed at the end of intake and of a run, in either language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from detection.cli.language.choice import Language, set_terminal_language
from detection.cli.summaries import run_summary
from detection.language.text import Text
from detection.run.request import DetectorDone, RunDone
from features.intake.manifest import (
    BrokenJoin,
    CleanedCount,
    Decision,
    FileRecord,
    FormCount,
    Manifest,
    MoneyCounts,
    PresetRecord,
    QuarantineCount,
    RefundCounts,
    RowCounts,
    TableRecord,
    UnreadableCount,
)
from features.readings import Reading

_HAN = re.compile(r"[\u4e00-\u9fff]")
NAMES = (
    r"settlements|providers|account_entries|persons|enrolment_status|enrolments|person_id|pool_paid|sex|level|settled_at"
    r"|ledger_break|nhsa|hosp_lv|grade|interval|illustrative|fundwatch|dashboard|doctor|workspace|data|far_in_the_\w+"
    r"|delimiter|formats|replace|values|x\d*|csv|SETL|col\w+|fila|ws|run1|sexx?"
)
"""Names of the contract, of files and of options, which are the same in both languages."""

SETTLEMENTS = TableRecord(
    rows=RowCounts(read=12_345, accepted=12_000, quarantined=45, excluded=300, flagged=7),
    money={"pool_paid": MoneyCounts(read=100, accepted=80, quarantined=10, excluded=10, unreadable_cells=1)},
    quarantined_by_reason={"missing value": 40, "wrong number of fields": 5},
    quarantined_by_column=(
        QuarantineCount(reason="missing value", column="person_id", rows=40),
        QuarantineCount(reason="wrong number of fields", column="", rows=5),
    ),
    flags={"refund_without_negative_amounts": 3},
    unknown_codes={"level": {f"x{number}": 10 for number in range(7)}},
    undecided={"sex": 2},
    ignored_columns=("sexx", *(f"col{number}" for number in range(30))),
    read_as=(FormCount(column="settled_at", form="times with an offset", cells=5),),
    unreadable=(
        UnreadableCount(column="settled_at", cells=5, example="fila.csv row 3: 9999/99"),
        UnreadableCount(column="pool_paid", cells=5, example="fila.csv row 3: 99x"),
    ),
    cleaned=tuple(
        CleanedCount(file="fila.csv", column=f"col{number}", what="blanks around", cells=1_200)
        for number in range(9)
    ),
    likely_columns={"sexx": "sex"},
)
MANIFEST = Manifest(
    snapshot_id="s",
    simulated=False,
    files=tuple(
        FileRecord(name=name, sha256="", encoding="utf-8", rows=1, notes=("read as an Excel workbook",))
        for name in ("fila.csv", "filb.csv")
    ),
    tables={"settlements": SETTLEMENTS},
    day_precision=(),
    first_settled_day=dt.date(2024, 1, 1),
    last_settled_day=dt.date(2024, 3, 1),
    ignored_files=("SETL.csv",),
    reversals=RefundCounts(refunds=9, named=1, matched=2, none=3, several=3),
    broken_joins=(
        BrokenJoin(
            table="settlements",
            column="person_id",
            target="persons.person_id",
            rows=10,
            orphans=5,
            cause="lost leading zeros",
            repaired=4,
        ),
    ),
    turned_refunds=4,
    preset=PresetRecord(
        name="nhsa",
        decisions=(
            Decision(option="hosp_lv", value="grade", by="none", explanation="hosp_lv is empty everywhere"),
            Decision(option="hosp_lv", value="grade", by="asked", explanation="as requested"),
        ),
        skipped={"account_entries": "x1 is missing, and one part of the table alone would mislead"},
        made_of={"providers": "SETL.csv"},
    ),
)
MISSING = Text("needs account_entries", "缺少数据表 account_entries")
DONE = RunDone(
    run_id="run1",
    manifest=MANIFEST,
    detectors=[
        DetectorDone("ledger_break", "not_assessable", MISSING, 0, 0),
        DetectorDone("ledger_break", "available", Text("", ""), 1_234, 567_800),
    ],
    new=1_234,
    changed=0,
    same=5,
    closed=6,
    not_assessed=7,
    after_as_of=1_000,
    readings=[
        Reading("enrolment_status", "interval", by, "5 of 9 intervals", "9 个区间中的 5 个")
        for by in get_args(get_type_hints(Reading)["by"])
    ],
    implausible=3,
    profile="illustrative",
)  # fmt: skip


@pytest.fixture(params=list(Language))
def language(request: pytest.FixtureRequest) -> Iterator[Language]:
    set_terminal_language(request.param)
    yield request.param
    set_terminal_language(Language.en)


def test_a_summary_is_in_one_language(language: Language, capsys: pytest.CaptureFixture[str]) -> None:
    run_summary(DONE, Path("ws"), "data")
    printed = capsys.readouterr().out
    lines = [line for line in printed.splitlines() if re.search(r"\w", line)]
    assert len(lines) > 30
    if language is Language.en:
        assert not _HAN.search(printed)
        return
    assert [line for line in lines if not _HAN.search(line) and "settlements" not in line.split()[:2]] == []
    words = re.compile(rf"(?<![\w-])(?!(?:{NAMES})(?![a-z_]))[a-z]{{3,}}")
    assert [line for line in lines if words.search(re.sub(r"--\w+|fil[ab]|[\w.]+\.\w+", "", line))] == []


def test_figures_have_thousands_marks(language: Language, capsys: pytest.CaptureFixture[str]) -> None:
    run_summary(DONE, Path("ws"), "data")
    printed = capsys.readouterr().out
    assert len(re.findall(r"12,345|1,234|5,678\.00|1,200|1,000", printed)) >= 10
    assert not re.search(r"(?<![\w,.])\d{4,}", re.sub(r"9999", "", printed))
