"""Every row of a table is accepted, quarantined or excluded, batch by batch.

Quarantined here: a required cell that is missing or cannot be read, and rows with a wrong number of
fields. Duplicate keys need the whole table and follow in `features.intake.checks.duplicates`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from features.contract import Column, Kind, stem
from features.contract.vocabulary import ALWAYS_ALLOWED, UNKNOWN
from features.intake.reading.batches import ROW
from features.intake.reading.columns import reading
from features.intake.reading.exclusion import excluding_rule
from features.intake.reading.table_plan import TablePlan
from features.intake.sinks import (
    MISSING,
    REFUND_NOT_NEGATIVE,
    UNREADABLE,
    UNREADABLE_OPTIONAL,
    WRONG_FIELDS,
    Outlets,
)
from features.intake.values.dates import derived
from features.tables import stored_schema

_GIVEN = "\0given "
_TIMED = "\0timed "
_EXCLUDED = "\0excluded"
_REFUND = "\0refund"


def held_columns(plan: TablePlan) -> dict[str, pl.DataType]:
    """Columns and types of the table as it is written: what the source has, and what derives from it."""
    schema = stored_schema(plan.table)
    readable = pl.LazyFrame(schema={name: schema[name] for name in plan.together})
    made = readable.with_columns(derived(plan.table, plan.together, frozenset()))
    keep = {*made.collect_schema(), "source_file", "source_row"}
    return {name: dtype for name, dtype in schema.items() if name in keep}


class Acceptance:
    """Sorts the batches of one file of one table.

    Args:
        plan: the table.
        types: types of the batch's columns.
        file_index: index of the file in the manifest.
        file_name: its name.
        outlets: where the rows go.
    """

    def __init__(
        self,
        plan: TablePlan,
        types: Mapping[str, pl.DataType],
        file_index: int,
        file_name: str,
        outlets: Outlets,
    ) -> None:
        self._plan = plan
        self._file = (file_index, file_name)
        self._out = outlets
        self._readings = [
            reading(plan.table.columns[name], mapping, types, plan.mapping.null)
            for name, mapping in plan.columns.items()
            if not mapping.made and all(source in types for source in mapping.reads())
        ]
        self._days = plan.day_precision
        self._excluded = excluding_rule(plan.mapping.exclude, types)
        mark = plan.mapping.refund_mark
        self._refund = pl.lit(None, dtype=pl.String) if mark is None else excluding_rule([mark], types)

    def take(self, batch: pl.DataFrame) -> None:
        """Sort the rows of one batch."""
        rows = self._read(batch)
        tally = self._out.tally
        tally.add("read", rows)
        for name in tally.money:
            tally.unreadable[name] += int((rows[_GIVEN + name] & rows[name].is_null()).sum())
        rows = self._leave_out_excluded(rows)
        rows = self._leave_out_unreadable(rows)
        self._flag_optional(rows)
        self._flag_refunds(rows)
        rows = self._with_known_codes(rows)
        file_index, _ = self._file
        self._out.accepted.add(
            rows.with_columns(
                *self._derived(rows),
                pl.lit(file_index, dtype=pl.Int32).alias("source_file"),
                pl.col(ROW).alias("source_row"),
            )
        )

    def take_ragged(self, rows: Iterable[int]) -> None:
        """Quarantine rows with too few or too many fields."""
        numbers = sorted(rows)
        self._out.tally.add_ragged(len(numbers))
        if numbers:
            self._quarantine(pl.DataFrame({ROW: numbers, "column": "", "reason": WRONG_FIELDS}))

    def _derived(self, rows: pl.DataFrame) -> list[pl.Expr]:
        """The integer columns; a time that names the day only has no minute."""
        made = derived(self._plan.table, self._plan.together, self._days)
        minutes = {f"{stem(name)}_minute": _TIMED + name for name in self._timed()}
        for name in self._timed():
            self._out.tally.add_times(name, rows[name], rows[_TIMED + name])
        return [
            pl.when(pl.col(minutes[output])).then(one).alias(output)
            if (output := one.meta.output_name()) in minutes
            else one
            for one in made
        ]

    def _timed(self) -> list[str]:
        """Times whose cells say whether they hold a time of day."""
        return [
            one.column.name
            for one in self._readings
            if one.timed is not None and one.column.name not in self._days
        ]

    def _read(self, batch: pl.DataFrame) -> pl.DataFrame:
        schema = stored_schema(self._plan.table)
        there = {one.column.name for one in self._readings}
        absent = [name for name in self._plan.together if name not in there]
        read = (
            batch.lazy()
            .select(
                ROW,
                *(one.value.alias(one.column.name) for one in self._readings),
                *(one.given.alias(_GIVEN + one.column.name) for one in self._readings),
                *(pl.lit(None, dtype=schema[name]).alias(name) for name in absent),
                *(pl.lit(False).alias(_GIVEN + name) for name in absent),
                *(
                    one.timed.alias(_TIMED + one.column.name)
                    for one in self._readings
                    if one.timed is not None
                ),
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

    def _leave_out_excluded(self, rows: pl.DataFrame) -> pl.DataFrame:
        excluded = rows.filter(pl.col(_EXCLUDED).is_not_null())
        self._out.tally.add("excluded", excluded)
        for rule, count in excluded[_EXCLUDED].value_counts().iter_rows():
            self._out.tally.excluded_by[rule] += count
        return rows.filter(pl.col(_EXCLUDED).is_null()) if excluded.height else rows

    def _leave_out_unreadable(self, rows: pl.DataFrame) -> pl.DataFrame:
        required = [one.column.name for one in self._readings if one.column.required]
        bad = rows.filter(pl.any_horizontal(pl.col(required).is_null()))
        self._out.tally.add("quarantined", bad)
        if not bad.height:
            return rows
        named = [pl.when(pl.col(name).is_null()).then(pl.lit(name)) for name in required]
        # The first bad column decides the reason, so that reasons add up to rows.
        first = pl.coalesce(
            pl.when(pl.col(name).is_null()).then(
                pl.when(pl.col(_GIVEN + name)).then(pl.lit(UNREADABLE)).otherwise(pl.lit(MISSING))
            )
            for name in required
        )
        columns = pl.concat_str(named, separator=", ", ignore_nulls=True)
        self._quarantine(bad.select(ROW, columns.alias("column"), first.alias("reason")))
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

    def _flag_optional(self, rows: pl.DataFrame) -> None:
        for one in self._readings:
            name = one.column.name
            if one.column.required:
                continue
            bad = rows[_GIVEN + name] & rows[name].is_null()
            if bad.any():
                self._flag(rows.filter(bad), name, UNREADABLE_OPTIONAL)

    def _flag_refunds(self, rows: pl.DataFrame) -> None:
        """A row that the source marks as a refund, and that takes nothing back, is not netted by anybody."""
        if self._plan.mapping.refund_mark is not None:
            odd = rows.filter(pl.col(_REFUND).is_not_null(), pl.col("total_amount") >= 0)
            self._flag(odd, "total_amount", REFUND_NOT_NEGATIVE)

    def _flag(self, rows: pl.DataFrame, column: str, flag: str) -> None:
        file_index, _ = self._file
        self._out.flags.add(
            rows.select(
                pl.lit(self._plan.table.table).alias("table"),
                pl.lit(file_index, dtype=pl.Int32).alias("source_file"),
                pl.col(ROW).alias("source_row"),
                pl.lit(column).alias("column"),
                pl.lit(flag).alias("flag"),
            )
        )

    def _with_known_codes(self, rows: pl.DataFrame) -> pl.DataFrame:
        for column in self._codes():
            if self._plan.columns[column.name].cases:
                undecided = int((rows[column.name] == UNKNOWN).sum())
                self._out.tally.undecided.update({column.name: undecided} if undecided else {})
            known = rows[column.name].is_in((*column.values, *ALWAYS_ALLOWED))
            if not known.fill_null(True).all():
                self._out.tally.add_unknown(column.name, rows[column.name].filter(~known.fill_null(True)))
                rows = rows.with_columns(
                    pl.when(pl.Series(known))
                    .then(pl.col(column.name))
                    .otherwise(pl.when(pl.col(column.name).is_not_null()).then(pl.lit(UNKNOWN)))
                )
        return rows

    def _codes(self) -> list[Column]:
        return [one.column for one in self._readings if one.column.kind is Kind.CODE]
