"""Exports of other programs: quotes, separators, minus signs, noise and sheets are read; values are not printed."""

from __future__ import annotations

import io

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from support.exports import Export

from features.errors import InputError
from features.intake.values.forms import amount


def settlements(export: Export) -> list[tuple[str, int, int]]:
    ingested = export.ingest()
    assert ingested.quarantine() == []
    names = ("settlement_id", "total_amount", "account_paid")
    columns = [ingested.column(f"settlements.{name}") for name in names]
    assert ingested.column("settlements.scheme") == ["employee", "employee"]
    return list(zip(*columns, strict=True))


SOUND = [("s1", 100_00, 40_00), ("s2", 55_50, 55_50)]


def lines(export: Export, table: str = "settlements") -> list[str]:
    return (export.data / f"{table}.csv").read_text(encoding="utf-8").splitlines()


def test_rows_may_end_with_a_separator_that_the_header_lacks(export: Export) -> None:
    header, *rows = lines(export)
    export.write("settlements.csv", "\n".join([header, *(f"{row}," for row in rows)]))
    assert settlements(export) == SOUND


def test_one_row_with_a_separator_more_is_set_aside(export: Export) -> None:
    header, first, second = lines(export)
    export.write("settlements.csv", "\n".join([header, f"{first},", second]))
    assert export.ingest().quarantine() == [("settlements", 1, "", "wrong number of fields")]


@pytest.mark.parametrize("quoted_names", [True, False])
def test_single_quotes_around_cells_are_removed(export: Export, quoted_names: bool) -> None:
    header, *rows = (",".join(f"'{cell}'" for cell in line.split(",")) for line in lines(export))
    export.write("settlements.csv", "\n".join([header if quoted_names else lines(export)[0], *rows]))
    assert settlements(export) == SOUND


def test_null_bytes_around_cells_are_removed(export: Export) -> None:
    people = [f"{number:03}" for number in range(1, 21)]
    export.write(
        "persons.csv", "\n".join(["person_id,sex", *(f"{name},male" for name in people[:-1]), "020\0,male\0"])
    )
    ingested = export.ingest()
    assert ingested.column("persons.person_id") == people
    assert set(ingested.column("persons.sex")) == {"male"}


@given(fen=st.integers(-(10**11) + 1, 10**11 - 1))
def test_an_amount_is_read_with_the_noise_of_floats_and_any_minus(fen: int) -> None:
    digits = f"{abs(fen) // 100}.{abs(fen) % 100:02}"
    noisy = [repr(fen / 100 * (1 + part * 2**-52)) for part in (-2, 0, 2)]
    written = [f"({digits})", f"（{digits}）", f"{digits}-"] if fen < 0 else [digits, f"{digits}元"]
    read = pl.DataFrame({"cell": [*noisy, *written]}).select(amount(pl.col("cell"), 2)).to_series()
    assert read.null_count() == 0
    assert {f"{float(text):.2f}" for text in read} == {f"{fen / 100:.2f}"}


@pytest.mark.parametrize("cell", ["(-5)", "--5", "5--", "()", "1.5e3", "57.123456", "12.3456789012"])
def test_what_is_no_amount_stays_unreadable(export: Export, cell: str) -> None:
    export.change("settlements", 2, total_amount=cell)
    assert export.ingest().quarantine() == [("settlements", 2, "total_amount", "unreadable value")]


def test_a_part_without_a_header_is_refused_without_its_values(export: Export) -> None:
    export.write("settlements_2024-03.csv", "\n".join(lines(export)))
    export.write("settlements_2024-04.csv", "\n".join(lines(export)[1:]).replace("55.50", "55.5"))
    export.write("settlements_2024-05.csv", "7,7,7,2024-05-01,7,7")
    (export.data / "settlements.csv").unlink()
    with pytest.raises(InputError) as refused:
        export.ingest()
    text = str(refused.value)
    assert "settlements_2024-05.csv: the first line, of 6 cells, looks like a row of data" in text
    assert "55.5" not in text
    assert "s2" not in text


@pytest.mark.parametrize(
    ("changed", "helps"),
    [
        ({"settled_at": "at noon"}, "`formats`"),
        ({"total_amount": "9,99", "pool_paid": "9,99"}, "`replace`"),
    ],
)
def test_the_advice_is_about_what_cannot_be_read(export: Export, changed: dict[str, str], helps: str) -> None:
    for row in (1, 2):
        export.change("settlements", row, **changed)
    with pytest.raises(InputError, match="No settlement can be used") as refused:
        export.ingest()
    assert helps in str(refused.value)


def test_rows_with_cells_too_many_are_named_with_what_helps(export: Export) -> None:
    header, *rows = lines(export)
    export.write("settlements.csv", "\n".join([header, *(f"1,{row}" for row in rows)]))
    with pytest.raises(InputError, match="count the separators"):
        export.ingest()


@pytest.mark.parametrize(
    "sheets",
    [
        ("settlements", "settlements (2)"),
        ("settlements_1", "settlements_2"),
        ("2月", "3月"),
        ("2024年2月", "2024年3月份"),
    ],
)
def test_the_sheets_of_a_table_are_its_parts(export: Export, sheets: tuple[str, str]) -> None:
    header, *rows = (line.split(",") for line in lines(export))
    (export.data / "settlements.csv").unlink()
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    for name, row in zip(sheets, rows, strict=True):
        page = book.add_worksheet(name)
        page.write_row(0, 0, header)
        page.write_row(1, 0, row)
    book.close()
    export.write("settlements.xlsx", target.getvalue())
    assert settlements(export) == SOUND


def test_sheets_of_other_names_are_not_taken_for_parts(export: Export) -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    for name in ("3月", "说明"):
        book.add_worksheet(name).write(0, 0, "settlement_id")
    book.close()
    (export.data / "settlements.csv").unlink()
    export.write("settlements.xlsx", target.getvalue())
    with pytest.raises(InputError, match="none is named settlements "):
        export.ingest()


def test_files_of_months_in_chinese_are_parts(export: Export) -> None:
    header, *rows = lines(export)
    (export.data / "settlements.csv").unlink()
    for month, row in zip(("2月", "3月"), rows, strict=True):
        export.write(f"settlements_{month}.csv", f"{header}\n{row}\n")
    assert settlements(export) == SOUND
