"""An empty file of outside leads to be filled in: headings, and a sheet that says what each column holds."""

from __future__ import annotations

import csv
import datetime as dt
import io

import xlsxwriter

from detection.language.messages import Messages, case_label
from detection.leads.row import COLUMNS, LEAD_KINDS, NEEDED, SUBJECT_KINDS, hint

_WRITTEN = dt.datetime(2000, 1, 1)  # fixed: the file must not depend on when it was written
_WIDTH, _WIDE = 18, 80
_CODES = {"kind": ("lead_kind", LEAD_KINDS), "subject_kind": ("lead_subject", SUBJECT_KINDS)}
TEMPLATE_FORMATS = ("xlsx", "csv")
"""What a template can be."""


def template(file_format: str, language: str) -> bytes:
    """The template.

    Args:
        file_format: one of `TEMPLATE_FORMATS`; a CSV file has the headings alone.
        language: of headings and explanations, ``en`` or ``zh``.
    """
    headings = [case_label("lead_column", column, language) for column in COLUMNS]
    if file_format == "csv":
        text = io.StringIO(newline="")
        csv.writer(text).writerow(headings)
        return text.getvalue().encode("utf-8-sig")
    words = Messages(language, "terminal")
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": words("leads.template"), "created": _WRITTEN})
        bold = book.add_format({"bold": True, "bottom": 1})
        # Text: Excel rounds an id of sixteen digits or more in a column of numbers.
        text_cells = book.add_format({"num_format": "@"})
        page = book.add_worksheet(words("leads.template"))
        page.set_column(0, len(headings) - 1, _WIDTH, text_cells)
        page.freeze_panes(1, 0)
        for number, heading in enumerate(headings):
            page.write_string(0, number, heading, bold)
        about = book.add_worksheet(words("leads.template.about"))
        about.set_column(0, 1, _WIDTH)
        about.set_column(2, 2, _WIDE, book.add_format({"text_wrap": True}))
        for number, row in enumerate(_explanation(language)):
            for column, cell in enumerate(row):
                about.write_string(number, column, cell)
    return file.getvalue()


def _explanation(language: str) -> list[list[str]]:
    words = Messages(language, "terminal")
    rows = []
    for column in COLUMNS:
        group, codes = _CODES.get(column, ("", ()))
        names = words("leads.separator").join(case_label(group, code, language) for code in codes)
        needed = words("leads.needed") if column in NEEDED else ""
        rows.append(
            [case_label("lead_column", column, language), needed, f"{hint(column, language)} {names}".strip()]
        )
    return rows
