"""Find the form that a whole column of dates, times or months has, if it is not that of the contract.

The column is read once more, and only where a cell of it could not be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from features.contract import Column, Kind
from features.intake.mapping.model import ColumnMapping
from features.intake.reading.batches import Reader
from features.intake.reading.inspection import Inspected
from features.intake.values.forms import COLUMN_FORMS, Form

_CELL = "cell"
_WHOLE = 0.99
"""Share of the cells from which a form is that of the whole column; the others are unreadable."""


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
            self._known[source, kind] = _fitting(kind, self._cells(source)) if likely else ()
        return self._known[source, kind]

    def _cells(self, source: str) -> Iterator[pl.DataFrame]:
        """All cells of a column of the file, or of a joined file."""
        prefix, _, name = source.rpartition(".")
        own = source in self.file.columns
        file = self.file if own else self.joined[prefix]
        for batch in Reader(file, (source if own else name,), self.null_words):
            yield batch.select(pl.col(source if own else name).alias(_CELL))


def _fitting(kind: Kind, batches: Iterable[pl.DataFrame]) -> tuple[Form, ...]:
    """The form that nearly all cells have, if no cell has another; empty if there is none."""
    forms = [form for form in COLUMN_FORMS if kind in form.kinds]
    counts, total = Counter[str](), 0
    for batch in batches:
        cells = batch.filter(pl.col(_CELL).is_not_null() & (pl.col(_CELL) != ""))
        total += cells.height
        counts.update(
            cells.select(form.matches(pl.col(_CELL)).sum().alias(form.name) for form in forms).row(
                0, named=True
            )
        )
    present = [form for form in forms if counts[form.name]]
    return tuple(form for form in present if len(present) == 1 and counts[form.name] >= _WHOLE * total)
