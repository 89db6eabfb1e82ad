"""Every amount of the simulated city adds up to the fen."""

from __future__ import annotations

from typing import Any

import polars as pl

col = pl.col


def test_a_settlement_is_the_sum_of_its_scopes_and_of_its_payers(city: Any) -> None:
    # A provider that sends amounts that do not add up is planted.
    rows = city.settlements.filter(~col("settlement_id").is_in(city.named_by("data_transmission_defect")))
    scopes = ("fully_self_paid", "over_limit_self_paid", "pre_self_paid", "in_scope_amount")
    payers = (
        "pool_paid",
        "other_fund_paid",
        "account_paid",
        "mutual_aid_paid",
        "cash_paid",
        "provider_borne",
    )
    assert rows.filter(pl.sum_horizontal(scopes) != col("total_amount")).is_empty()
    assert rows.filter(pl.sum_horizontal(payers) != col("total_amount")).is_empty()
    assert rows.filter((col("mutual_aid_paid") != 0) != col("mutual_aid_payer_id").is_not_null()).is_empty()


def test_only_reversals_have_negative_amounts_and_each_mirrors_its_settlement(city: Any) -> None:
    rows = city.settlements
    money = [name for name, kind in rows.schema.items() if kind.is_decimal()]
    forward = rows.filter(col("reverses_settlement_id").is_null())
    assert forward.filter(pl.any_horizontal(col(*money) < 0)).is_empty()
    back = rows.filter(col("reverses_settlement_id").is_not_null())
    both = back.join(forward, left_on="reverses_settlement_id", right_on="settlement_id", suffix="_before")
    assert both.height == back.height > 0
    assert both.filter(col("settled_at") <= col("settled_at_before")).is_empty()
    mirrored = [name for name in money if name != "account_balance_after"]
    assert both.filter(pl.any_horizontal([col(n) != -col(f"{n}_before") for n in mirrored])).is_empty()


def test_charge_lines_add_up_to_their_settlement(city: Any) -> None:
    lines = city.charge_lines.group_by("settlement_id").agg(
        amount=col("amount").sum(), scope=col("in_scope_amount").sum(), count=pl.len()
    )
    rows = city.settlements.filter(~col("settlement_id").is_in(city.named_by("data_transmission_defect")))
    both = rows.join(lines, on="settlement_id", how="left")
    assert both.filter(
        ~((col("amount") == col("total_amount")) & (col("scope") == col("in_scope_amount")))
    ).is_empty()
    assert both["count"].is_between(1, 3).all()


def test_every_account_is_an_unbroken_chain_that_never_falls_below_nothing(city: Any) -> None:
    entries = city.account_entries.filter(~col("account_id").is_in(city.named_by("ledger_break")))
    entries = entries.sort("account_id", "posted_at", "entry_id")
    previous = col("balance_after").shift(1).over("account_id")
    assert entries.filter(previous + col("amount") != col("balance_after")).is_empty()
    assert (entries["balance_after"] >= 0).all()


def test_the_ledger_pays_what_settlements_say_from_the_account_that_they_name(city: Any) -> None:
    rows = city.settlements.select(
        "settlement_id",
        "person_id",
        amount=-(col("account_paid") + col("mutual_aid_paid")),
        account_id=pl.coalesce("mutual_aid_payer_id", "person_id"),
        beneficiary_id=pl.when(col("mutual_aid_payer_id").is_not_null()).then("person_id"),
    ).filter(col("amount") != 0)
    broken = col("account_id").is_in(city.named_by("ledger_break"))
    rows = rows.filter(~broken)
    entries = city.account_entries.filter(col("settlement_id").is_not_null() & ~broken)
    keys = ["settlement_id", "account_id", "amount", "beneficiary_id"]
    assert entries.select(keys).sort("settlement_id").equals(rows.select(keys).sort("settlement_id"))


def test_the_balance_after_a_settlement_is_that_of_the_ledger(city: Any) -> None:
    own = city.account_entries.filter(col("beneficiary_id").is_null())
    both = city.settlements.join(
        own, left_on=["settlement_id", "person_id"], right_on=["settlement_id", "account_id"]
    )
    assert both.height > 0
    assert both.filter(col("account_balance_after") != col("balance_after")).is_empty()


def test_credits_come_on_one_day_of_the_month_for_that_month(city: Any) -> None:
    credited = city.account_entries.filter(
        (col("entry_kind") == "monthly_credit")
        & ~col("account_id").is_in(city.named_by("credit_rule_violation"))
    )
    assert credited["posted_at"].dt.day().unique().to_list() == [8]
    assert (credited["posted_at"].dt.strftime("%Y-%m") == credited["accrual_month"]).all()
    assert credited.select("account_id", "accrual_month").is_unique().all()
