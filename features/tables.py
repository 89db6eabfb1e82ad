"""The accepted tables of one data set, as lazy frames with every column of the contract.

A column that the source lacks is there as typed nulls, a table that it lacks as no rows, so that a feature or a rule
is written once. `has` and `precise` tell whether the data support a conclusion. Where they do not, readers see "not
assessable", never "no risk".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl

from features.contract import TABLES, Kind, Table, stem
from features.ids.codes import CODE, CODED, IdCodes, coded
from features.table_access import TableAccess, TableFrame

_STORED_AS: dict[Kind, pl.DataType] = {
    Kind.ID: pl.String(),
    Kind.TEXT: pl.String(),
    Kind.CODE: pl.String(),
    Kind.MONEY: pl.Int64(),
    Kind.PRICE: pl.Int64(),
    Kind.QUANTITY: pl.Int64(),
    Kind.DATE: pl.Date(),
    Kind.TIME: pl.Datetime("us"),
    Kind.MONTH: pl.String(),
    Kind.DECIMAL: pl.Float64(),
    Kind.INTEGER: pl.Int64(),
    Kind.FLAG: pl.Boolean(),
}

_UNREAD = "unread"

SOURCE_COLUMNS: dict[str, pl.DataType] = {"source_file": pl.Int32(), "source_row": pl.Int64()}
"""Where a row came from: index into the manifest's list of files, and its row there (1 is the first)."""


def stored_schema(table: type[Table]) -> dict[str, pl.DataType]:
    """Columns and types of an accepted table as it is stored: contract, derived and source columns.

    Derived: a date or time column gains ``<stem>_day`` (Int32 days since 1970-01-01), a time column
    ``<stem>_minute`` (Int64), a month column ``<stem>_index``, an end that is open when null ``<stem>_unknown``
    (Boolean: it was given and could not be read); settlements gain ``settled_month``
    (Int32 year * 12 + month - 1), ``service_day`` and ``service_month``: law and policy of that day apply.
    """
    schema: dict[str, pl.DataType] = {}
    for name, column in table.columns.items():
        schema[name] = _STORED_AS[column.kind]
    for name, column in table.columns.items():
        if column.kind in (Kind.DATE, Kind.TIME):
            schema[f"{stem(name)}_day"] = pl.Int32()
        if column.kind is Kind.TIME:
            schema[f"{stem(name)}_minute"] = pl.Int64()
        if column.kind is Kind.MONTH:
            schema[f"{stem(name)}_index"] = pl.Int32()
    schema |= {unknown_end(name): pl.Boolean() for name, column in table.columns.items() if column.open_end}
    if table.table == "settlements":
        schema |= {"settled_month": pl.Int32(), "service_month": pl.Int32()}
    return schema | SOURCE_COLUMNS


def unknown_end(column: str) -> str:
    """The stored column that says of an open end that it is unknown: there was a value, and it could not be read."""
    return f"{stem(column)}_unknown"


@dataclass(frozen=True)
class Tables(TableAccess):
    """Accepted tables by name.

    Attributes:
        frames: lazy frames of the tables that the source has.
        columns: the contract columns that the source has, by table.
        day_precision: ``table.column`` of every time that is known to the day only.
        of_today: ``table.column`` of every value that says what holds today, and not on the day of its row.
        unread: settlements of which a row is not used (``settlement_id``); None where every row is used.
        ids: what the codes of ids stand for; None where ids are texts.
    """

    frames: Mapping[str, TableFrame]
    columns: Mapping[str, frozenset[str]]
    day_precision: frozenset[str] = field(default_factory=frozenset)
    of_today: frozenset[str] = field(default_factory=frozenset)
    unread: TableFrame | None = None
    ids: IdCodes | None = None

    def frame(self, table: str) -> TableFrame:
        """The table with every stored column; typed nulls, or no rows, where the source has nothing."""
        schema = stored_schema(TABLES[table])
        if self.ids is not None:
            schema |= {name: CODE for name in schema if name in CODED}
        if table not in self.frames:
            return nw.from_native(pl.LazyFrame(schema=schema))
        native = self.frames[table].to_native()
        present = set(native.collect_schema().names())
        missing = [
            pl.lit(None, dtype=kind).alias(name) for name, kind in schema.items() if name not in present
        ]
        return nw.from_native(native.with_columns(missing) if missing else native)

    def has(self, table: str, *columns: str) -> bool:
        """Whether the source has the table and all of these columns."""
        return table in self.columns and self.columns[table].issuperset(columns)

    def precise(self, table: str, column: str) -> bool:
        """Whether a time column is known to the minute."""
        return self.has(table, column) and f"{table}.{column}" not in self.day_precision

    def replacing(self, **frames: TableFrame) -> Tables:
        """The same data with some tables replaced, for instance by a part of their rows."""
        return replace(self, frames={**self.frames, **frames})

    def coded(self, folder: Path) -> Tables:
        """The same data with codes in place of ids, see `features.ids.codes`.

        Args:
            folder: where the tables are written; it lives as long as they are read.
        """
        frames, ids = coded(
            {**self.frames, **({} if self.unread is None else {_UNREAD: self.unread})}, folder
        )
        return replace(self, unread=frames.pop(_UNREAD, None), frames=frames, ids=ids)

    @property
    def id_type(self) -> pl.DataType:
        """Type of the columns in `features.ids.codes.CODED`."""
        return pl.String() if self.ids is None else CODE

    def in_text(self, rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
        """Rows that were computed from these tables, with texts in those of the columns that have ids."""
        return rows if self.ids is None else self.ids.in_text(rows, columns)

    def with_texts(self, rows: TableFrame, **columns: str) -> TableFrame:
        """Rows that were computed from these tables, with further columns: the texts of some columns of ids.

        Args:
            rows: with ids as these tables have them.
            columns: column of ids by the name of the new column.
        """
        if self.ids is None:
            return rows.with_columns(**{name: nw.col(column) for name, column in columns.items()})
        for name, column in columns.items():
            texts = nw.from_native(self.ids.lookup(column, name))
            rows = rows.join(texts, on=column, how="left")
        return rows

    def in_codes(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows from elsewhere, with ids as these tables have them; null for an id that is not in the data."""
        return rows if self.ids is None else self.ids.in_codes(rows)
