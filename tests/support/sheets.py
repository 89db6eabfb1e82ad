"""Reads an Excel file back without any library for Excel: sheets by name, rows of texts and numbers."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Cell = str | float | None


def read_sheets(path: Path) -> dict[str, list[list[Cell]]]:
    """The cells of every sheet, row by row; an empty cell is None."""
    with zipfile.ZipFile(path) as book:
        shared = [
            "".join(part.text or "" for part in item.iter(f"{_MAIN}t"))
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        names = [
            item.attrib["name"]
            for item in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
        ]
        return {
            name: _rows(ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")), shared)
            for number, name in enumerate(names, 1)
        }


def _rows(sheet: ElementTree.Element, shared: list[str]) -> list[list[Cell]]:
    return [_row(row, shared) for row in sheet.iter(f"{_MAIN}row")]


def _row(row: ElementTree.Element, shared: list[str]) -> list[Cell]:
    cells: dict[int, Cell] = {}
    for cell in row:
        value = cell.find(f"{_MAIN}v")
        if value is not None and value.text is not None:
            text = shared[int(value.text)] if cell.attrib.get("t") == "s" else float(value.text)
            cells[_column(cell.attrib["r"])] = text
    return [cells.get(place) for place in range(max(cells, default=-1) + 1)]


def _column(reference: str) -> int:
    letters = re.sub(r"\d", "", reference)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
