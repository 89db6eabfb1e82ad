"""Columns that a table takes from another file by a key (``join`` in a mapping)."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from features.errors import InputError, MappingError
from features.intake.batches import Reader
from features.intake.cells import as_text
from features.intake.exclusion import excluding_rule
from features.intake.inspection import Inspected
from features.intake.mapping import Join
from features.intake.plan import TablePlan

_KEY = "\0key"


@dataclass(frozen=True)
class Lookup:
    """One joined file: at most one row per key, its columns named ``file.column``; ``read`` rows in all."""

    join: Join
    rows: pl.DataFrame
    read: int

    def attach(self, batch: pl.DataFrame) -> pl.DataFrame:
        """The batch with the columns of the joined file; null where the key is not found."""
        key = as_text(pl.col(self.join.on), batch.schema[self.join.on]).alias(_KEY)
        joined = batch.with_columns(key).join(self.rows, on=_KEY, how="left", maintain_order="left")
        return joined.drop(_KEY)


def open_lookups(plan: TablePlan) -> list[Lookup]:
    """Read the joined files of a table; they must fit into memory.

    Raises:
        InputError: rows of a joined file have too few or too many fields.
        MappingError: a key names several different rows.
    """
    needed = {name for column in plan.columns.values() for name in column.reads()}
    return [_lookup(join, plan.lookups[join.file], plan.mapping.null, needed) for join in plan.mapping.joins]


def lookup_types(lookups: list[Lookup]) -> dict[str, pl.DataType]:
    """Types of the columns that the joined files bring."""
    return {name: dtype for lookup in lookups for name, dtype in lookup.rows.schema.items() if name != _KEY}


def _lookup(join: Join, file: Inspected, null_words: tuple[str, ...], needed: set[str]) -> Lookup:
    wanted = [column for column in file.columns if f"{join.file}.{column}" in needed]
    named = [pl.col(column).alias(f"{join.file}.{column}") for column in wanted]
    key = as_text(pl.col(join.key), file.columns[join.key]).alias(_KEY)
    beside = [name for rule in join.exclude for name in rule.reads()]
    reader = Reader(file, (*wanted, join.key, *beside), null_words)
    empty = pl.DataFrame(schema=file.columns).select(key, *named)
    valid = excluding_rule(join.exclude, file.columns).is_null()
    rows = pl.concat([empty, *(batch.filter(valid).select(key, *named) for batch in reader)])
    if reader.ragged:
        raise InputError(
            "A joined file has rows with a wrong number of fields.",
            where=f"{file.file.name}, {len(reader.ragged)} rows, the first is row {min(reader.ragged)}",
            next_step="export the file again; without these rows nobody can say what belongs to their keys",
        )
    rows = rows.filter(pl.col(_KEY).is_not_null()).unique(maintain_order=True)
    several = rows.height - rows[_KEY].n_unique()
    if several:
        raise MappingError(
            f"{join.file} cannot be joined: {several} rows repeat a key with other values.",
            where=f"{file.file.name}, column {join.key}",
            next_step="join by a column that names one row each",
        )
    return Lookup(join, rows, reader.rows)
