"""Word files have the styles of public documents: real headings, named Chinese fonts, page numbers."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.oxml.ns import qn

from detection.report import word_styles
from detection.report.word_styles import BODY, CELL, HEADING, SUBHEADING, TITLE, add_table, new_document


def test_chinese_fonts_and_sizes_are_those_of_public_documents() -> None:
    made = new_document("简报")
    shown = {
        name: (
            made.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")),
            made.styles[name].font.size.pt,
        )
        for name in (TITLE, HEADING, SUBHEADING, BODY, CELL)
    }
    assert shown == {
        TITLE: ("宋体", 22),
        HEADING: ("黑体", 16),
        SUBHEADING: ("楷体", 16),
        BODY: ("仿宋", 16),
        CELL: ("宋体", 9),
    }


def test_a_table_repeats_its_headings_and_keeps_its_totals() -> None:
    made = new_document("简报")
    add_table(
        made,
        ("类型", "金额"),
        (("甲", "1.00"), ("合计", "1.00")),
        align=("left", "right"),
        widths=(2, 1),
        totals=1,
    )
    read = docx.Document(io.BytesIO(word_styles.to_bytes(made)))
    [grid] = read.tables
    assert "w:tblHeader" in grid.rows[0]._tr.xml
    assert [cell.paragraphs[0].runs[0].bold for cell in grid.rows[2].cells] == [True, True]
    assert round(grid.columns[0].width.mm) == 104
    assert round(grid.columns[1].width.mm) == 52


def test_pages_are_numbered_by_word() -> None:
    with zipfile.ZipFile(io.BytesIO(word_styles.to_bytes(new_document("简报")))) as file:
        footers = [file.read(name).decode() for name in file.namelist() if "footer" in name]
    assert any("PAGE" in footer and "fldChar" in footer for footer in footers)
