"""Damages of one cell, and whom the row of the cell is about."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from support.damages.damage import BY_ITSELF
from support.damages.export import SmallExport, column_of

from features.contract import Kind

_SETTLEMENT, _ITEM = "settlement_id", "item_code"


@dataclass(frozen=True)
class SingleCell:
    """A cell with another value.

    Attributes:
        table, row, column, before, after: the cell.
        about: ids of the settlements, people, accounts and institutions that its row names, before or after.
        write: writes the damaged export into a new folder.
    """

    table: str
    row: int
    column: str
    before: str
    after: str
    about: frozenset[str]
    write: Callable[[Path], object]

    @property
    def name(self) -> str:
        """The cell and its values."""
        return f"{self.table}.{self.column} row {self.row + 1}: {self.before!r} → {self.after!r}"


def sampled_cell(export: SmallExport, rng: random.Random) -> SingleCell:
    """Another value of a cell: of the kinds that typing, copying and programs leave behind."""
    table = rng.choice(
        [name for name, rows in export.tables.items() if name not in BY_ITSELF and rows.height]
    )
    rows = export.tables[table]
    row, column = rng.randrange(rows.height), rng.choice(rows.columns)
    before = str(rows[column][row])
    after = before
    while after == before:
        after = rng.choice(_changes(export, table, column))(before, rng)
    place = pl.int_range(pl.len()) == row
    changed = rows.with_columns(pl.when(place).then(pl.lit(after)).otherwise(column).alias(column))
    about = _about(export, table, rows.row(row, named=True)) | _about(
        export, table, changed.row(row, named=True)
    )
    return SingleCell(table, row, column, before, after, about, export.replacing(table, changed).write)


Change = Callable[[str, random.Random], str]


def _changes(export: SmallExport, table: str, column: str) -> Sequence[Change]:
    cells = export.tables[table][column]
    others: Sequence[Change] = [
        lambda _, rng: rng.choice(cells),
        lambda _, rng: rng.choice(("", "NULL", "?")),
    ]
    match column_of(table, column).kind:
        case Kind.MONEY | Kind.PRICE | Kind.QUANTITY | Kind.DECIMAL | Kind.INTEGER:
            return [*others, _digit, _sign, _hundredfold]
        case Kind.DATE | Kind.TIME | Kind.MONTH:
            return [*others, _digit, _year]
        case Kind.ID | Kind.TEXT:
            return [*others, _digit, lambda before, _: before + "x", lambda before, _: " " + before]
        case _:
            return [*others, lambda _, rng: rng.choice(("other", "unknown", "nonsense", "TRUE", "0"))]


def _digit(before: str, rng: random.Random) -> str:
    places = [place for place, mark in enumerate(before) if mark.isdigit()]
    if not places:
        return "7"
    place = rng.choice(places)
    return before[:place] + rng.choice("0123456789") + before[place + 1 :]


def _sign(before: str, _: random.Random) -> str:
    return before.removeprefix("-") if before.startswith("-") else f"-{before or 1}"


def _hundredfold(before: str, rng: random.Random) -> str:
    try:
        amount = float(before or 1)
    except ValueError:
        return "1"
    return f"{amount * 100:.2f}" if rng.random() < 0.5 else f"{amount / 100:.2f}"


def _year(before: str, rng: random.Random) -> str:
    return f"{rng.choice((1900, 2019, 2023, 2025, 2042, 2099))}{before[4:] or '-01-01'}"


def _about(export: SmallExport, table: str, row: Mapping[str, str]) -> frozenset[str]:
    """Ids of the row, of the settlement that it names, and of the settlements with the item that it is about."""
    ids = {cell for name, cell in row.items() if cell and column_of(table, name).kind is Kind.ID}
    settlements = {row[_SETTLEMENT]} if row.get(_SETTLEMENT) else set()
    lines = export.tables.get("charge_lines")
    if table == "item_reference" and lines is not None:
        settlements |= set(lines.filter(pl.col(_ITEM) == row[_ITEM])[_SETTLEMENT])
    if table != "settlements" and settlements:
        own = export.tables["settlements"].filter(pl.col(_SETTLEMENT).is_in(list(settlements)))
        for name in ("person_id", "provider_id", "mutual_aid_payer_id"):
            ids |= set(own[name])
    return frozenset({each.strip() for each in ids | settlements} - {""})
