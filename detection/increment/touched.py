"""The settlements that a delivery touched, and the tables that decide about them alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.reach import LINES, REGISTERS, SETTLEMENTS, Reach
from features.intake.changes import Changes
from features.table_access import TableFrame
from features.tables import Tables

_ID, _REVERSES = "settlement_id", "reverses_settlement_id"


class UndeclaredReadError(Exception):
    """A detector reads a table that its reach does not name."""


@dataclass(frozen=True)
class DeclaredTables(Tables):
    """Tables of which only those of a reach may be read.

    Attributes:
        reads: their names.
    """

    reads: frozenset[str] = field(default_factory=frozenset)

    def frame(self, table: str) -> TableFrame:
        """The table.

        Raises:
            UndeclaredReadError: the reach does not name it.
        """
        if table not in self.reads:
            raise UndeclaredReadError(table)
        return super().frame(table)


def touched_settlements(reach: Reach, changes: Changes, tables: Tables) -> pl.Series:
    """Ids of the settlements about which a changed row may decide, sorted, as the tables have them.

    Args:
        reach: of the detector.
        changes: what was delivered.
        tables: the tables with the delivery.
    """
    parts = [pl.Series(dtype=tables.id_type)]
    for table in sorted(reach.reads):
        rows = tables.in_codes(changes.of(table))
        if rows.is_empty():
            continue
        if table in REGISTERS:
            owner, columns = REGISTERS[table]
            parts.append(_of_owners(tables, rows[owner], columns))
        else:
            parts += [rows[name] for name in (_ID, _REVERSES) if name in rows.columns]
    return _with_linked(pl.concat(parts).drop_nulls().unique(), tables)


def declared_tables(reach: Reach, tables: Tables, settlements: pl.Series) -> DeclaredTables:
    """The tables of a reach, with some settlements and their lines alone; registers are whole.

    Args:
        reach: of a detector.
        tables: all tables.
        settlements: ids.
    """
    some = settlements.implode()
    kept: Mapping[str, TableFrame] = {
        table: nw.from_native(
            tables.frame(table).to_native().filter(pl.col(_ID).is_in(some)).collect(engine="streaming").lazy()
        )
        for table in (SETTLEMENTS, LINES)
        if table in reach.reads and tables.has(table)
    }
    return DeclaredTables(
        {**tables.frames, **kept},
        tables.columns,
        tables.day_precision,
        tables.of_today,
        tables.unread,
        tables.ids,
        reads=reach.reads,
    )


def _of_owners(tables: Tables, owners: pl.Series, columns: tuple[str, ...]) -> pl.Series:
    """Settlements of some persons or providers."""
    some = owners.drop_nulls().unique().implode()
    theirs = pl.any_horizontal(pl.col(name).is_in(some).fill_null(value=False) for name in columns)
    settlements: pl.LazyFrame = tables.settlements.to_native()
    return settlements.filter(theirs).select(_ID).collect(engine="streaming")[_ID]


def _with_linked(ids: pl.Series, tables: Tables) -> pl.Series:
    """Settlements with all that take them back or that they take back, sorted."""
    native: pl.LazyFrame = tables.settlements.to_native()
    links = native.filter(pl.col(_REVERSES).is_not_null()).select(_ID, _REVERSES).collect(engine="streaming")
    known = 0
    while known < len(ids):
        known, some = len(ids), ids.implode()
        either = links.filter(pl.col(_ID).is_in(some) | pl.col(_REVERSES).is_in(some))
        ids = pl.concat([ids, either[_ID], either[_REVERSES]]).unique()
    return ids.sort()
