"""The table of a letter, in place of the paragraph that names it."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Emu
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from detection.report.word_styles import CELL, TABLE, writable

_GRID = "Table Grid"


@dataclass(frozen=True)
class TableFilling:
    """A table of texts.

    Attributes:
        columns: headings.
        rows: cells; the last row is the total.
        right: indices of the columns that are aligned to the right.
        widths: relative widths of the columns.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...]
    widths: tuple[int, ...]


def insert_table(letter: WordDocument, paragraph: Paragraph, filling: TableFilling) -> None:
    """Replace a paragraph by a ruled table whose headings repeat on every page, in the styles that the template has."""
    styles = {style.name for style in letter.styles}
    table = letter.add_table(rows=0, cols=len(filling.columns))
    table.style = next((name for name in (TABLE, _GRID) if name in styles), None)
    table.autofit = False
    section = letter.sections[0]
    usable = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    for number, texts in enumerate((filling.columns, *filling.rows)):
        bold = number in (0, len(filling.rows))
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader" if number == 0 else "w:cantSplit"))
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = Emu(int(usable * filling.widths[place] / sum(filling.widths)))
            _write(cell, text, styled=CELL in styles, right=place in filling.right, bold=bold)
    paragraph._p.addprevious(table._tbl)
    paragraph._p.getparent().remove(paragraph._p)


def _write(cell: _Cell, text: str, *, styled: bool, right: bool, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    if styled:
        paragraph.style = CELL
    paragraph.add_run(writable(text)).bold = bold
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
