"""Join rates: how many keys and rows of one table occur in another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from features.contract import TABLES
from features.tables import Tables

_FURTHER = (
    ("settlements", "person_id", "enrolments.person_id"),
    ("settlements", "settlement_id", "charge_lines.settlement_id"),
    ("settlements", "provider_id", "provider_status.provider_id"),
    ("settlements", "mutual_aid_payer_id", "family_authorizations.payer_id"),
    ("account_entries", "account_id", "enrolments.person_id"),
    ("contributions", "person_id", "account_entries.account_id"),
    ("charge_lines", "item_code", "item_reference.item_code"),
)
"""Joins that detectors use beyond the references of the contract."""


@dataclass(frozen=True)
class JoinRate:
    """How far one column finds its rows in another table.

    Attributes:
        column, target: ``table.column`` of both sides.
        keys, rows: distinct values, and rows with a value.
        matched_keys, matched_rows: those with a row in the other table.
    """

    column: str
    target: str
    keys: int
    rows: int
    matched_keys: int
    matched_rows: int

    @property
    def share(self) -> float:
        """Share of the keys that match; 1 where there are none."""
        return self.matched_keys / self.keys if self.keys else 1.0

    @property
    def whole(self) -> bool:
        """Whether there are keys, and all of them match."""
        return bool(self.keys) and self.matched_keys == self.keys


def join_rates(tables: Tables) -> list[JoinRate]:
    """The rate of every join whose two columns the data have, in the contract's order; whole tables are read."""
    return [
        _rate(tables, table, column, target)
        for table, column, target in _joins()
        if tables.has(table, column) and tables.has(*target.split("."))
    ]


def _joins() -> Iterator[tuple[str, str, str]]:
    for name, table in TABLES.items():
        yield from (
            (name, column, contract.refers) for column, contract in table.columns.items() if contract.refers
        )
        yield from (join for join in _FURTHER if join[0] == name)


def _rate(tables: Tables, table: str, column: str, target: str) -> JoinRate:
    other, key = target.split(".")
    values: pl.LazyFrame = tables.frame(table).select(key=column).to_native()
    known: pl.LazyFrame = tables.frame(other).select(key=key).to_native()
    counted = values.drop_nulls().group_by("key").agg(rows=pl.len().cast(pl.Int64))
    joined = counted.join(
        known.drop_nulls().unique().with_columns(matched=pl.lit(True)), on="key", how="left"
    ).with_columns(pl.col("matched").fill_null(False))
    figures = joined.select(
        keys=pl.len().cast(pl.Int64),
        rows=pl.col("rows").sum(),
        matched_keys=pl.col("matched").cast(pl.Int64).sum(),
        matched_rows=pl.col("rows").filter("matched").sum(),
    ).collect(engine="streaming")
    keys, rows, matched_keys, matched_rows = figures.row(0)
    return JoinRate(f"{table}.{column}", target, keys, rows or 0, matched_keys or 0, matched_rows or 0)
