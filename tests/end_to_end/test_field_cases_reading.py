"""Troubles of real exports: each is read as if it were whole, with a line that says so, or refused with its place."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl
import pytest
from support.commands import Ended, fundwatch
from support.field import damage
from support.field.damage import Damage
from support.field.mini import read, write_mini
from support.shared import make_once

from features.intake import open_snapshot

READ: dict[str, tuple[Damage, Sequence[str]]] = {
    "title line": (damage.title, ["settlements.csv: line 1 is taken for a title; the header is line 2"]),
    "semicolons": (damage.separated(";"), ["settlements.csv: cells are separated by semicolons"]),
    "tabs": (damage.separated("\t"), ["cells are separated by tabs"]),
    "bars": (damage.separated("|"), ["cells are separated by bars"]),
    "gzip": (damage.packed("csv.gz"), []),
    "gzip of txt": (damage.packed("txt.gz"), []),
    "gzip named csv": (damage.packed("gz named csv"), []),
    "txt": (damage.packed("txt"), []),
    "upper-case name": (damage.packed("upper case"), []),
    "zip": (damage.packed("zip"), []),
    "zip of all": (damage.packed("zip of all"), ["files not used: export.zip/notes.txt"]),
    "file for each month": (damage.by_month("settlements_{month}.csv"), ["read as a part of settlements"]),
    "folder of CSV parts": (damage.by_month("settlements/{month}.csv"), []),
    "workbook": (damage.as_workbook("Sheet1"), ["settlements.xlsx: read as an Excel workbook"]),
    "workbook of several sheets": (
        damage.as_workbook("settlements", "notes"),
        ["settlements.xlsx/settlements: read as an Excel workbook", "files not used: settlements.xlsx/notes"],
    ),
    "workbook named csv": (
        damage.as_workbook("Sheet1", name="settlements.csv"),
        ["read as an Excel workbook"],
    ),
    "workbook of all": (
        damage.as_workbook("Settlements", "notes", name="export.xlsx"),
        ["export.xlsx/notes"],
    ),
    "tab before ids": (
        damage.cells("settlements", person_id=pl.format("\t{}", "person_id")),
        ["settlements.csv: cleaned of blanks around: person_id"],
    ),
    "blanks of every kind": (
        damage.cells("settlements", person_id=pl.format("\u3000\u00a0{}\u200b ", "person_id")),
        ["cleaned of blanks around: person_id"],
    ),
    "fixed width": (damage.padded, ["cleaned of blanks around"]),
    "guarded ids": (
        damage.cells(
            "settlements",
            person_id=pl.format('="{}"', "person_id"),
            provider_id=pl.format("'{}", "provider_id"),
        ),
        ["cleaned of spreadsheet guards: person_id", "provider_id"],
    ),
    "words for nothing": (damage.quoted_nulls, ["settlements.csv: cleaned of words for nothing"]),
    "slashes": (damage.short_days("settled_at"), ["settlements.settled_at: ROWS values read as 2024/3/31"]),
    "day first": (damage.written("settled_at", "%d/%m/%Y %H:%M:%S"), ["values read as 31/03/2024"]),
    "month first": (damage.written("settled_at", "%m/%d/%Y %H:%M:%S"), ["values read as 03/31/2024"]),
    "day first with points": (damage.written("settled_at", "%d.%m.%Y %H:%M:%S"), ["read as 31/03/2024"]),
    "compact": (damage.written("settled_at", "%Y%m%d%H%M%S"), ["values read as 20240331093000"]),
    "Chinese days": (damage.written("settled_at", "%Y年%m月%d日 %H:%M:%S"), ["values read as 2024/3/31"]),
    "serials": (
        damage.serials("settled_at"),
        ["settlements.settled_at: ROWS values read as day numbers of Excel"],
    ),
    "milliseconds": (
        damage.written("settled_at", "%Y-%m-%dT%H:%M:%S.123"),
        ["times with fractions of a second"],
    ),
    "offsets": (
        damage.written("settled_at", "%Y-%m-%dT%H:%M:%S+08:00"),
        ["ROWS values read as times with an offset"],
    ),
    "thousands": (
        damage.thousands("total_amount"),
        ["settlements.total_amount: ", "amounts with separators"],
    ),
    "codes in capitals": (
        damage.cells("settlements", care_type=pl.col("care_type").str.to_uppercase()),
        ["settlements.care_type: ROWS values read as codes in another case"],
    ),
}
"""Exports that are read like the whole one, and what is printed about them; ROWS are their settlements."""

REFUSED: dict[str, tuple[Damage, Sequence[str]]] = {
    "stray quote": (damage.stray_quote, ["settlements.csv, line 31: a quote opens a cell"]),
    "two stray quotes": (
        damage.two_stray_quotes(31, 231),
        ["settlements.csv, line 31: a quote opens a cell of 201 lines"],
    ),
    "two stray quotes near each other": (
        damage.two_stray_quotes(31, 33),
        ["settlements.csv, line 31: a quote joins"],
    ),
    "two stray quotes in adjacent lines": (
        damage.two_stray_quotes(31, 32),
        ["settlements.csv, line 31: a quote joins"],
    ),
    "a line in another encoding": (damage.damaged_line, ["providers.csv: UTF-8 but for line 5"]),
    "sheets without the table's name": (
        damage.as_workbook("2024", "notes"),
        ["settlements.xlsx: the sheets are 2024, notes; none is named settlements", 'sheet = "…"'],
    ),
    "ids in scientific notation": (
        damage.cells("settlements", person_id=damage.scientific("person_id")),
        [
            "settlements.csv",
            "person_id: ROWS of ROWS values are numbers in scientific notation (row 1: 9.99E+99)",
        ],
    ),
    "ids rounded to fifteen digits": (
        damage.cells("settlements", person_id=pl.format("{}000", pl.int_range(pl.len()) + 320600000000000)),
        ["person_id: ROWS of ROWS values are numbers rounded to fifteen digits"],
    ),
    "floating-point ids": (
        damage.float_ids,
        ["settlements.parquet", "person_id: ROWS of ROWS", "above 2^53"],
    ),
    "ids that a workbook keeps as numbers": (
        damage.as_workbook("Sheet1", ids_as_numbers=True),
        ["settlements.xlsx", "person_id", "scientific notation"],
    ),
    "day or month first": (
        damage.cells("settlements", settled_at=pl.lit("04/03/2024 09:30:00")),
        [
            "settlements.csv",
            "settled_at: no value says whether the day or the month comes first (row 1: 99/99/9999",
        ],
    ),
    "two forms in one column": (
        damage.cells(
            "settlements",
            settled_at=damage.some("settled_at", pl.lit("45292.5"), every=2).str.replace("^2024-", "2024/"),
        ),
        ["unreadable value (settled_at)", "row 1: 99999.9", "formats"],
    ),
}
"""Exports that are refused, and what is printed."""


@pytest.fixture(scope="module")
def mini(small_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_once(tmp_path_factory, "field_mini", lambda folder: write_mini(small_city, folder))


@pytest.fixture
def damaged(mini: Path, tmp_path: Path) -> Callable[[Damage], Path]:
    def make(change: Damage) -> Path:
        shutil.copytree(mini, tmp_path / "data")
        change(tmp_path / "data")
        return tmp_path / "data"

    return make


@pytest.fixture(scope="module")
def whole(mini: Path, tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    workspace = tmp_path_factory.mktemp("whole")
    assert intake(mini, workspace).code == 0
    return accepted(workspace)


def intake(data: Path, workspace: Path, *words: str | Path) -> Ended:
    return fundwatch("intake", "--data", data, "--workspace", workspace, *words)


def accepted(workspace: Path, table: str = "settlements") -> pl.DataFrame:
    """The accepted rows, without where they came from."""
    (snapshot,) = (workspace / "snapshots").iterdir()
    frame = open_snapshot(snapshot).frame(table).to_native().collect()
    return frame.drop("source_file", "source_row").sort(frame.columns[0])


@pytest.mark.parametrize("case", READ)
def test_an_export_is_read_like_the_whole_one(
    case: str, damaged: Callable[[Damage], Path], whole: pl.DataFrame, tmp_path: Path
) -> None:
    change, printed = READ[case]
    ended = intake(damaged(change), tmp_path / "ws")
    assert ended.code == 0, ended.err
    expected = [text.replace("ROWS", str(whole.height)) for text in printed]
    assert [text for text in expected if text not in ended.out] == [], ended.out
    assert whole.height > 300
    assert accepted(tmp_path / "ws").equals(whole)


@pytest.mark.parametrize("case", REFUSED)
def test_an_export_is_refused_with_the_place_of_the_trouble(
    case: str, damaged: Callable[[Damage], Path], mini: Path, tmp_path: Path
) -> None:
    change, printed = REFUSED[case]
    ended = intake(damaged(change), tmp_path / "ws")
    assert ended.code == 3, ended.out
    expected = [text.replace("ROWS", str(read(mini, "settlements").height)) for text in printed]
    assert [text for text in expected if text not in ended.err] == [], ended.err


def test_misspelt_columns_are_named_with_what_is_meant(
    damaged: Callable[[Damage], Path], tmp_path: Path
) -> None:
    ended = intake(damaged(damage.misspelt), tmp_path / "ws")
    assert ended.code == 0
    assert "settlements: mutual_aid_payerid: not used; did you mean mutual_aid_payer_id?" in ended.out
    assert "settlements: reverse_settlement_id: not used; did you mean reverses_settlement_id?" in ended.out


def test_the_end_of_a_day_written_as_24_hours_is_midnight(
    damaged: Callable[[Damage], Path], tmp_path: Path
) -> None:
    ended = intake(damaged(damage.midnight), tmp_path / "ws")
    assert "values read as 24:00, the next day" in ended.out
    rows = accepted(tmp_path / "ws")
    at_midnight = rows.filter(pl.col("settled_at").dt.truncate("1d") == pl.col("settled_at"))
    assert at_midnight.height >= rows.height // 20
    assert at_midnight["settled_minute"].null_count() == 0


def test_times_of_another_zone_are_local(
    damaged: Callable[[Damage], Path], whole: pl.DataFrame, tmp_path: Path
) -> None:
    utc = damage.time_of("settled_at").dt.offset_by("-8h").dt.strftime("%Y-%m-%d %H:%M:%S")
    (tmp_path / "map.toml").write_text(
        '[tables.settlements.columns]\nsettled_at = { from = "settled_at", zone = "UTC" }\n'
    )
    data = damaged(damage.cells("settlements", settled_at=utc))
    assert intake(data, tmp_path / "ws", "--mapping", tmp_path / "map.toml").code == 0
    assert accepted(tmp_path / "ws").equals(whole)


def test_an_end_that_cannot_be_read_is_unknown_and_not_open(
    damaged: Callable[[Damage], Path], tmp_path: Path
) -> None:
    change = damage.cells("enrolments", end_date=damage.some("end_date", pl.lit("30.6.24"), every=3))
    ended = intake(damaged(change), tmp_path / "ws")
    assert (
        "enrolments.end_date: 20 values cannot be read (enrolments.csv row 1: 99.9.99); setting: formats"
        in ended.out
    )
    ends = accepted(tmp_path / "ws", "enrolments").select("end_date", "end_unknown")
    assert ends.filter(pl.col("end_unknown"))["end_date"].null_count() == ends["end_unknown"].sum() == 20


@pytest.mark.parametrize(
    "written", ["9999-12-31", "2999-12-31 00:00:00", "99991231", "9999/12/31", "0000-00-00", "0001-01-01"]
)
def test_a_date_that_stands_for_no_end_is_none(
    written: str, damaged: Callable[[Damage], Path], mini: Path, tmp_path: Path
) -> None:
    """An end beyond every year that is read is what systems write where there is none."""
    assert intake(mini, tmp_path / "whole").code == 0
    usual = accepted(tmp_path / "whole", "enrolments")
    open_ends = usual["end_date"].null_count()
    assert 0 < open_ends < usual.height
    end = pl.when(pl.col("end_date") == "").then(pl.lit(written)).otherwise("end_date")
    ended = intake(damaged(damage.cells("enrolments", end_date=end)), tmp_path / "ws")
    assert ended.code == 0, ended.err
    assert f"enrolments.end_date: {open_ends} values read as no date (9999-12-31, 1900-01-01)" in ended.out
    assert accepted(tmp_path / "ws", "enrolments").equals(usual)
