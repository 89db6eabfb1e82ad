"""Parquet files in which a few bytes stand for very long cells: refused before a row of them is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from features.errors import WordedError
from features.message import Message

MOST_BYTES = 65_536
"""Of one cell. An id, code or name has a few dozen; a dictionary repeats its longest cell in every row."""


class LongCellError(WordedError):
    """A cell is longer than any value of the contract."""


def refuse_long_cells(file: Path) -> None:
    """Look at the dictionaries of a file's text columns, which hold every different cell once.

    Raises:
        LongCellError: one holds a cell of more than `MOST_BYTES`.
    """
    with pq.ParquetFile(file) as plain:
        texts = [field.name for field in plain.schema_arrow if _is_text(field.type)]
    with pq.ParquetFile(file, read_dictionary=texts) as parquet:
        for column, longest in _longest(parquet, frozenset(texts)):
            if longest > MOST_BYTES:
                raise LongCellError(
                    Message(
                        "column {column} has a cell of {size:,} bytes; the most is {most:,}",
                        column=column,
                        size=longest,
                        most=MOST_BYTES,
                    )
                )


def _is_text(kind: pa.DataType) -> bool:
    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(value) or pa.types.is_large_string(value) or pa.types.is_binary(value))


def _longest(parquet: pq.ParquetFile, texts: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Columns with the bytes of the longest cell of each of their dictionaries."""
    for group in range(parquet.num_row_groups):
        rows = parquet.metadata.row_group(group)
        for chunk in (rows.column(place) for place in range(rows.num_columns)):
            name = chunk.path_in_schema
            if (
                name not in texts
                or not chunk.has_dictionary_page
                or chunk.total_uncompressed_size <= MOST_BYTES
            ):
                continue
            first = next(parquet.iter_batches(batch_size=1, row_groups=[group], columns=[name]), None)
            coded = None if first is None else first.column(0)
            if isinstance(coded, pa.DictionaryArray) and len(coded.dictionary):
                yield name, int(pc.max(pc.binary_length(coded.dictionary)).as_py() or 0)
