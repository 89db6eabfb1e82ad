"""Which cells a message about a pack repeats: amounts and counts, and nothing about a person."""

from __future__ import annotations

import pytest

from detection.language.sentences import in_language
from detection.pack.comparing import differences
from detection.pack.contents import LAW_COLUMNS, MONEY_COLUMNS, ROW_COLUMNS
from detection.pack.layout import LAW, MONEY, ROWS, SUMS
from detection.pack.sums import SUM_COLUMNS
from detection.pack.tables import csv_bytes

TABLES = {ROWS: ROW_COLUMNS, MONEY: MONEY_COLUMNS, LAW: LAW_COLUMNS, SUMS: SUM_COLUMNS}
AMOUNTS = {"row", "sum", "pool_fen", "account_fen", "paid_pool_fen", "paid_account_fen", "fen"}
CELLS = [(path, column) for path, columns in TABLES.items() for column in columns]


def difference(path: str, column: str, there: str, wanted: str) -> str:
    """What is said where a cell of a table differs."""
    columns = TABLES[path]
    tables = [
        csv_bytes(columns, [[cell if each == column else "same" for each in columns]])
        for cell in (there, wanted)
    ]
    [message] = differences({path: tables[0]}, {path: tables[1]})
    return str(message)


@pytest.mark.parametrize(("path", "column"), CELLS)
def test_values_of_money_and_counts_alone_are_printed(path: str, column: str) -> None:
    message = difference(path, column, "111", "222")
    if column in AMOUNTS:
        assert message == f"{path}, row 1, {column}: 111 instead of 222."
    else:
        assert message == f"{path}, row 1, {column} differs."


@pytest.mark.parametrize("cell", ["anna", "2024-03-01", "11010519491231002X", "110105194912310021"])
def test_a_cell_of_money_that_holds_no_amount_is_not_printed(cell: str) -> None:
    assert difference(ROWS, "pool_fen", cell, "222") == "rows.csv, row 1, pool_fen differs."


def test_a_heading_that_the_pack_alone_has_is_not_printed() -> None:
    pack = csv_bytes(("row", "anna"), [(1, "x")])
    assert list(map(str, differences({ROWS: pack}, {ROWS: csv_bytes(("row",), [(1,)])}))) == [
        "rows.csv differs."
    ]


def test_an_empty_cell_is_a_dash_and_the_rest_is_in_chinese() -> None:
    assert difference(ROWS, "pool_fen", "", "222").endswith("– instead of 222.")
    [message] = differences(
        {ROWS: csv_bytes(("person",), [("a",)])}, {ROWS: csv_bytes(("person",), [("b",)])}
    )
    assert in_language(message, "zh") == "rows.csv 第 1 行 person 不同。"
