"""Ids as integers: the order of the texts, the texts again, and one code for an id in every table."""

from __future__ import annotations

from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from features.engine import collect
from features.ids.codes import CODE, IdCodes
from features.tables import Tables

SETTLEMENTS = {
    "settlement_id": ["s9", "s10", "s2"],
    "person_id": ["p2", "p10", "p2"],
    "provider_id": ["h1", None, "h1"],
    "reverses_settlement_id": [None, None, "s9"],
    "total_amount": [100, 200, -100],
}
ENTRIES = {"account_id": ["p10", "p3"], "settlement_id": ["s10", "lost"], "entry_id": ["e1", "e2"]}


@pytest.fixture
def tables() -> Tables:
    frames = {
        "settlements": nw.from_native(pl.LazyFrame(SETTLEMENTS)),
        "account_entries": nw.from_native(pl.LazyFrame(ENTRIES)),
    }
    return Tables(frames, {})


@pytest.fixture
def coded(tables: Tables, tmp_path: Path) -> Tables:
    return tables.coded(tmp_path)


def test_codes_stand_for_the_same_texts_in_every_table(tables: Tables, coded: Tables) -> None:
    for name in tables.frames:
        text, code = collect(tables.frames[name]), collect(coded.frames[name])
        ids = [column for column in text.columns if code.schema[column] == CODE]
        assert ids
        assert coded.in_text(code, *text.columns).equals(text)


def test_ids_that_are_not_coded_stay_texts(coded: Tables) -> None:
    assert collect(coded.account_entries)["entry_id"].to_list() == ENTRIES["entry_id"]


@pytest.mark.parametrize("column", ["settlement_id", "person_id"])
def test_codes_sort_as_texts_do(tables: Tables, coded: Tables, column: str) -> None:
    by_code = coded.in_text(collect(coded.settlements.select(column).sort(column)), column)
    assert by_code.equals(collect(tables.settlements.select(column).sort(column)))


def test_columns_and_tables_that_the_source_lacks_have_the_type_of_codes(coded: Tables) -> None:
    assert collect(coded.settlements)["operator_id"].dtype == CODE
    assert collect(coded.charge_lines)["settlement_id"].dtype == CODE


def test_ids_from_elsewhere_get_the_codes_of_the_data(coded: Tables) -> None:
    rows = pl.DataFrame({"settlement_id": ["s2", "a", "z", "s"], "person_id": ["p10", "p2", None, ""]})
    known = coded.in_text(coded.in_codes(rows), *rows.columns)
    assert known["settlement_id"].to_list() == ["s2", None, None, None]
    assert known["person_id"].to_list() == ["p10", "p2", None, None]


def test_no_id_is_known_where_the_data_have_none() -> None:
    rows = pl.DataFrame({"settlement_id": ["s2"], "person_id": ["p2"]})
    known = IdCodes(pl.Series([], dtype=pl.String), pl.Series([], dtype=pl.String)).in_codes(rows)
    assert known.schema == dict.fromkeys(rows.columns, CODE)
    assert known.row(0) == (None, None)


def test_texts_of_codes_as_a_further_column(tables: Tables, coded: Tables) -> None:
    for each in (tables, coded):
        named = each.with_texts(each.settlements.select("person_id", "total_amount"), name="person_id")
        rows = collect(named.select("name", "total_amount")).sort("total_amount")
        assert rows.rows() == [("p2", -100), ("p2", 100), ("p10", 200)]
