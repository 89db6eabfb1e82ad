"""Damages of a whole table, column or file, of the kinds that real exports have, each chosen by a seed."""

from __future__ import annotations

import random
from collections.abc import Mapping

import polars as pl
from support.damages import files
from support.damages.damage import BY_ITSELF, Draw, Structural, any_table
from support.damages.export import SmallExport, column_of

from features.contract import Kind

_MONEY = (Kind.MONEY, Kind.PRICE)
_DAYS = (Kind.DATE, Kind.TIME, Kind.MONTH)
_TEXTS = (Kind.ID, Kind.CODE, Kind.TEXT)
EVENTS = ("settlements", "account_entries", "contributions")
"""Tables of events, whose days can be compared with those of others."""
REFERENCES = (
    "persons",
    "enrolments",
    "providers",
    "provider_status",
    "item_reference",
    "family_authorizations",
)
"""Tables that others refer to."""
_INTERVALS: Mapping[str, tuple[str, str]] = {
    "enrolments": ("start_date", "end_date"),
    "providers": ("agreement_start", "agreement_end"),
    "family_authorizations": ("valid_from", "valid_to"),
}


def sampled(export: SmallExport, rng: random.Random, number: int) -> Structural:
    """A damage: its kind by number in turn, everything else from the random numbers."""
    return KINDS[number % len(KINDS)](export, rng)


def _rewritten(kind: str, export: SmallExport, table: str, rows: pl.DataFrame, *columns: str) -> Structural:
    return Structural(kind, table, columns, export.replacing(table, rows).write)


def _dropped_table(export: SmallExport, rng: random.Random) -> Structural:
    table = any_table(export, rng)
    return Structural("dropped table", table, (), export.without(table).write)


def _empty_table(export: SmallExport, rng: random.Random) -> Structural:
    table = any_table(export, rng)
    return _rewritten("empty table", export, table, export.tables[table].head(0))


def _missing_column(export: SmallExport, rng: random.Random) -> Structural:
    table, column = rng.choice(
        [(name, each) for name, rows in export.tables.items() for each in rows.columns]
    )
    return _rewritten("missing column", export, table, export.tables[table].drop(column), column)


def _misspelt_column(export: SmallExport, rng: random.Random) -> Structural:
    table, column = rng.choice(
        [(name, each) for name, rows in export.tables.items() for each in rows.columns]
    )
    rows = export.tables[table].rename({column: column.replace("_", "", 1) + "x"})
    return _rewritten("misspelt column", export, table, rows, column)


def _swapped_columns(export: SmallExport, rng: random.Random) -> Structural:
    """Two columns of different types under each other's name."""
    groups = ((*_MONEY, Kind.QUANTITY, Kind.INTEGER), _DAYS, _TEXTS)
    first, second = rng.sample(groups, 2)
    pairs = [
        (table, left, right)
        for table, left in export.filled(first)
        for other, right in export.filled(second)
        if other == table and column_of(table, right).kind is not Kind.TEXT
    ]
    table, left, right = rng.choice(pairs)
    rows = export.tables[table].rename({left: right, right: left})
    return _rewritten("swapped columns", export, table, rows, left, right)


def _other_unit(export: SmallExport, rng: random.Random) -> Structural:
    """The amounts of a column a hundred times as large, or as small."""
    table, column = rng.choice([each for each in export.filled(_MONEY) if _has_amounts(export, *each)])
    up = rng.random() < 0.5
    amount = pl.col(column).cast(pl.Decimal(20, 4), strict=False)
    changed = (amount * 100).cast(pl.Decimal(20, 2)) if up else (amount / 100).cast(pl.Decimal(20, 2))
    rows = export.tables[table].with_columns(changed.cast(pl.String).fill_null("").alias(column))
    return _rewritten(f"amounts {'times' if up else 'divided by'} 100", export, table, rows, column)


def _blank_key(export: SmallExport, rng: random.Random) -> Structural:
    table, column = rng.choice(export.filled((Kind.ID,)))
    rows = export.tables[table].with_columns(pl.lit("").alias(column))
    return _rewritten("blank key column", export, table, rows, column)


def _keys_differ(export: SmallExport, rng: random.Random) -> Structural:
    """Keys that refer to another table, written otherwise than there."""
    table, column = rng.choice(
        [(name, each) for name, each in export.filled((Kind.ID,)) if column_of(name, each).refers]
    )
    written = pl.when(pl.col(column) != "").then("0" + pl.col(column)).otherwise(pl.lit(""))
    rows = export.tables[table].with_columns(written.alias(column))
    return _rewritten("keys written otherwise", export, table, rows, column)


