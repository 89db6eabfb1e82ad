"""What leaves the screens as a file is the list of the screen, masked, readable in Excel, and recorded."""

from __future__ import annotations

import csv
import io
import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from support.dashboard_fixtures import sample
from support.sheets import read_sheets
from support.signing_in import LI
from support.store_runs import Store

from detection.followup import exports
from detection.followup.exports import (
    LIST_FORMATS,
    AlertEvidence,
    AlertList,
    ExportedList,
    IndicatorList,
    RiskSubjects,
    export_list,
)
from detection.followup.limits import limits
from detection.store.queries import Filters
from detection.store.queries.alerts import Row, rows
from detection.store.queries.disclosure.log import last_exports
from detection.store.queries.evidence import EvidenceRow, RecordRow, evidence, records
from detection.store.queries.indicators.lists import listed
from detection.store.queries.reader import open_reader
from detection.store.queries.risk import risk_list
from features.errors import StoreError, UsageError

__all__ = ["sample"]
PATTERNS = Filters(list="patterns", severity="suspicious,highly_suspicious")
TEN = "2024-07-03T10:00:00"


def taken(root: Path, wanted: ExportedList, file_format: str = "csv", language: str = "zh") -> bytes:
    return export_list(root, wanted, file_format=file_format, language=language, actor=LI, at=TEN)


