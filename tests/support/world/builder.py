"""The builder of small worlds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Self

import narwhals.stable.v2 as nw
import polars as pl
from support.world.cells import Day, Moment, Row, full_name, row_of
from support.world.defaults import DEFAULTS
from support.world.frames import frame_of
from support.world.subjects import Person, Provider, Settlement

from detection.detectors.case_tables import parse
from features.contract import TABLES, stem
from features.tables import Tables


class World:
    """Rows of the contract, being collected; `tables` gives them in the contract's form."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {}
        self._columns: dict[str, set[str]] = defaultdict(set)

    def add(self, table: str, **cells: Any) -> Row:
        """Append a row to any table; the row, with the columns that are given."""
        row = row_of(TABLES[table], cells)
        self.rows.setdefault(table, []).append(row)
        self._columns[table] |= row.keys()
        return row

    @classmethod
    def from_rows(cls, **texts: str) -> Self:
        """A world of text tables, by name of the table.

        Raises:
            CardError: a column is not one of the contract.
            ValueError: a row has more or fewer cells than the header.
        """
        world = cls()
        for table, text in texts.items():
            header = text.strip().splitlines()[0].split("|")
            world.rows[table] = []
            world._columns[table] = {full_name(TABLES[table], cell.strip()) for cell in header}
            for cells in parse(text):
                world.add(table, **cells)
        return world

    def person(self, name: str, **cells: Any) -> Person:
        """A row of persons."""
        self.add("persons", person=name, **cells)
        return Person(self, name)

    def enrolment(self, person: str, **cells: Any) -> Self:
        """An interval of enrolment."""
        self.add("enrolments", person=person, **cells)
        return self

    def provider(self, name: str, **cells: Any) -> Provider:
        """A row of providers."""
        self.add("providers", provider=name, **cells)
        return Provider(self, name)

    def settlement(self, person: str, provider: str, at: Moment, **cells: Any) -> Settlement:
        """A settlement; its id is numbered where none is given."""
        number = len(self.rows.get("settlements", [])) + 1
        named = {"settlement": f"settlements-{number}", "person": person, "provider": provider}
        return Settlement(self, self.add("settlements", settled_at=at, **{**named, **cells}))

    def authorization(self, payer: str, beneficiary: str, **cells: Any) -> Self:
        """The payer lets the beneficiary use the account."""
        self.add("family_authorizations", payer=payer, beneficiary=beneficiary, **cells)
        return self

    def entry(self, account: str, at: Moment, kind: str, amount: str | int, **cells: Any) -> Self:
        """An entry in the ledger of an account."""
        entry = {"account": account, "posted_at": at, "entry_kind": kind, "amount": amount}
        self.add("account_entries", **entry, **cells)
        return self

    def context(self, kind: str, since: Day = "2020-01-01", until: Day | None = None, **cells: Any) -> Self:
        """A registered context: of a person, at a provider, of both or of neither."""
        self.add("registered_contexts", kind=kind, **{"from": since, "to": until}, **cells)
        return self

    def tables(self, *, complete: bool = False, day_precision: Iterable[str] = ()) -> Tables:
        """The rows as tables of the contract.

        Args:
            complete: the source has every column of its tables, and not only those that rows name.
            day_precision: ``table.column`` of times that the source knows to the day only.
        """
        to_the_day = frozenset(day_precision)
        frames: dict[str, nw.LazyFrame[pl.LazyFrame]] = {}
        columns: dict[str, frozenset[str]] = {}
        for name, rows in self.rows.items():
            table = TABLES[name]
            minutes = [
                f"{stem(column)}_minute" for column in table.columns if f"{name}.{column}" in to_the_day
            ]
            frame = frame_of(table, rows).with_columns(
                pl.lit(None, dtype=pl.Int64).alias(minute) for minute in minutes
            )
            frames[name] = nw.from_native(frame.lazy())
            stated = self._columns[name] | DEFAULTS.get(name, {}).keys() | {*table.required_columns()}
            columns[name] = frozenset(table.columns if complete else stated)
        return Tables(frames, columns, to_the_day)