def _ends_before_start(export: SmallExport, rng: random.Random) -> Structural:
    table = rng.choice([name for name in _INTERVALS if name in export.tables])
    start, end = _INTERVALS[table]
    rows = export.tables[table]
    first = pl.col(start).str.replace("^20", "19")
    hit = pl.int_range(pl.len()).shuffle(rng.randrange(10**6)) < max(rows.height // 10, 1)
    rows = rows.with_columns(pl.when(hit).then(first).otherwise(end).alias(end))
    return _rewritten("ends before starts", export, table, rows, end)


def _shifted_table(export: SmallExport, rng: random.Random) -> Structural:
    """Every day of a table of events a month later, or earlier."""
    table, months = rng.choice(EVENTS), rng.choice((-1, 1))
    return _shifted(
        f"table {'later' if months > 0 else 'earlier'} by a month", export, table, months, pl.lit(value=True)
    )


def _shifted_month(export: SmallExport, rng: random.Random) -> Structural:
    """The rows of one month under the next."""
    table = rng.choice(EVENTS)
    month = rng.choice(sorted(export.tables[table][_day_of(table)].str.slice(0, 7).unique())[1:-1])
    hit = pl.col(_day_of(table)).str.slice(0, 7) == month
    return _shifted("a month under the next", export, table, 1, hit)


def _lost_month(export: SmallExport, rng: random.Random) -> Structural:
    table = rng.choice(EVENTS)
    month = rng.choice(sorted(export.tables[table][_day_of(table)].str.slice(0, 7).unique())[1:-1])
    rows = export.tables[table].filter(pl.col(_day_of(table)).str.slice(0, 7) != month)
    return _rewritten("a month lost", export, table, rows)


def _truncated_reference(export: SmallExport, rng: random.Random) -> Structural:
    table = rng.choice([name for name in REFERENCES if name in export.tables])
    rows = export.tables[table]
    return _rewritten(
        "truncated reference", export, table, rows.head(int(rows.height * rng.uniform(0.3, 0.8)))
    )


def _lost_rows(share: float) -> Draw:
    def draw(export: SmallExport, rng: random.Random) -> Structural:
        table = rng.choice(
            [name for name, rows in export.tables.items() if name not in BY_ITSELF and rows.height >= 10]
        )
        rows = export.tables[table].sample(fraction=1 - share, seed=rng.randrange(10**6))
        return _rewritten(f"{share:.0%} of the rows lost", export, table, rows)

    return draw


def _shifted(kind: str, export: SmallExport, table: str, months: int, hit: pl.Expr) -> Structural:
    rows = export.tables[table]
    days = [name for name in rows.columns if column_of(table, name).kind in _DAYS]
    moved = [
        pl.when(hit & (pl.col(name) != "")).then(_moved(name, table, months)).otherwise(name).alias(name)
        for name in days
    ]
    return _rewritten(kind, export, table, rows.with_columns(moved), *days)


def _has_amounts(export: SmallExport, table: str, column: str) -> bool:
    """Whether another unit makes a difference: at a twentieth of the rows there is an amount."""
    amounts = export.tables[table][column].cast(pl.Float64, strict=False).abs()
    return int((amounts >= 1).sum()) * 20 >= amounts.len()


def _moved(name: str, table: str, months: int) -> pl.Expr:
    kind = column_of(table, name).kind
    form = {Kind.TIME: "%Y-%m-%d %H:%M:%S", Kind.DATE: "%Y-%m-%d", Kind.MONTH: "%Y-%m-%d"}[kind]
    cell = pl.col(name) + "-01" if kind is Kind.MONTH else pl.col(name)
    moved = cell.str.to_datetime(form, strict=False).dt.offset_by(f"{months}mo").dt.strftime(form)
    return moved.str.slice(0, 7) if kind is Kind.MONTH else moved


def _day_of(table: str) -> str:
    return {"settlements": "settled_at", "account_entries": "posted_at", "contributions": "accrual_month"}[
        table
    ]


KINDS: tuple[Draw, ...] = (
    files.stray_quote,
    files.cut_file,
    _dropped_table,
    _swapped_columns,
    _missing_column,
    _other_unit,
    _blank_key,
    _shifted_table,
    _truncated_reference,
    _lost_rows(0.5),
    files.sixteen_bits,
    files.mixed_encoding,
    files.separator,
    files.sheets,
    _lost_rows(0.1),
    _ends_before_start,
    _shifted_month,
    _lost_month,
    _keys_differ,
    _empty_table,
    _misspelt_column,
    files.no_header,
    files.title,
    _other_unit,
    _swapped_columns,
)
"""Kinds, in turn."""
