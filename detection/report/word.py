"""The report as a Word file, for editing, in the styles of public documents."""

from __future__ import annotations

import io

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from detection.report.document import Document, Section, Table
from detection.report.pdf import chart_pictures
from detection.report.word_styles import (
    DETAILS,
    HEADING,
    NOTE,
    TITLE,
    add_table,
    mark_feet,
    new_document,
    to_bytes,
    writable,
)

_CHART_WIDTH = Mm(22)
_POINT = {"zh": "（{number}）", "en": "({number}) "}
_CHINESE_NUMBERS = "一二三四五六七八九十"


def word(document: Document, language: str, mark: str = "") -> bytes:
    """The report as a .docx file; the same document and mark give the same bytes."""
    made = new_document(document.title)
    made.add_paragraph(writable(document.title), style=TITLE)
    for line in (document.subtitle, *document.details):
        made.add_paragraph(writable(line), style=DETAILS).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for warning in document.warnings:
        made.add_paragraph(style=NOTE).add_run(writable(warning)).bold = True
    for section in document.sections:
        _section(made, section, language)
    if mark:
        mark_feet(made, mark)
    return to_bytes(made)


def _section(made: WordDocument, section: Section, language: str) -> None:
    heading = made.add_paragraph(writable(section.heading), style=HEADING)
    heading.paragraph_format.page_break_before = section.new_page
    for sentence in section.sentences:
        paragraph = made.add_paragraph(writable(sentence), style=NOTE if section.boxed else None)
        if section.boxed:
            _frame(paragraph)
    for number, point in enumerate(section.points):
        shown = _CHINESE_NUMBERS[number] if language == "zh" else str(number + 1)
        made.add_paragraph(_POINT[language].format(number=shown) + writable(point))
    if section.table:
        _table(made, section.table)


def _table(made: WordDocument, table: Table) -> None:
    charted = bool(table.charts)
    grid = add_table(
        made,
        (*table.columns, table.chart_heading) if charted else table.columns,
        [(*row, "") for row in table.rows] if charted else table.rows,
        align=(*table.align, "left") if charted else table.align,
        widths=(*table.widths, 6) if charted else table.widths,
        totals=table.totals,
    )
    if charted:
        _add_charts(grid, table)
    if table.note:
        made.add_paragraph(writable(table.note), style=NOTE)


def _add_charts(grid: WordTable, table: Table) -> None:
    for row, picture in zip(grid.rows[1:], chart_pictures(table.charts), strict=True):
        run = row.cells[-1].paragraphs[0].add_run()
        run.add_picture(io.BytesIO(picture), width=_CHART_WIDTH)


def _frame(paragraph: Paragraph) -> None:
    """A box around a paragraph; neighbours with the same box share it."""
    border = OxmlElement("w:pBdr")
    for name in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{name}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "4"), ("color", "52606D")):
            edge.set(qn(f"w:{key}"), value)
        border.append(edge)
    paragraph._p.get_or_add_pPr().append(border)
