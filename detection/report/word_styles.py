"""Styles of Word files in the format of Chinese public documents (GB/T 9704): shared by reports and letters.

Headings are Word's own heading styles, so that its navigation, a table of contents and a reader's screen know them.
Fonts are named, not embedded: a machine without them takes its own.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Literal, cast

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

BODY, TITLE, HEADING, SUBHEADING = "Normal", "Title", "Heading 1", "Heading 2"
DETAILS, NOTE, CELL, TABLE = "Document Details", "Table Note", "Table Text", "Document Table"
"""Names of the styles: the first four are Word's own. Details are the number, addressee and date of a document."""

_SERIF, _PLAIN = "Times New Roman", "Arial"
_SONG, _FANGSONG, _HEI, _KAI = "宋体", "仿宋", "黑体", "楷体"
_LARGE, _THIRD, _FOURTH, _SMALL_FOURTH, _SMALL_FIFTH = Pt(22), Pt(16), Pt(14), Pt(12), Pt(9)
_LINE = Pt(28)
_MARK_SIZE = Pt(7)
_LEFT, _TEXT_WIDTH, _RIGHT = 28, 156, 26  # mm
_BLACK = RGBColor(0, 0, 0)
_NEVER = dt.datetime(2000, 1, 1)
_NEVER_ZIPPED = (2000, 1, 1, 0, 0, 0)
# The file says nothing about when it was written, so that the same content gives the same bytes.
_NO_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def writable(text: str) -> str:
    """A text with a mark in place of each character that no Word file can hold: a name of the data may have one."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def new_document(title: str) -> WordDocument:
    """An empty A4 document with the styles of this module, and page numbers at the foot."""
    made = docx.Document()
    made.core_properties.title = writable(title)
    made.core_properties.author = ""
    made.core_properties.created = made.core_properties.modified = _NEVER
    page = made.sections[0]
    page.page_width, page.page_height = Mm(_LEFT + _TEXT_WIDTH + _RIGHT), Mm(297)
    page.top_margin, page.bottom_margin = Mm(37), Mm(35)
    page.left_margin, page.right_margin = Mm(_LEFT), Mm(_RIGHT)
    _define_styles(made)
    _number_pages(page.footer.paragraphs[0])
    return made


def add_table(
    made: WordDocument,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    align: Sequence[Literal["left", "right"]],
    widths: Sequence[int] = (),
    totals: int = 0,
) -> WordTable:
    """A ruled table; its headings repeat on every page, and no row is split.

    Args:
        made: the document.
        columns: headings.
        rows: texts; each row as many as there are columns.
        align: side of each column.
        widths: relative widths of the columns; empty for equal ones.
        totals: how many of the last rows are totals.
    """
    grid = made.add_table(rows=1, cols=len(columns), style=TABLE)
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, heading in zip(grid.rows[0].cells, columns, strict=True):
        write_cell(cell, heading, "center", bold=True)
    _mark(grid.rows[0], "w:tblHeader")
    for number, row in enumerate(rows):
        added = grid.add_row()
        _mark(added, "w:cantSplit")
        for cell, text, side in zip(added.cells, row, align, strict=True):
            write_cell(cell, text, side, bold=number >= len(rows) - totals)
    if widths:
        _set_widths(grid, widths)
    return cast(WordTable, grid)


def write_cell(
    cell: _Cell, text: str, side: Literal["left", "right", "center"] = "left", *, bold: bool = False
) -> None:
    """The text of a cell, in the style of tables."""
    paragraph = cell.paragraphs[0]
    paragraph.style = CELL
    paragraph.add_run(writable(text)).bold = bold
    paragraph.alignment = {
        "left": WD_ALIGN_PARAGRAPH.LEFT,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
        "center": WD_ALIGN_PARAGRAPH.CENTER,
    }[side]


def mark_feet(made: WordDocument, mark: str) -> None:
    """Write a mark at the foot of each page, below what stands there, and into the properties."""
    mark = writable(mark)
    made.core_properties.comments = mark
    for number, section in enumerate(made.sections):
        feet = [section.footer]
        if section.different_first_page_header_footer:
            feet.append(section.first_page_footer)
        for foot in feet:
            if number and foot.is_linked_to_previous:
                continue
            foot.add_paragraph().add_run(mark).font.size = _MARK_SIZE


def to_bytes(made: WordDocument) -> bytes:
    """The document as a .docx file; the same document gives the same bytes."""
    timed, timeless = io.BytesIO(), io.BytesIO()
    made.save(timed)
    with zipfile.ZipFile(timed) as parts, zipfile.ZipFile(timeless, "w", zipfile.ZIP_DEFLATED) as file:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, _NEVER_ZIPPED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, parts.read(name))
    return timeless.getvalue()


def _define_styles(made: WordDocument) -> None:
    body = _style(made, BODY)
    _set_font(body, _SERIF, _FANGSONG, _THIRD)
    spacing = body.paragraph_format
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE
    spacing.first_line_indent = Pt(2 * _THIRD.pt)
    spacing.space_before = spacing.space_after = Pt(0)
    title = _style(made, TITLE)
    _set_font(title, _SERIF, _SONG, _LARGE, bold=True)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing = Pt(36)
    title.paragraph_format.space_after = Pt(14)
    _remove_border(title)
    for name, chinese, above in ((HEADING, _HEI, 12), (SUBHEADING, _KAI, 6)):
        heading = _style(made, name)
        _set_font(heading, _PLAIN if name == HEADING else _SERIF, chinese, _THIRD, bold=name == SUBHEADING)
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(above), Pt(4)
        heading.paragraph_format.keep_with_next = True
    _set_font(_added(made, DETAILS), _SERIF, _FANGSONG, _FOURTH)
    for name, chinese, size in ((NOTE, _FANGSONG, _SMALL_FOURTH), (CELL, _SONG, _SMALL_FIFTH)):
        small = _added(made, name)
        _set_font(small, _SERIF, chinese, size)
        small.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    made.styles[NOTE].paragraph_format.space_after = Pt(6)
    table = made.styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
    table.base_style = made.styles["Table Grid"]


def _style(made: WordDocument, name: str) -> ParagraphStyle:
    style = cast(ParagraphStyle, made.styles[name])
    if name != BODY:
        style.paragraph_format.first_line_indent = Pt(0)
    return style


def _added(made: WordDocument, name: str) -> ParagraphStyle:
    style = cast(ParagraphStyle, made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
    style.base_style = made.styles[BODY]
    style.paragraph_format.first_line_indent = Pt(0)
    return style


def _set_font(style: ParagraphStyle, latin: str, chinese: str, size: Pt, *, bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold = latin, size, bold
    style.font.color.rgb = _BLACK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme's font would win over the named one
    fonts.set(qn("w:eastAsia"), chinese)


def _remove_border(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _number_pages(paragraph: Paragraph) -> None:
    """The page's number between dashes, as public documents have it: ``— 1 —``."""
    paragraph.style = DETAILS
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
    paragraph.add_run(" —")


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _set_widths(grid: WordTable, widths: Sequence[int]) -> None:
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(_TEXT_WIDTH * width / sum(widths))
        for cell in column.cells:
            cell.width = column.width
