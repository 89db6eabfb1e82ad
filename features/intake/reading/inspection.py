"""Inspect a file: its hash, encoding and columns, and whether it is readable."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import cast

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from features.errors import WordedError
from features.intake.mapping.model import RECOGNIZE, LayoutRequest
from features.intake.reading import workbooks
from features.intake.reading.contents import Content, DamagedFileError
from features.intake.reading.encodings import EncodingError
from features.intake.reading.layout import LINES, Layout, of_rows
from features.intake.reading.names import readable
from features.intake.reading.quoting import QuotingError
from features.intake.reading.sources import SourceFile
from features.intake.reading.text_scan import scan
from features.intake.tolerances import load_tolerances
from features.intake.values.long_cells import LongCellError, refuse_long_cells
from features.intake.values.printable import is_header
from features.message import Message

WORKBOOK = "workbook"
PARQUET = "parquet"
"""Encodings of files that are no text."""
_SCHEMAS_REMEMBERED = 256
_COLUMNS_ONLY = Layout(",", 0, ())


class UnreadableFileError(WordedError, ValueError):
    """A file is unreadable. The text is one entry of a list of problems."""


@dataclass(frozen=True)
class Inspected:
    """Properties of a file that are known before its rows are read.

    Attributes:
        file: the file.
        sha256: hash of its bytes, in hexadecimal.
        size: its length in bytes, unpacked.
        encoding: ``utf-8`` or ``gb18030`` for text, ``parquet`` or ``workbook`` otherwise.
        columns: types by column name, partitions included; text columns are String.
        layout: separator and header.
        offset: bytes before the first row of a text file.
        records: rows of a text file, counted by its lines; None for other files.
    """

    file: SourceFile
    sha256: str
    size: int
    encoding: str
    columns: dict[str, pl.DataType]
    layout: Layout = _COLUMNS_ONLY
    offset: int = 0
    records: int | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """How the file and its layout were recognized, one sentence each."""
        return (*self.file.notes, *self.layout.notes)


def inspect(file: SourceFile, request: LayoutRequest = RECOGNIZE) -> Inspected:
    """Inspect a file without reading its rows into memory.

    Args:
        file: the file.
        request: what a mapping states about its layout.

    Raises:
        UnreadableFileError: empty, truncated, in another encoding, without a header, with a column twice, or with
            quotes that do not close.
    """
    if file.name != readable(file.name):
        raise UnreadableFileError(
            Message(
                "{file}: the name of the file is in another encoding; rename it", file=readable(file.name)
            )
        )
    size = file.path.stat().st_size
    if size == 0:
        raise UnreadableFileError(Message("{file}: the file is empty", file=file.name))
    partitions: dict[str, pl.DataType] = {name: pl.String() for name, _ in file.partitions}
    try:
        if file.content is Content.PARQUET:
            stored = _schema(file)
            refuse_long_cells(file.path)
            return Inspected(file, _hash(file), size, PARQUET, stored | partitions)
        if file.content is Content.WORKBOOK:
            return _workbook(file, request, size, partitions)
        text = scan(file, request, load_tolerances())
    except (DamagedFileError, EncodingError, LongCellError) as problem:
        raise UnreadableFileError(
            Message("{file}: {problem}", file=file.name, problem=problem.message)
        ) from None
    except QuotingError as problem:
        raise UnreadableFileError(
            Message("{file}, {problem}", file=file.name, problem=problem.message)
        ) from None
    columns: dict[str, pl.DataType] = {name: pl.String() for name in _header(file, text.layout.names)}
    sha256 = text.sha256 if file.content is Content.TEXT else _hash(file)
    return Inspected(
        file, sha256, text.size, text.encoding, columns | partitions, text.layout, text.offset, text.records
    )


def _workbook(
    file: SourceFile, request: LayoutRequest, size: int, partitions: dict[str, pl.DataType]
) -> Inspected:
    first = list(islice(workbooks.rows(file.path, file.sheet or ""), max(LINES, request.header_line or 0)))
    layout = of_rows(first, request)
    columns: dict[str, pl.DataType] = {name: pl.String() for name in _header(file, layout.names)}
    return Inspected(file, _hash(file), size, WORKBOOK, columns | partitions, layout)


def _hash(file: SourceFile) -> str:
    with file.path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _header(file: SourceFile, names: Sequence[str]) -> Sequence[str]:
    if not names:
        raise UnreadableFileError(Message("{file}: the first line is not a header", file=file.name))
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice and not is_header(names):  # a message never prints values
        raise UnreadableFileError(
            Message(
                "{file}: the first line, of {columns:,} cells, looks like a row of data and not like a header",
                file=file.name,
                columns=len(names),
            )
        )
    if twice:
        raise UnreadableFileError(Message("{file}: column given twice: {names}", file=file.name, names=twice))
    return names


def _schema(file: SourceFile) -> dict[str, pl.DataType]:
    try:
        with pq.ParquetFile(file.path) as parquet:
            _header(file, parquet.schema_arrow.names)
            return dict(_types(parquet.schema_arrow.serialize().to_pybytes()))
    except (pa.ArrowException, OSError) as problem:
        raise UnreadableFileError(
            Message("{file}: not a whole Parquet file ({kind})", file=file.name, kind=type(problem).__name__)
        ) from None


@lru_cache(maxsize=_SCHEMAS_REMEMBERED)
def _types(schema: bytes) -> pl.Schema:
    """The types of the columns of an Arrow schema, with its metadata; parts of a table mostly have the same."""
    empty = pa.ipc.read_schema(pa.py_buffer(schema)).empty_table()
    return cast("pl.DataFrame", pl.from_arrow(empty)).schema
