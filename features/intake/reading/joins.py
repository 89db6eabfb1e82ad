"""Join columns of another file to a table by a key (``join`` in a mapping)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from features.errors import InputError, MappingError
from features.intake.mapping.model import Join
from features.intake.reading.batches import Reader
from features.intake.reading.exclusion import without_excluded
from features.intake.reading.inspection import Inspected
from features.intake.reading.table_plan import TablePlan
from features.intake.values.cells import as_text
from features.intake.values.cleaning import Cleaner
from features.message import Message

KEY = "\0key"
"""Column of the key in joined rows. No source column can have this name."""


@dataclass(frozen=True)
class Lookup:
    """A joined file with at most one row per key. Its columns are named ``file.column``; it has ``read`` rows."""

    join: Join
    rows: pl.DataFrame
    read: int

    def attach(self, batch: pl.DataFrame) -> pl.DataFrame:
        """The batch with the columns of the joined file; null where the key does not occur."""
        key = as_text(pl.col(self.join.on), batch.schema[self.join.on]).alias(KEY)
        joined = batch.with_columns(key).join(self.rows, on=KEY, how="left", maintain_order="left")
        return joined.drop(KEY)


def open_lookups(plan: TablePlan, *, without: Join | None = None) -> list[Lookup]:
    """Read the joined files of a table; they must fit into memory.

    Args:
        plan: the table.
        without: a join to leave out, because it is partitioned.

    Raises:
        InputError: rows of a joined file have too few or too many fields.
        MappingError: a key names several different rows.
    """
    joins = [join for join in plan.mapping.joins if join is not without]
    return [_lookup(plan, join) for join in joins]


def lookup_types(lookups: list[Lookup]) -> dict[str, pl.DataType]:
    """Types of the joined columns."""
    return {name: dtype for lookup in lookups for name, dtype in lookup.rows.schema.items() if name != KEY}


@dataclass
class JoinedRows:
    """The valid rows of a joined file: the key and the needed columns, by their joined names.

    Attributes:
        join: the join.
        file: the file.
        columns: names in the file of the columns that are needed.
        null_words: texts that mean null.
        ids: names in the file of the columns that hold ids.
        kept: words that the mapping names as values.
        read: number of rows of the file, after iteration.
    """

    join: Join
    file: Inspected
    columns: list[str]
    null_words: tuple[str, ...]
    ids: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    read: int = 0

    @classmethod
    def of(cls, plan: TablePlan, join: Join) -> JoinedRows:
        """The rows and columns of the joined file that the table needs."""
        file = plan.lookups[join.file]
        needed = {name for column in plan.columns.values() for name in column.reads()}
        columns = [column for column in file.columns if f"{join.file}.{column}" in needed]
        prefix = f"{join.file}."
        ids = {name.removeprefix(prefix) for name in plan.ids() if name.startswith(prefix)}
        return cls(join, file, columns, plan.mapping.null, frozenset({*ids, join.key}), plan.kept_words())

    def schema(self) -> dict[str, pl.DataType]:
        """Types of the key and of the columns."""
        return dict(pl.DataFrame(schema=self.file.columns).select(self._wanted()).schema)

    def __iter__(self) -> Iterator[pl.DataFrame]:
        """The rows, batch by batch.

        Raises:
            InputError: rows have too few or too many fields.
        """
        rule_columns = [name for rule in self.join.exclude for name in rule.reads()]
        cleaner = Cleaner(self.ids, self.kept)
        reader = Reader(self.file, (*self.columns, self.join.key, *rule_columns), self.null_words, cleaner)
        for batch in reader:
            valid = without_excluded(batch, self.join.exclude, self.file.columns)
            yield valid.select(self._wanted()).filter(pl.col(KEY).is_not_null())
        self.read = reader.rows
        if reader.ragged:
            raise InputError(
                "A joined file has rows with a wrong number of fields.",
                where=Message(
                    "{file}, {rows:,} rows, the first is row {row:,}",
                    file=self.file.file.name,
                    rows=len(reader.ragged),
                    row=min(reader.ragged),
                ),
                next_step="export the file again; without these rows the join would be incomplete",
            )

    def _wanted(self) -> list[pl.Expr]:
        key = as_text(pl.col(self.join.key), self.file.columns[self.join.key]).alias(KEY)
        return [key, *(pl.col(column).alias(f"{self.join.file}.{column}") for column in self.columns)]


def unique_per_key(rows: pl.DataFrame, join: Join, file: Inspected) -> pl.DataFrame:
    """The rows without repeated equal rows.

    Raises:
        MappingError: a key names several different rows.
    """
    different = rows.unique(maintain_order=True)
    several = different.height - different[KEY].n_unique()
    if several:
        raise MappingError(
            "{file} cannot be joined: {several:,} rows repeat a key with other values.",
            where=Message("{file}, column {key}", file=file.file.name, key=join.key),
            next_step="join by a column with unique values",
            file=join.file,
            several=several,
        )
    return different


def _lookup(plan: TablePlan, join: Join) -> Lookup:
    joined = JoinedRows.of(plan, join)
    rows = pl.concat([pl.DataFrame(schema=joined.schema()), *joined])
    return Lookup(join, unique_per_key(rows, join, joined.file), joined.read)
