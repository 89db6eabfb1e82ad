"""Damages of the file of a table: quotes, cuts, encodings, separators, sheets."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from pathlib import Path

import polars as pl
import xlsxwriter
from support.damages.damage import Structural, any_table
from support.damages.export import SmallExport


def stray_quote(export: SmallExport, rng: random.Random) -> Structural:
    """A quote mark opens a cell and never closes."""
    table = any_table(export, rng)
    rows = export.tables[table]
    line, cell = rng.randrange(rows.height) + 1, rng.randrange(rows.width)

    def change(data: bytes) -> bytes:
        lines = data.split(b"\n")
        cells = lines[line].split(b",")
        cells[cell] = b'"' + cells[cell]
        lines[line] = b",".join(cells)
        return b"\n".join(lines)

    return _of_bytes("stray quote", export, table, change)


def cut_file(export: SmallExport, rng: random.Random) -> Structural:
    """The file ends within a line."""
    table, share = any_table(export, rng), rng.uniform(0.3, 0.9)

    def change(data: bytes) -> bytes:
        start = data[: int(len(data) * share)].rfind(b"\n") + 1
        return data[: start + max(data[start:].find(b",") // 2, 1)]

    return _of_bytes("cut file", export, table, change)


def mixed_encoding(export: SmallExport, rng: random.Random) -> Structural:
    """One line of a UTF-8 file is GB18030."""
    line = rng.randrange(export.tables["providers"].height) + 1

    def change(data: bytes) -> bytes:
        lines = data.split(b"\n")
        lines[line] = lines[line].decode("utf-8").encode("gb18030")
        return b"\n".join(lines)

    return _of_bytes("a line in another encoding", export, "providers", change)


def sixteen_bits(export: SmallExport, rng: random.Random) -> Structural:
    """The file is UTF-16."""
    return _of_bytes(
        "UTF-16", export, any_table(export, rng), lambda data: data.decode("utf-8").encode("utf-16")
    )


def no_header(export: SmallExport, rng: random.Random) -> Structural:
    """The header is not there."""
    return _of_bytes("no header", export, any_table(export, rng), lambda data: data.split(b"\n", 1)[1])


def title(export: SmallExport, rng: random.Random) -> Structural:
    """A title stands above the header."""
    heading = "医保数据导出\n".encode()
    return _of_bytes("a title line", export, any_table(export, rng), lambda data: heading + data)


def separator(export: SmallExport, rng: random.Random) -> Structural:
    """Cells are separated by something else than commas."""
    table, mark = any_table(export, rng), rng.choice(";\t|")
    text = export.tables[table].write_csv(separator=mark)
    return _of_bytes("another separator", export, table, lambda _: text.encode())


def sheets(export: SmallExport, rng: random.Random) -> Structural:
    """The table is a sheet of a workbook, alone or next to another, under another name."""
    table, more = any_table(export, rng), rng.random() < 0.5

    def write(folder: Path) -> None:
        export.without(table).write(folder)
        (folder / f"{table}.xlsx").write_bytes(_workbook(export.tables[table], more=more))

    return Structural("sheet of another name", table, (), write)


def _of_bytes(kind: str, export: SmallExport, table: str, change: Callable[[bytes], bytes]) -> Structural:
    def write(folder: Path) -> None:
        path = export.write(folder) / f"{table}.csv"
        path.write_bytes(change(path.read_bytes()))

    return Structural(kind, table, (), write)


def _workbook(table: pl.DataFrame, *, more: bool) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"strings_to_numbers": False})
    page = book.add_worksheet("2024")
    for number, row in enumerate([table.columns, *table.rows()]):
        page.write_row(number, 0, row)
    if more:
        book.add_worksheet("notes").write_row(0, 0, ["note"])
    book.close()
    return target.getvalue()
