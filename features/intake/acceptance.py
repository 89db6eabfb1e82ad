"""Accept, quarantine or exclude every row of a table, batch by batch.

A row is quarantined here if a required cell is missing or unreadable, or if it has a wrong number of fields.
Duplicate keys need the whole table; `features.intake.checks.duplicates` finds them later.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import polars as pl

from features.contract import Column, Kind, stem
from features.intake.checks.no_records import KIND, SUSPECT, UNREAD, no_records
from features.intake.known_codes import with_known_codes
from features.intake.reading.batches import ROW
from features.intake.reading.column_forms import ColumnForms
from features.intake.reading.columns import Reading, named, reading
from features.intake.reading.exclusion import excluding_rule
from features.intake.reading.table_plan import TablePlan
from features.intake.sinks import (
    MISSING,
    REFUND_NOT_NEGATIVE,
    UNREADABLE,
    UNREADABLE_OPTIONAL,
    WRONG_FIELDS,
    TableSinks,
)
from features.intake.values.cells import LENIENT
from features.intake.values.dates import NO_END, derived
from features.intake.values.shapes import shape
from features.message import Message
from features.tables import stored_schema, unknown_end

_GIVEN = "\0given "
_ENDLESS = "\0endless "
_TIMED = "\0timed "
_UNUSUAL = "\0unusual "
_EXCLUDED = "\0excluded"
_REFUND = "\0refund"
_FEW_REQUIRED = 2


class Acceptance:
    """Accepts, quarantines or excludes the rows of one file of one table.

    Args:
        plan: the table.
        types: types of the batch's columns.
        file_index: index of the file in the manifest.
        file_name: its name.
        sinks: where the rows are written.
        forms: forms that columns of the file have; None where its columns were read before.
    """

    def __init__(
        self,
        plan: TablePlan,
        types: Mapping[str, pl.DataType],
        file_index: int,
        file_name: str,
        sinks: TableSinks,
        forms: ColumnForms | None = None,
    ) -> None:
        self._plan = plan
        self._types = types
        self._forms = forms
        self._file = (file_index, file_name)
        self._out = sinks
        self._readings = [
            reading(plan.table.columns[name], mapping, types, plan.mapping.null)
            for name, mapping in plan.columns.items()
            if not mapping.made and all(source in types for source in mapping.reads())
        ]
        self._days = plan.day_precision
        self._excluded = excluding_rule(plan.mapping.exclude, types)
        mark = plan.mapping.refund_mark
        self._refund = pl.lit(None, dtype=pl.String) if mark is None else excluding_rule([mark], types)

    def accept(self, batch: pl.DataFrame) -> None:
        """Accept, quarantine or exclude the rows of one batch."""
        rows = self._read(batch)
        unreadable = _unreadable(rows)
        if self._admit_forms(unreadable, batch):
            rows = self._read(batch)
            unreadable = _unreadable(rows)
        rows = self._without_values(rows, batch, unreadable)
        tally = self._out.tally
        tally.add("read", rows)
        for name in tally.money:
            tally.unreadable[name] += unreadable.get(name, 0)
        self._note_unusual(rows)
        rows = self._exclude(rows)
        self._note_unreadable(rows, batch, unreadable)
        rows = self._quarantine_unreadable(rows)
        self._flag_optional(rows, unreadable)
        self._flag_refunds(rows)
        rows = with_known_codes(rows, self._codes(), self._plan, self._out.tally)
        tally.add_filled(rows)
        self._out.accepted.add(
            rows.with_columns(
                *self._derived(rows),
                *(
                    (pl.col(_GIVEN + name) & pl.col(name).is_null()).alias(unknown_end(name))
                    for name in self._plan.together
                    if self._plan.table.columns[name].open_end
                ),
                pl.lit(self._file[0], dtype=pl.Int32).alias("source_file"),
                pl.col(ROW).alias("source_row"),
            )
        )

    def quarantine_ragged(self, rows: Iterable[int]) -> None:
        """Quarantine rows with too few or too many fields."""
        numbers = sorted(rows)
        self._out.tally.add_ragged(len(numbers))
        if numbers:
            self._quarantine(pl.DataFrame({ROW: numbers, "column": "", "reason": WRONG_FIELDS}))

    def _admit_forms(self, unreadable: Collection[str], batch: pl.DataFrame) -> bool:
        """Admit other forms in columns with a cell that cannot be read; whether there is such a column."""
        strict = [each for each in self._readings if each.unusual is None]
        changed: dict[str, Reading] = {}
        for name in (each.column.name for each in strict if each.column.kind in LENIENT):
            if self._forms is not None and name in unreadable:
                column, mapping = self._plan.table.columns[name], self._plan.columns[name]
                forms = self._forms.of(column, mapping, batch)
                changed[name] = reading(column, mapping, self._types, self._plan.mapping.null, forms)
        self._readings = [changed.get(each.column.name, each) for each in self._readings]
        return bool(changed)

    def _note_unusual(self, rows: pl.DataFrame) -> None:
        """Count the values that were read in another form than that of the contract."""
        for name in (each.column.name for each in self._readings if each.endless is not None):
            cells = int(rows.select((pl.col(_ENDLESS + name) & pl.col(name).is_null()).sum()).item())
            if cells:
                self._out.tally.unusual[name, NO_END] += cells
        for name in (each.column.name for each in self._readings if each.unusual is not None):
            noted = rows.filter(pl.col(name).is_not_null())[_UNUSUAL + name].drop_nulls()
            for form, cells in noted.value_counts(name="cells").iter_rows():
                self._out.tally.unusual[name, form] += cells

    def _note_unreadable(self, rows: pl.DataFrame, batch: pl.DataFrame, unreadable: Collection[str]) -> None:
        """Count unreadable values by column, and keep the row and the shape of the first."""
        for name in unreadable:
            bad = rows.filter(pl.col(_GIVEN + name), pl.col(name).is_null())
            if bad.height:
                row = int(bad[ROW][0])
                sources = [source for source in self._plan.columns[name].cells() if source in batch.columns]
                cells = batch.filter(pl.col(ROW) == row).select(sources).row(0) if sources else ()
                example = next((shape(str(cell)) for cell in cells if cell is not None), "")
                self._out.tally.add_unreadable(
                    name,
                    bad.height,
                    Message("{file} row {row:,}: {shape}", file=self._file[1], row=row, shape=example),
                )

    def _derived(self, rows: pl.DataFrame) -> list[pl.Expr]:
        """The integer columns. A time that names only the day has no minute."""
        derived_columns = derived(self._plan.table, self._plan.together, self._days)
        minutes = {f"{stem(name)}_minute": _TIMED + name for name in self._timed()}
        for name in self._timed():
            self._out.tally.add_times(name, rows[name], rows[_TIMED + name])
        return [
            pl.when(pl.col(minutes[output])).then(cell_reading).alias(output)
            if (output := cell_reading.meta.output_name()) in minutes
            else cell_reading
            for cell_reading in derived_columns
        ]

    def _timed(self) -> list[str]:
        """Time columns whose cells may or may not contain a time of day."""
        return [
            cell_reading.column.name
            for cell_reading in self._readings
            if cell_reading.timed is not None and cell_reading.column.name not in self._days
        ]

    def _read(self, batch: pl.DataFrame) -> pl.DataFrame:
        schema = stored_schema(self._plan.table)
        mapped = {cell_reading.column.name for cell_reading in self._readings}
        absent = [name for name in self._plan.together if name not in mapped]
        read = (
            batch.lazy()
            .select(
                ROW,
                *(cell_reading.value.alias(cell_reading.column.name) for cell_reading in self._readings),
                *(
                    cell_reading.given.alias(_GIVEN + cell_reading.column.name)
                    for cell_reading in self._readings
                ),
                *(pl.lit(None, dtype=schema[name]).alias(name) for name in absent),
                *(pl.lit(False).alias(_GIVEN + name) for name in absent),
                *named(_TIMED, {each.column.name: each.timed for each in self._readings}),
                *named(_UNUSUAL, {each.column.name: each.unusual for each in self._readings}),
                *named(_ENDLESS, {each.column.name: each.endless for each in self._readings}),
                self._excluded.alias(_EXCLUDED),
                self._refund.alias(_REFUND),
            )
            .collect()
        )
        return read.with_columns(
            pl.when(pl.col(name) >= pl.col(column.not_before)).then(pl.col(name)).alias(name)
            for name, column in self._plan.columns.items()
            if column.not_before in read.columns
        )

    def _without_values(
        self, rows: pl.DataFrame, batch: pl.DataFrame, unreadable: Collection[str]
    ) -> pl.DataFrame:
        """The rows, of which those that are no records are marked as excluded (`no_records`)."""
        bad = [pl.col(_GIVEN + name) & pl.col(name).is_null() for name in unreadable]
        unread = pl.any_horizontal(pl.lit(value=False), *bad)
        lacking = pl.any_horizontal(pl.col(self._required()).is_null())
        # A table that requires next to nothing may take anything for a record.
        suspect = pl.lit(len(self._required()) <= _FEW_REQUIRED) | unread | lacking
        kinds = no_records(rows.select(ROW, suspect.alias(SUSPECT), unread.alias(UNREAD)), batch, self._plan)
        if kinds.is_empty():
            return rows
        marked = rows.join(kinds, on=ROW, how="left", maintain_order="left")
        return marked.with_columns(pl.coalesce(_EXCLUDED, KIND).alias(_EXCLUDED))

    def _required(self) -> list[str]:
        return [each.column.name for each in self._readings if each.column.required]

    def _exclude(self, rows: pl.DataFrame) -> pl.DataFrame:
        excluded = rows.filter(pl.col(_EXCLUDED).is_not_null())
        self._out.tally.add("excluded", excluded)
        for rule, count in excluded[_EXCLUDED].value_counts().iter_rows():
            self._out.tally.excluded_by[rule] += count
        return rows.filter(pl.col(_EXCLUDED).is_null()) if excluded.height else rows

    def _quarantine_unreadable(self, rows: pl.DataFrame) -> pl.DataFrame:
        required = self._required()
        unreadable = rows.filter(pl.any_horizontal(pl.col(required).is_null()))
        self._out.tally.add("quarantined", unreadable)
        if not unreadable.height:
            return rows
        lacking = [pl.when(pl.col(name).is_null()).then(pl.lit(name)) for name in required]
        # The first bad column decides the reason, so that reasons add up to rows.
        first = pl.coalesce(
            pl.when(pl.col(name).is_null()).then(
                pl.when(pl.col(_GIVEN + name)).then(pl.lit(UNREADABLE)).otherwise(pl.lit(MISSING))
            )
            for name in required
        )
        self._out.note_unread(unreadable, self._plan.table.table)
        columns = pl.concat_str(lacking, separator=", ", ignore_nulls=True)
        self._quarantine(unreadable.select(ROW, columns.alias("column"), first.alias("reason")))
        return rows.filter(~pl.any_horizontal(pl.col(required).is_null()))

    def _quarantine(self, rows: pl.DataFrame) -> None:
        _, file_name = self._file
        self._out.tally.add_why(rows)
        self._out.quarantine.add(
            rows.select(
                pl.lit(self._plan.table.table).alias("table"),
                pl.lit(file_name).alias("file"),
                pl.col(ROW).alias("row"),
                "column",
                "reason",
            )
        )

    def _flag_optional(self, rows: pl.DataFrame, unreadable: Collection[str]) -> None:
        for name in unreadable:
            if not self._plan.table.columns[name].required:
                self._flag(
                    rows.filter(pl.col(_GIVEN + name), pl.col(name).is_null()), name, UNREADABLE_OPTIONAL
                )

    def _flag_refunds(self, rows: pl.DataFrame) -> None:
        """Flag rows that the source marks as refunds but whose total is not negative: they offset nothing."""
        if self._plan.mapping.refund_mark is not None:
            unmatched = rows.filter(pl.col(_REFUND).is_not_null(), pl.col("total_amount") >= 0)
            self._flag(unmatched, "total_amount", REFUND_NOT_NEGATIVE)

    def _flag(self, rows: pl.DataFrame, column: str, flag: str) -> None:
        self._out.flags.add(
            rows.select(
                pl.lit(self._plan.table.table).alias("table"),
                pl.lit(self._file[0], dtype=pl.Int32).alias("source_file"),
                pl.col(ROW).alias("source_row"),
                pl.lit(column).alias("column"),
                pl.lit(flag).alias("flag"),
            )
        )

    def _codes(self) -> list[Column]:
        return [
            cell_reading.column for cell_reading in self._readings if cell_reading.column.kind is Kind.CODE
        ]


def _unreadable(rows: pl.DataFrame) -> dict[str, int]:
    """Cells that are given and could not be read, by column, for columns that have some."""
    names = [name.removeprefix(_GIVEN) for name in rows.columns if name.startswith(_GIVEN)]
    counts = rows.select((pl.col(_GIVEN + name) & pl.col(name).is_null()).sum().alias(name) for name in names)
    return {name: count for name, count in counts.row(0, named=True).items() if count} if names else {}
