"""Find the form that a whole column of dates, times or months has, if it is not that of the contract.

The column is read once more, and only where a cell of it could not be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Never

import polars as pl

from features.contract import Column, Kind
from features.errors import InputError
from features.intake.mapping.model import ColumnMapping
from features.intake.reading.batches import ROW, Reader
from features.intake.reading.inspection import Inspected
from features.intake.values.forms import COLUMN_FORMS, DAY_FIRST, MONTH_FIRST, Form
from features.intake.values.shapes import shape
from features.message import Message

_CELL = "cell"
_ENDING_IN_YEAR = {DAY_FIRST.name, MONTH_FIRST.name}
_WHOLE = 0.99
"""Share of the cells with a digit from which a form is that of the whole column; the others are unreadable."""


@dataclass
class ColumnForms:
    """Forms of the columns of one file of a table.

    Attributes:
        file: the file.
        joined: the joined files, by name.
        null_words: texts that mean null.
    """

    file: Inspected
    joined: Mapping[str, Inspected]
    null_words: tuple[str, ...]
    _known: dict[tuple[str, Kind], tuple[Form, ...]] = field(default_factory=dict)

    def of(self, column: Column, mapping: ColumnMapping, batch: pl.DataFrame) -> tuple[Form, ...]:
        """The forms of the source columns that make a contract column; empty for other kinds than days.

        Args:
            column: the contract's column.
            mapping: its sources.
            batch: rows of the file; the whole column is read only if these rows have the form.
        """
        if column.kind not in (Kind.DATE, Kind.TIME, Kind.MONTH):
            return ()
        sources = [source for source in mapping.cells() if batch.schema.get(source) == pl.String]
        forms = [form for source in sources for form in self._form(source, column.kind, batch)]
        return tuple(dict.fromkeys(forms))

    def _form(self, source: str, kind: Kind, batch: pl.DataFrame) -> tuple[Form, ...]:
        if (source, kind) not in self._known:
            likely = _fitting(kind, [batch.select(pl.col(source).alias(_CELL))])
            whole = _fitting(kind, self._cells(source)) if likely else ()
            if len(whole) > 1:
                self._refuse(source, batch)
            self._known[source, kind] = whole
        return self._known[source, kind]

    def _refuse(self, source: str, batch: pl.DataFrame) -> Never:
        """Stop at a column of which no cell says whether the day or the month comes first."""
        cells = batch.select(ROW, source).filter(DAY_FIRST.matches(pl.col(source)))
        row, cell = cells.row(0)
        raise InputError(
            "A column of dates can be read in two ways.",
            where=self.file.file.name,
            problems=[
                Message(
                    "{column}: no value says whether the day or the month comes first (row {row:,}: {example})",
                    column=source,
                    row=row,
                    example=shape(str(cell)),
                )
            ],
            next_step='state it in a mapping file: formats = ["%d/%m/%Y"] or ["%m/%d/%Y"] for this column',
        )

    def _cells(self, source: str) -> Iterator[pl.DataFrame]:
        """All cells of a column of the file, or of a joined file."""
        prefix, _, name = source.rpartition(".")
        own = source in self.file.columns
        file = self.file if own else self.joined[prefix]
        for batch in Reader(file, (source if own else name,), self.null_words):
            yield batch.select(pl.col(source if own else name).alias(_CELL))


def _fitting(kind: Kind, batches: Iterable[pl.DataFrame]) -> tuple[Form, ...]:
    """The form that nearly all cells have, if no cell has another; empty if there is none.

    Day and month first are both returned where every cell has both: nothing says which it is.
    """
    forms = [form for form in COLUMN_FORMS if kind in form.kinds]
    counts, total, either = Counter[str](), 0, 0
    cell = pl.col(_CELL)
    for batch in batches:
        cells = batch.filter(cell.str.contains("[0-9]"))  # a text without a digit is no day in any form
        total += cells.height
        counts.update(
            cells.select(form.matches(cell).sum().alias(form.name) for form in forms).row(0, named=True)
        )
        either += int(cells.select((DAY_FIRST.matches(cell) | MONTH_FIRST.matches(cell)).sum()).item() or 0)
    present = [form for form in forms if counts[form.name]]
    if DAY_FIRST in present or MONTH_FIRST in present:
        # a form that has all that either has; the other has cells that say that it is not meant
        present = [
            form for form in present if form.name not in _ENDING_IN_YEAR or counts[form.name] == either
        ]
    alike = len(present) == 1 or {form.name for form in present} == _ENDING_IN_YEAR
    return tuple(form for form in present if alike and counts[form.name] >= _WHOLE * total)
