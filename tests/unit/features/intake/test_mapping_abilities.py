"""Mapping files beyond names and codes: parts, selected rows, cases, terms that may be missing."""

from __future__ import annotations

import pytest
from support.exports import Export

from features.errors import MappingError

LEDGER = """
    no | owner | day                 | way | amount | balance
    a  | 001   | 2024-01-08 02:00:00 | in  | 90.00  | 190.00
    b  | 001   | 2024-03-01 10:00:00 | out | 40.00  | 150.00
    c  | 002   | 2024-03-02 11:30:00 | odd | 1.00   | 9.00
"""
PARTS = """
[tables.account_entries.columns]
entry_id = "no"
account_id = "owner"
posted_at = "day"
balance_after = "balance"

[tables.account_entries.parts.credits]
file = "ledger"
only = { way = ["in"] }
columns = { amount = "amount", entry_kind = { constant = "monthly_credit" }, accrual_month = { constant = "2024-01" } }

[tables.account_entries.parts.debits]
file = "ledger"
only = { way = ["o*"] }
exclude = [{ column = "way", values = ["odd"] }]
columns = { amount = { sum = ["-amount"] }, entry_kind = { constant = "settlement" } }
"""


def test_parts_of_a_file_make_a_table_and_the_counts_add_up(export: Export) -> None:
    export.write_table("ledger", LEDGER)
    ingested = export.ingest(PARTS)
    assert ingested.rows("account_entries")["read"] == 3
    assert ingested.rows("account_entries")["excluded"] == 1
    assert ingested.column("account_entries.amount") == [90_00, -40_00]
    assert ingested.column("account_entries.accrual_month") == ["2024-01", None]
    assert ingested.column("account_entries.source_row") == [1, 2]
    assert ingested.manifest.tables["account_entries"].money["amount"].model_dump() == {
        "read": 49_00,
        "accepted": 50_00,
        "quarantined": 0,
        "excluded": -1_00,
        "unreadable_cells": 0,
    }


def test_a_missing_file_of_a_part_is_a_mapping_error(export: Export) -> None:
    export.write_table("ledger", LEDGER)
    with pytest.raises(MappingError, match=r"nothing: no nothing\.csv"):
        export.ingest(PARTS.replace('file = "ledger"', 'file = "nothing"', 1))


@pytest.mark.parametrize(
    ("terms", "cells", "total"),
    [
        ('["cash", "aid?"]', ("5.00", ""), 5_00),
        ('["cash", "-aid?"]', ("5.00", "2.00"), 3_00),
        ('["cash?", "aid?"]', ("", ""), None),
        ('["cash", "aid?"]', ("", "2.00"), None),
        ('["cash?", "aid?"]', ("x", "2.00"), None),
    ],
)
def test_a_term_that_may_be_empty(
    terms: str, cells: tuple[str, str], total: int | None, export: Export
) -> None:
    export.change("settlements", 1, cash=cells[0], aid=cells[1])
    ingested = export.ingest(f"[tables.settlements.columns]\ncash_paid = {{ sum = {terms} }}")
    assert ingested.column("settlements.cash_paid")[0] == total


def test_the_first_case_that_holds_wins(export: Export) -> None:
    export.change("settlements", 1, kind="A1", flag="1")
    export.change("settlements", 2, kind="A2", flag="")
    ingested = export.ingest(
        """
        [tables.settlements.columns.care_type]
        cases = [
            { when = { kind = ["A*"], flag = ["1", "2"] }, value = "emergency" },
            { when = { kind = ["A*"], flag = [""] }, value = "inpatient" },
            { when = { kind = ["*"] }, value = "other" },
        ]
        """
    )
    assert ingested.column("settlements.care_type") == ["emergency", "inpatient"]


def test_expressions_are_replaced_in_order(export: Export) -> None:
    replaced = '{ from = "provider_id", replace = [["^p", "q"], ["q", "r"]] }'
    mapping = f"[tables.settlements.columns]\nprovider_id = {replaced}"
    assert export.ingest(mapping).column("settlements.provider_id") == ["r1", "r1"]


def test_a_column_that_is_used_in_some_rows_only(export: Export) -> None:
    ingested = export.ingest(
        '[tables.settlements.columns]\noperator_id = { from = "person_id", only_when = { settlement_id = ["s2"] } }'
    )
    assert ingested.column("settlements.operator_id") == [None, "002"]


def test_names_are_compared_loosely_only_on_request(export: Export) -> None:
    export.change("settlements", 1, cashPaid="1.00")
    assert not export.ingest().tables.has("settlements", "cash_paid")
    assert export.ingest("loose_names = true").column("settlements.cash_paid") == [1_00, None]


def test_aliases_are_tried_in_order(export: Export) -> None:
    export.change("settlements", 1, cash_b="1.00", cash_c="2.00")
    mapping = '[aliases]\ncash_a = ["cash_b", "cash_c"]\n[tables.settlements.columns]\ncash_paid = "cash_a"'
    assert export.ingest(mapping).column("settlements.cash_paid") == [1_00, None]


def test_optional_columns_and_tables_may_be_missing(export: Export) -> None:
    mapping = """
    optional = true
    [tables.settlements.columns]
    cash_paid = "nowhere"
    other_fund_paid = { sum = ["nowhere?", "neither?"] }
    [tables.contributions]
    file = "nowhere"
    """
    tables = export.ingest(mapping).tables
    assert not tables.has("settlements", "cash_paid") and not tables.has("settlements", "other_fund_paid")
    assert not tables.has("contributions")


WRONG = """
[codes.kinds]
source = "here"
[tables.persons]
link_reversals = true
[tables.persons.columns]
sex = { from = "s", codes = "sexes" }
birth_date = { from = "b", not_before = "sex" }
[tables.settlements]
exclude = [{ column = "a" }]
only = { a = "b" }
[tables.settlements.columns]
care_type = { from = "a", lengths = [2], values = { 1 = "other" } }
scheme = { cases = [{ when = { a = ["1"] }, value = "rural" }] }
cash_paid = { from = "a", day_from = ["b"] }
operator_id = { from = "a", replace = [["(", ""]] }
[tables.account_entries]
file = "ledger"
parts = {}
"""


def test_all_errors_are_listed_at_once(export: Export) -> None:
    with pytest.raises(MappingError) as caught:
        export.ingest(WRONG)
    listed = "\n".join(caught.value.problems)
    for part in (
        "codes.kinds",
        "link_reversals",
        "no code list sexes",
        "birth_date: not_before",
        "exclude needs exactly one of values, other_than, differs_from",
        "only: a must be a list",
        "care_type: lengths",
        "scheme: rural is none of",
        "cash_paid: only a time",
        "operator_id: ( is not a regular expression",
        "account_entries: file belongs to each part",
        "parts must name at least one part",
    ):
        assert part in listed, part
