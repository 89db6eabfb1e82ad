"""``fundwatch districts``: a fund's own names stand in reports and in exports, and wrong ones are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.commands import fundwatch
from support.sheets import read_sheets

from detection.export.lists.indicators import IndicatorList
from detection.store.queries import open_store
from features.workspace import open_workspace


@pytest.fixture
def names(tmp_path: Path) -> Path:
    file = tmp_path / "names.csv"
    codes = [*range(320600, 320616), 320623, 320681, 320682, 320685]
    rows = [f"{code},片区{code % 100},Area {code % 100}" for code in codes]
    file.write_text("\n".join(["code,name,name_en", *rows]), encoding="gb18030")
    return file


def test_the_names_are_those_of_report_and_export(finished_copy: Path, names: Path, tmp_path: Path) -> None:
    kept = fundwatch("districts", names, "--workspace", finished_copy)
    assert (kept.code, kept.err, kept.out) == (0, "", "20 names of districts are kept in the workspace.\n")
    out = tmp_path / "report.xlsx"
    options = ("--period", "2024-Q2", "--format", "xlsx", "--language", "zh", "--out", out)
    assert fundwatch("report", "--workspace", finished_copy, *options).code == 0
    cells = {str(value) for rows in read_sheets(out).values() for row in rows for value in row}
    assert sum("片区" in cell for cell in cells) > 2
    assert not any("崇川" in cell or "通州" in cell for cell in cells)
    with open_store(open_workspace(finished_copy)) as reader:
        listing = IndicatorList("pooled_participation", "whole:2024-06").listing(reader, "en")
    column = [column.name for column in listing.columns].index("district")
    assert {str(row[column])[:5] for row in listing.rows} == {"Area "}


def test_wrong_rows_change_nothing(finished_copy: Path, names: Path) -> None:
    assert fundwatch("districts", names, "--workspace", finished_copy).code == 0
    before = open_workspace(finished_copy).districts.read_bytes()
    names.write_text("code,name\n12,甲\n320601,\n", encoding="utf-8")
    ended = fundwatch("districts", names, "--workspace", finished_copy, locale="zh_CN.UTF-8")
    assert ended.code == 3
    assert "第 2 行：代码 '12' 不是六位数字" in ended.err and "第 3 行：名称为空" in ended.err
    assert open_workspace(finished_copy).districts.read_bytes() == before
