"""Cities with scenes that hide are as the data contract says: columns, codes, keys, references, identities, ledgers."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from reference.simulated_benefits import as_paid, priced_anew

from features.contract import TABLES, Kind

pytestmark = pytest.mark.slow
col = pl.col
PARTS = ("fully_self_paid", "over_limit_self_paid", "pre_self_paid", "in_scope_amount")
PAYERS = ("pool_paid", "other_fund_paid", "account_paid", "mutual_aid_paid", "cash_paid", "provider_borne")


def written(each_city: Any) -> dict[str, pl.DataFrame]:
    tables = {name: getattr(each_city, name) for name in TABLES if list(each_city.folder.glob(f"{name}*"))}
    assert len(tables) >= 14
    return tables


def test_columns_and_codes_are_the_contracts(each_city: Any) -> None:
    for name, frame in written(each_city).items():
        table = TABLES[name]
        assert set(table.required_columns()) <= set(frame.columns) <= set(table.columns)
        for column in table.required_columns():
            assert frame[column].null_count() == 0, (name, column)
        for column in set(table.of_kind(Kind.CODE)) & set(frame.columns):
            assert set(frame[column].drop_nulls()) <= {*table.columns[column].values, "other"}, column


def test_keys_are_unique_and_references_lead_somewhere(each_city: Any) -> None:
    tables = written(each_city)
    for name, frame in tables.items():
        assert frame.select(TABLES[name].key).is_unique().all(), name
        for column, of in TABLES[name].columns.items():
            if of.refers is None or column not in frame.columns:
                continue
            target, _, key = of.refers.partition(".")
            if target in tables:
                assert set(frame[column].drop_nulls()) <= set(tables[target][key]), (name, column)


def test_settlements_and_lines_add_up_to_the_fen(each_city: Any) -> None:
    rows = each_city.settlements
    for names in (PARTS, PAYERS):
        assert rows.filter(pl.sum_horizontal(names) != col("total_amount")).is_empty()
    own = rows.filter(col("reverses_settlement_id").is_null())
    assert own.select(pl.min_horizontal(*PARTS, *PAYERS).min()).item() >= 0
    lines = each_city.charge_lines.group_by("settlement_id").agg(
        col("amount").sum(), col("in_scope_amount").sum()
    )
    both = rows.join(lines, on="settlement_id", suffix="_of_lines")
    assert both.height == rows.height
    assert both.filter(
        (col("amount") != col("total_amount")) | (col("in_scope_amount") != col("in_scope_amount_of_lines"))
    ).is_empty()


def test_a_reversal_mirrors_its_settlement_and_comes_later(each_city: Any) -> None:
    rows = each_city.settlements
    back = rows.filter(col("reverses_settlement_id").is_not_null())
    both = back.join(rows, left_on="reverses_settlement_id", right_on="settlement_id", suffix="_first")
    assert both.height == back.height > 100
    assert both.filter(
        (col("total_amount") != -col("total_amount_first"))
        | (col("pool_paid") != -col("pool_paid_first"))
        | (col("settled_at") <= col("settled_at_first"))
    ).is_empty()


def test_ledgers_add_up_but_for_planted_breaks(each_city: Any) -> None:
    entries = each_city.account_entries.sort("account_id", "posted_at", "entry_id")
    previous = col("balance_after").shift(1).over("account_id")
    off = entries.filter(previous + col("amount") != col("balance_after"))
    broken = each_city.planted.filter((col("typology") == "ledger_break") & (col("role") == "subject"))
    assert set(off["account_id"]) <= set(broken["entity_id"])
    assert (entries["balance_after"] >= 0).all()


def test_credits_are_due_but_for_planted_ones(each_city: Any) -> None:
    credited = each_city.account_entries.filter(col("entry_kind") == "monthly_credit")
    by_month = credited.group_by("account_id", "accrual_month").agg(col("amount").sum())
    due = each_city.contributions.with_columns(due=col("person_into_account") + col("employer_into_account"))
    both = by_month.join(
        due, left_on=["account_id", "accrual_month"], right_on=["person_id", "accrual_month"]
    )
    assert both.height > 5_000
    wrong = set(both.filter(col("amount") != col("due"))["account_id"])
    wrong |= set(both.filter(col("employer_into_account") > 0)["account_id"])
    named = each_city.planted.filter(
        (col("typology") == "credit_rule_violation") & (col("role") == "subject")
    )
    assert wrong <= set(named["entity_id"])
    assert wrong


def test_prices_are_right_but_for_planted_ones(each_city: Any) -> None:
    off = {
        row["settlement_id"]
        for row, expected, _ in priced_anew(each_city, each_city.area)
        if expected is not None and as_paid(row) != expected
    }
    named = each_city.planted.filter(
        (col("typology") == "benefit_recalc_mismatch") & (col("entity_kind") == "settlement")
    )
    assert off <= set(named["entity_id"])
    assert bool(off) != named.is_empty()


def test_scans_belong_to_drugs_that_were_sold_there(each_city: Any) -> None:
    scans = each_city.drug_trace_scans
    lines = each_city.charge_lines.select("settlement_id", "line_no", "item_code", "item_kind", "quantity")
    both = scans.join(lines, on=["settlement_id", "line_no", "item_code"])
    assert both.height == scans.height > 5_000
    assert set(both["item_kind"]) == {"drug"}
    packs = both.group_by("settlement_id").agg(pl.len(), col("quantity").first())
    assert packs.filter(col("len") != col("quantity")).is_empty()


def test_limits_of_items_stand_in_the_reference(each_city: Any) -> None:
    items = each_city.item_reference
    for column in ("sex_only", "age_min", "age_max", "min_interval_days"):
        assert items[column].drop_nulls().len() >= 3
