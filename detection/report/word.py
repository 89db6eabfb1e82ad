"""The report as a Word file, for editing."""

from __future__ import annotations

import datetime as dt
import io

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell

from detection.report.document import Document, Section, Table

_FONTS = {"latin": "Calibri", "chinese": "Microsoft YaHei"}
_SMALL, _TEXT = Pt(7.5), Pt(9)
_NEVER = dt.datetime(2000, 1, 1)  # the file says nothing about when it was written


def word(document: Document) -> bytes:
    """The report as a .docx file, one page of the report a page."""
    made = docx.Document()
    made.core_properties.title = document.title
    made.core_properties.author = ""
    made.core_properties.created = made.core_properties.modified = _NEVER
    style = made.styles["Normal"]
    style.font.name, style.font.size = _FONTS["latin"], _TEXT
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONTS["chinese"])
    style.paragraph_format.space_after = Pt(3)
    part = made.sections[0]
    part.page_width, part.page_height = Mm(210), Mm(297)
    part.left_margin = part.right_margin = Mm(16)
    part.top_margin = part.bottom_margin = Mm(14)
    part.footer.paragraphs[0].text = document.footer
    for run in part.footer.paragraphs[0].runs:
        run.font.size = _SMALL
    made.add_heading(document.title, level=0)
    made.add_paragraph(document.subtitle)
    for warning in document.warnings:
        made.add_paragraph().add_run(warning).bold = True
    for number, page in enumerate(document.pages):
        if number:
            made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for section in page:
            _section(made, section)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _section(made: docx.document.Document, section: Section) -> None:
    made.add_heading(section.heading, level=2)
    for sentence in section.sentences:
        made.add_paragraph(sentence)
    if section.table:
        _table(made, section.table)


def _table(made: docx.document.Document, table: Table) -> None:
    grid = made.add_table(rows=1, cols=len(table.columns), style="Light List Accent 1")
    for cell, heading, side in zip(grid.rows[0].cells, table.columns, table.align, strict=True):
        _write(cell, heading, side, bold=True)
    for number, row in enumerate(table.rows):
        total = number >= len(table.rows) - table.totals
        for cell, text, side in zip(grid.add_row().cells, row, table.align, strict=True):
            _write(cell, text, side, bold=total)
    if table.note:
        made.add_paragraph().add_run(table.note).font.size = _SMALL


def _write(cell: _Cell, text: str, side: str, *, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.font.size, run.bold = _SMALL, bold
    if side == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
