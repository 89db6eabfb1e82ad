"""An exported list as an Excel workbook: ids stay text, money is a number, the header stays in sight."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import polars as pl
import xlsxwriter
from rich.cells import cell_len
from xlsxwriter.worksheet import Worksheet

from detection.export.mark import foot_of_sheet
from features.errors import UsageError
from features.money import to_yuan

_WRITTEN = dt.datetime(2000, 1, 1)  # fixed: the file must not depend on when it was written
_NARROWEST, _WIDEST = 10, 60
_MEASURED_ROWS = 200
_MOST_ROWS = 1_048_575
"""Rows that a worksheet holds below its header."""
_LONGEST_CELL = 32_767
_CUT = " …"


def workbook(
    name: str,
    rows: pl.DataFrame,
    *,
    money: Sequence[str],
    notice: str,
    about: tuple[str, Sequence[Sequence[str]]] | None = None,
    mark: str = "",
    author: str = "",
) -> bytes:
    """A workbook with one sheet of rows; the same rows and mark give the same bytes.

    Args:
        name: of the sheet.
        rows: money in fen, lists as lists.
        money: columns of money, as far as ``rows`` has them; written in yuan.
        notice: shown on a sheet of its own; empty for none.
        about: name and rows of a sheet about the first one; None without.
        mark: who takes the file, when, and its number: a property of the document, and the foot of each printed page.
        author: who takes it.

    Raises:
        UsageError: more rows than a worksheet holds.
    """
    if rows.height > _MOST_ROWS:
        raise UsageError(
            "An Excel sheet holds {most:,} rows; these are {rows:,}.",
            next_step="narrow the list, or write csv or parquet",
            most=_MOST_ROWS,
            rows=rows.height,
        )
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": name, "created": _WRITTEN, "author": author, "comments": mark})
        page = book.add_worksheet(name)
        yuan, text = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "@"})
        for column, heading in enumerate(rows.columns):
            page.write_string(0, column, heading, book.add_format({"bold": True, "bottom": 1}))
            page.set_column(column, column, _width(heading, rows[heading]))
        for number, row in enumerate(rows.iter_rows(), 1):
            for column, (heading, value) in enumerate(zip(rows.columns, row, strict=True)):
                if value is None:
                    continue
                if heading in money:
                    page.write_number(number, column, float(to_yuan(value)), yuan)
                else:
                    _write(page, number, column, value, text)
        if mark:
            page.set_footer(foot_of_sheet(mark))
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, rows.height, max(rows.width - 1, 0))
        if about:
            second = book.add_worksheet(about[0])
            for number, cells in enumerate(about[1]):
                for column, cell in enumerate(cells):
                    second.write_string(number, column, cell, text)
            second.set_column(0, 1, _WIDEST / 2)
        if notice:
            book.add_worksheet("README").write_string(0, 0, notice)
    return file.getvalue()


def _write(page: Worksheet, number: int, column: int, value: Any, text: object) -> None:
    if isinstance(value, (int, float)):
        page.write_number(number, column, value)
        return
    written = "\n".join(value) if isinstance(value, list) else str(value)
    if len(written) > _LONGEST_CELL:
        written = written[: _LONGEST_CELL - len(_CUT)] + _CUT
    page.write_string(number, column, written, text)


def _width(heading: str, cells: pl.Series) -> int:
    """Width of a column in characters, from its first rows; a list counts with its first entry."""
    shown = [heading, *(_first(cell) for cell in cells.head(_MEASURED_ROWS) if cell is not None)]
    return min(max(max(map(cell_len, shown)) + 2, _NARROWEST), _WIDEST)


def _first(cell: Any) -> str:
    return str(next(iter(cell), "")) if isinstance(cell, pl.Series) else str(cell)
