"""Inspect a file: its hash, encoding and columns, and whether it is readable."""

from __future__ import annotations

import codecs
import csv
import hashlib
from dataclasses import dataclass
from typing import cast

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from features.intake.reading.sources import SourceFile

_CHUNK = 1 << 22


class UnreadableFileError(ValueError):
    """A file is unreadable. The text is one entry of a list of problems."""


@dataclass(frozen=True)
class Inspected:
    """Properties of a file that are known before its rows are read.

    Attributes:
        file: the file.
        sha256: hash of its bytes, in hexadecimal.
        size: its length in bytes.
        encoding: ``utf-8`` or ``gb18030`` for text, ``parquet`` otherwise.
        columns: types by column name, partitions included; text columns are String.
    """

    file: SourceFile
    sha256: str
    size: int
    encoding: str
    columns: dict[str, pl.DataType]


def inspect(file: SourceFile) -> Inspected:
    """Inspect a file without reading its rows into memory.

    Raises:
        UnreadableFileError: empty, truncated, in another encoding, without a header, or with a column twice.
    """
    size = file.path.stat().st_size
    if size == 0:
        raise UnreadableFileError(f"{file.name}: the file is empty")
    sha256, encoding = _hash_and_encoding(file) if file.is_csv else (_hash(file), "parquet")
    columns = _header(file, encoding) if file.is_csv else _schema(file)
    return Inspected(
        file, sha256, size, encoding, columns | {name: pl.String() for name, _ in file.partitions}
    )


def _hash(file: SourceFile) -> str:
    with file.path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _hash_and_encoding(file: SourceFile) -> tuple[str, str]:
    digest = hashlib.sha256()
    utf8 = codecs.getincrementaldecoder("utf-8")()
    is_utf8, marked = True, False
    with file.path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            marked = marked or (handle.tell() == len(chunk) and chunk.startswith(codecs.BOM_UTF8))
            digest.update(chunk)
            is_utf8 = is_utf8 and _decodes(utf8, chunk)
    if is_utf8 and not _decodes(utf8, b"", final=True):
        # Not read as GB18030, which would turn the UTF-8 text into other characters.
        raise UnreadableFileError(f"{file.name}: the file is truncated within a character")
    if not is_utf8 and (marked or not _is_gb18030(file)):
        raise UnreadableFileError(f"{file.name}: neither UTF-8 nor GB18030 text")
    return digest.hexdigest(), "utf-8" if is_utf8 else "gb18030"


def _is_gb18030(file: SourceFile) -> bool:
    decoder = codecs.getincrementaldecoder("gb18030")()
    with file.path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            if not _decodes(decoder, chunk):
                return False
    return _decodes(decoder, b"", final=True)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _header(file: SourceFile, encoding: str) -> dict[str, pl.DataType]:
    with file.path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as handle:
        try:
            names = next(csv.reader(handle), [])
        except csv.Error:
            names = []
    if not any(names):
        raise UnreadableFileError(f"{file.name}: the first line is not a header")
    if any("\0" in name for name in names):
        raise UnreadableFileError(f"{file.name}: neither UTF-8 nor GB18030 text (is it UTF-16?)")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UnreadableFileError(f"{file.name}: column given twice: {', '.join(twice)}")
    return {name: pl.String() for name in names}


def _schema(file: SourceFile) -> dict[str, pl.DataType]:
    try:
        with pq.ParquetFile(file.path) as parquet:
            empty = cast("pl.DataFrame", pl.from_arrow(parquet.schema_arrow.empty_table()))
    except (pa.ArrowException, OSError) as problem:
        raise UnreadableFileError(
            f"{file.name}: not a whole Parquet file ({type(problem).__name__})"
        ) from None
    return dict(empty.schema)