def cells(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def listed_rows(root: Path, filters: Filters, sort: str = "risk") -> list[Row]:
    with open_reader(root) as reader:
        assert reader is not None
        return rows(reader, filters, sort=sort)


def fen(yuan: str) -> int:
    return round(float(yuan) * 100)


@pytest.mark.parametrize("sort", ["risk", "pool"])
@pytest.mark.parametrize("filters", [PATTERNS, Filters(list="all", status=""), Filters(text="Clinic")])
def test_the_rows_and_sums_of_a_file_are_those_of_the_list(sample: Path, filters: Filters, sort: str) -> None:
    on_screen = listed_rows(sample, filters, sort)
    assert on_screen
    written = cells(taken(sample, AlertList(filters, sort)))
    assert [row["疑点编号"] for row in written] == [row.alert_id for row in on_screen]
    for heading, name in (("统筹基金（元）", "pool"), ("个人账户（元）", "account")):
        assert sum(fen(row[heading]) for row in written) == sum(getattr(row, name) for row in on_screen)


def test_a_csv_opens_in_excel_with_headings_and_codes_in_chinese(sample: Path) -> None:
    content = taken(sample, AlertList(PATTERNS))
    assert content.startswith("\ufeff疑点编号,排序,".encode())
    [first, *_] = cells(content)
    assert (
        first["等级"] in {"待核实·中", "待核实·强"} and first["机构"] and first["备注"].startswith("模拟数据")
    )


def test_a_workbook_has_ids_as_text_money_as_numbers_and_the_machine_names_on_a_second_sheet(
    sample: Path, tmp_path: Path
) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(taken(sample, AlertList(PATTERNS), "xlsx"))
    sheets = read_sheets(path)
    heading, first, *_ = sheets["疑点列表"]
    row = dict(zip(heading, first, strict=True))
    assert isinstance(row["对象"], str) and isinstance(row["统筹基金（元）"], float)
    assert ["统筹基金（元）", "pool"] in sheets["说明"]
    with zipfile.ZipFile(path) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in page and "<autoFilter" in page


def test_evidence_has_all_settlements_and_records_of_the_alert(sample: Path) -> None:
    alert = max(listed_rows(sample, Filters(list="all")), key=lambda row: row.evidence_rows)
    with open_reader(sample) as reader:
        assert reader is not None
        behind: list[EvidenceRow | RecordRow] = [
            *evidence(reader, alert.alert_id, page=1, size=10_000),
            *records(reader, alert.alert_id, page=1, size=10_000),
        ]
    written = cells(taken(sample, AlertEvidence(alert.alert_id)))
    assert len(written) == len(behind) > 1
    assert sum(fen(row["统筹基金（元）"]) for row in written) == sum(row.pool for row in behind)
    assert [int(row["来源行号"]) for row in written] == [row.source_row for row in behind]


def test_a_risk_list_has_every_subject_with_evidence(sample: Path) -> None:
    with open_reader(sample) as reader:
        assert reader is not None
        subjects = risk_list(reader, "provider", size=1000).rows
    assert [row["名称"].lstrip("'") for row in cells(taken(sample, RiskSubjects("provider")))] == [
        subject.name for subject in subjects
    ]


@pytest.mark.parametrize("file_format", LIST_FORMATS)
def test_every_file_is_recorded(sample: Path, file_format: str) -> None:
    content = taken(sample, AlertList(PATTERNS), file_format, "en")
    assert content
    with open_reader(sample) as reader:
        assert reader is not None
        [entry, *_] = last_exports(reader, 5)
    assert (entry.actor, entry.what, entry.file_format, entry.at) == ("li", "alerts", file_format, TEN)
    assert "severity=suspicious,highly_suspicious" in entry.detail
    assert entry.rows == len(listed_rows(sample, PATTERNS)) > 0


def test_what_cannot_be_recorded_is_not_given_out(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise StoreError("The alert store could not be written.")

    monkeypatch.setattr("detection.store.writer.Writer.export", refuses)
    with pytest.raises(StoreError):
        taken(sample, AlertList(PATTERNS))


def test_a_list_that_is_too_long_is_refused_as_a_whole(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "limits", lambda: replace(limits(), most_rows=3))
    with pytest.raises(UsageError, match="3 rows at most"):
        taken(sample, AlertList(PATTERNS))


@pytest.mark.parametrize("file_format", LIST_FORMATS)
def test_the_same_list_and_mark_give_the_same_bytes(
    sample: Path, file_format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("detection.store.writer.Writer.export", lambda *_, **__: 7)
    wanted: tuple[ExportedList, ...] = (AlertList(PATTERNS), RiskSubjects("provider"))
    for each in wanted:
        assert taken(sample, each, file_format) == taken(sample, each, file_format)


def test_a_csv_of_the_screens_has_its_mark_in_each_row(sample: Path) -> None:
    marks = {row["导出标记"] for row in cells(taken(sample, AlertList(PATTERNS)))}
    [mark] = marks
    with sqlite3.connect(sample / "store.sqlite") as connection:
        number = connection.execute("SELECT max(export_id) FROM export").fetchone()[0]
    assert mark == f"导出编号 {number}，导出人 li，时间 2024-07-03 10:00:00"


def test_a_risk_list_has_an_empty_rank_by_spend(sample: Path) -> None:
    written = cells(taken(sample, RiskSubjects("provider"), language="en"))
    assert written and {row["Rank by spend"] for row in written} == {""}


def test_a_name_that_a_spreadsheet_would_run_is_neutralised(sample: Path, tmp_path: Path) -> None:
    """One institution of the fixture is called ``=1+1 <img …``."""
    written = cells(taken(sample, RiskSubjects("provider")))
    names = [row["名称"] for row in written]
    assert any(name.startswith("'=1+1") for name in names)
    assert not any(name.startswith(("=", "+", "-", "@")) for name in names)
    path = tmp_path / "risk.xlsx"
    path.write_bytes(taken(sample, RiskSubjects("provider"), "xlsx"))
    with zipfile.ZipFile(path) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page and any(
        str(row[1]).startswith("=1+1") for row in read_sheets(path)["风险列表"]
    ), "a text cell, which is never run"


def test_no_alert_no_file(store: Store) -> None:
    store.run("r1")
    with pytest.raises(UsageError, match="no alert"):
        taken(store.workspace.root, AlertEvidence("A-none"))
    with sqlite3.connect(store.workspace.store_file) as connection:
        assert connection.execute("SELECT count(*) FROM export").fetchone() == (0,)


def test_the_list_of_an_indicator_is_whole(finished: Path) -> None:
    window = "whole:2024-06"
    with open_reader(finished) as reader:
        assert reader is not None
        shown = listed(reader, "pooled_participation", window, size=25)
    written = cells(taken(finished, IndicatorList("pooled_participation", window)))
    assert len(written) == shown.count > 25
    assert sum(int(row["分子"]) for row in written) == shown.totals[0][0]
    categories = {row["人员类别"] for row in written} - {""}
    assert categories and not any(name.isascii() for name in categories), "names, no codes"
    assert "区县" in written[0]
