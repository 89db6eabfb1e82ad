"""The annex as an Excel file."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable

import xlsxwriter
from rich.cells import cell_len
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from detection.export.mark import foot_of_sheet
from detection.language.formats import formats
from detection.report.annex.sheet import Sheet

_WRITTEN = dt.datetime(2000, 1, 1)  # fixed: the file must not depend on when it was written
_WIDEST = 60
_EN = formats("en")  # a figure is as wide in Chinese


def annex(title: str, sheets: Iterable[Sheet], mark: str = "") -> bytes:
    """The annex as an .xlsx file, its mark at the foot of each page; the same sheets and mark give the same bytes."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": title, "created": _WRITTEN, "comments": mark})
        formats = {
            "bold": book.add_format({"bold": True, "bottom": 1}),
            "money": book.add_format({"num_format": "#,##0.00"}),
            "total": book.add_format({"bold": True, "num_format": "#,##0"}),
            "total money": book.add_format({"bold": True, "num_format": "#,##0.00"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        for sheet in sheets:
            page = _write(book, sheet, formats)
            if mark:
                page.set_footer(foot_of_sheet(mark))
    return file.getvalue()


def _write(book: xlsxwriter.Workbook, sheet: Sheet, formats: dict[str, Format]) -> Worksheet:
    page: Worksheet = book.add_worksheet(sheet.name)
    top = 0
    if sheet.above:
        page.write_string(0, 0, sheet.above)
        top = 2
    for column, heading in enumerate(sheet.columns):
        page.write_string(top, column, heading, formats["bold"])
        longest = max([len(heading), *(_shown(row[column]) for row in sheet.rows)])
        page.set_column(column, column, min(max(longest + 2, 10), _WIDEST))
    page.freeze_panes(top + 1, 0)
    for number, row in enumerate(sheet.rows, 1):
        total = "total " if number > len(sheet.rows) - sheet.totals else ""
        for column, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, str):
                page.write_string(top + number, column, value, formats["wrap"])
            else:
                kind = f"{total}money" if column in sheet.money else total.strip()
                page.write_number(top + number, column, value, formats.get(kind))
    return page


def _shown(value: object) -> int:
    """Columns of a terminal that a cell takes; a Chinese character takes two."""
    return cell_len(
        _EN.fixed(value, 2) if isinstance(value, float) else str(value if value is not None else "")
    )
