"""Every table of the contract is a property of the accepted tables, and no other name is."""

from __future__ import annotations

import operator

import polars as pl
import pytest
from support.world import World

from features.contract import TABLES
from features.table_access import TableAccess
from features.tables import Tables, stored_schema


def _properties() -> list[str]:
    return [name for name, member in vars(TableAccess).items() if isinstance(member, property)]


def test_there_is_one_property_for_each_table() -> None:
    assert _properties() == list(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_a_property_gives_the_table_with_every_stored_column(table: str) -> None:
    tables = World.from_rows(
        settlements="settlement | person | settled_at\ns1 | li | 2024-03-01 10:00"
    ).tables()
    native: pl.LazyFrame = getattr(tables, table).to_native()
    assert set(stored_schema(TABLES[table])) <= set(native.collect_schema().names())


def test_another_name_is_an_error() -> None:
    with pytest.raises(AttributeError):
        operator.attrgetter("settlments")(Tables({}, {}))
