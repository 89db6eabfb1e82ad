"""Read one file in batches that fit into memory; each row has its number in the file.

CSV is read by pyarrow's streaming reader as text, in the file's encoding. Rows with too few or too many fields are
set aside. Parquet is read by row groups, a workbook row by row. Row 1 is the first row of data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import cast

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from features.errors import InputError
from features.intake.reading import workbooks
from features.intake.reading.contents import Content
from features.intake.reading.inspection import PARQUET, WORKBOOK, Inspected
from features.intake.reading.lost_digits import refuse_lost_digits
from features.intake.values.cleaning import Cleaner
from features.message import Message

ROW = "\0row"
"""Column of row numbers in a batch. No source column can have this name."""
_BLOCK_BYTES = 1 << 23
_BATCH_ROWS = 1 << 16


@dataclass
class Reader:
    """Batches of one file.

    Attributes:
        source: the file.
        wanted: columns to read.
        null_words: texts that mean null.
        cleaner: cleans the cells of text, and counts what it cleaned.
        ragged: row numbers of the rows with a wrong number of fields, filled while reading.
        done: bytes of the file read so far.
        rows: rows of the file read so far, including those set aside.
    """

    source: Inspected
    wanted: tuple[str, ...]
    null_words: tuple[str, ...]
    cleaner: Cleaner = field(default_factory=Cleaner)
    ragged: list[int] = field(default_factory=list)
    done: int = 0
    rows: int = 0
    _suspects: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[pl.DataFrame]:
        """Batches with the wanted columns and `ROW`.

        Raises:
            InputError: the file is truncated or damaged, or its ids lost digits.
        """
        kinds = {PARQUET: self._parquet, WORKBOOK: self._workbook}
        batches = kinds.get(self.source.encoding, self._csv)()
        try:
            for batch in batches:
                self._refuse_lost_digits(batch)
                self.rows += batch.height
                yield self._with_partitions(batch)
        except (pa.ArrowException, OSError) as problem:
            raise InputError(
                "A file cannot be read to its end.",
                where=f"{self.source.file.name} ({type(problem).__name__})",
                next_step="export the file again; nothing of this data set was stored",
            ) from None
        self.done = self.source.size
        self.rows += len(self.ragged)
        self._compare_with_lines()

    def _refuse_lost_digits(self, batch: pl.DataFrame) -> None:
        ids = sorted(self.cleaner.ids.intersection(batch.columns))
        refuse_lost_digits(batch, ids, self._suspects, self.source, ROW, first=not self.rows)

    def _compare_with_lines(self) -> None:
        """Refuse a file of whose lines some were not read.

        Raises:
            InputError: the rows that were read are not those that its lines make.
        """
        if self.source.records not in (None, self.rows):
            raise InputError(
                "The rows that were read are not those of the file.",
                where=Message(
                    "{file}: {records:,} by its lines, {rows:,} read",
                    file=self.source.file.name,
                    records=self.source.records,
                    rows=self.rows,
                ),
                next_step="look for quote marks and line breaks inside of cells, and export the file again",
            )

    def _csv(self) -> Iterator[pl.DataFrame]:
        layout = self.source.layout
        if self.source.records == 0:
            return
        wanted = [name for name in layout.names if name in self.wanted] or list(layout.names[:1])
        with self._open() as handle:
            handle.seek(self.source.offset)
            reader = pa_csv.open_csv(
                handle,
                # pyarrow reports the number of a bad row only when it parses serially.
                read_options=pa_csv.ReadOptions(
                    encoding=self.source.encoding,
                    block_size=_BLOCK_BYTES,
                    use_threads=False,
                    column_names=list(layout.names),
                ),
                parse_options=pa_csv.ParseOptions(
                    delimiter=layout.delimiter, newlines_in_values=True, invalid_row_handler=self._set_aside
                ),
                convert_options=pa_csv.ConvertOptions(
                    column_types={name: pa.string() for name in wanted},
                    include_columns=wanted,
                    strings_can_be_null=True,
                    null_values=list(self.null_words),
                ),
            )
            seen = 0
            for arrow in reader:
                batch = self._clean(arrow)
                yield batch.with_columns(self._numbers(seen, batch.height))
                seen += batch.height
                self.done = handle.tell() if not handle.closed else self.source.size

    def _open(self) -> pa.NativeFile:
        file = self.source.file
        if file.content is Content.TEXT:
            return pa.OSFile(str(file.path))
        return pa.PythonFile(file.open_text(), mode="r")

    def _workbook(self) -> Iterator[pl.DataFrame]:
        names = self.source.layout.names
        schema = dict.fromkeys(names, pl.String()) | {ROW: pl.Int64()}
        sheet = workbooks.rows(self.source.file.path, self.source.file.sheet or "")
        numbered = enumerate(islice(sheet, self.source.layout.skipped, None), 1)
        filled = ([*cells[: len(names)], row] for row, cells in numbered if any(cells))
        while rows := list(islice(filled, _BATCH_ROWS)):
            frame = pl.DataFrame(rows, schema=schema, orient="row")
            wanted = self._suspects = [name for name in names if name in self.wanted]
            yield self.cleaner.clean(frame.select(ROW, *wanted), wanted)

    def _clean(self, arrow: pa.RecordBatch) -> pl.DataFrame:
        self._suspects = self.cleaner.suspects(arrow)
        return self.cleaner.clean(_polars(arrow), self._suspects)

    def _set_aside(self, row: pa_csv.InvalidRow) -> str:
        self.ragged.append(row.number)
        return "skip"

    def _numbers(self, seen: int, height: int) -> pl.Series:
        """Row numbers of the next good rows: their count plus the number of bad rows before them."""
        counts = pl.int_range(seen + 1, seen + height + 1, dtype=pl.Int64, eager=True).alias(ROW)
        if self.ragged:
            bad = np.sort(np.asarray(self.ragged, dtype=np.int64))
            good_before = bad - np.arange(1, len(bad) + 1)
            counts += np.searchsorted(good_before, counts.to_numpy(), side="left")
        return counts

    def _parquet(self) -> Iterator[pl.DataFrame]:
        with pq.ParquetFile(self.source.file.path) as parquet:
            existing = set(parquet.schema_arrow.names)
            wanted = [name for name in self.wanted if name in existing] or parquet.schema_arrow.names[:1]
            seen, total = 0, max(parquet.metadata.num_rows, 1)
            for arrow in parquet.iter_batches(batch_size=_BATCH_ROWS, columns=wanted):
                batch = self._clean(arrow)
                numbers = self._numbers(seen, batch.height)
                seen += batch.height
                self.done = self.source.size * seen // total
                yield batch.with_columns(numbers)

    def _with_partitions(self, batch: pl.DataFrame) -> pl.DataFrame:
        # A column of the file has precedence over the folder's name.
        literals = [
            pl.lit(value).alias(name) for name, value in self.source.file.partitions if name not in batch
        ]
        return batch.with_columns(literals)


def _polars(arrow: pa.RecordBatch) -> pl.DataFrame:
    return cast("pl.DataFrame", pl.from_arrow(arrow))  # a series comes of an array only
