"""Planted account errors are what their scene says, and their twins are lawful, as the written tables show."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

import polars as pl

from data_samples.magnitudes import area_magnitudes, magnitudes

col = pl.col
HERE = area_magnitudes(magnitudes(), "320600")
LISTED = {"resident", "supplementary", "long_term_care", "government_commercial"}
PERMITTED = {"spouse", "parent", "child"}


def entities_by_instance(
    city: Any, typology: str, kind: str, *, lookalike: bool = False
) -> dict[str, set[str]]:
    """Entities of a kind by instance."""
    named = city.truth.filter(
        (col("typology") == typology)
        & (col("entity_kind") == kind)
        & (col("instance_id").str.starts_with("benign-") == lookalike)
    )
    grouped: dict[str, set[str]] = defaultdict(set)
    for instance, entity in named.select("instance_id", "entity_id").iter_rows():
        grouped[instance].add(entity)
    return grouped


def credits_of(city: Any, person: str) -> dict[str, list[tuple[Decimal, dt.date]]]:
    """Amounts and days of the monthly credits, by accrual month."""
    mine = city.account_entries.filter(
        (col("account_id") == person) & (col("entry_kind") == "monthly_credit")
    )
    grouped: dict[str, list[tuple[Decimal, dt.date]]] = defaultdict(list)
    for month, amount, at in mine.select("accrual_month", "amount", "posted_at").iter_rows():
        grouped[month].append((amount, at.date()))
    return grouped


def what_is_wrong(city: Any, person: str) -> set[str]:
    """Names of what is wrong with a person's credits, from the first month of mutual aid on."""
    wrong = set()
    start, uniform_from = HERE["policy_start"], HERE["retired_uniform_from"]
    uniform = Decimal(str(HERE["retired_credit"]))
    paid = {
        row["accrual_month"]: row
        for row in city.contributions.filter(col("person_id") == person).iter_rows(named=True)
    }
    spans = city.enrolments.filter(
        (col("person_id") == person) & (col("scheme") == "employee") & (col("status") == "active")
    )
    legacy: set[Decimal] = set()
    credited = credits_of(city, person)
    first = city.account_entries["posted_at"].min().date()
    months = sorted(
        {f"{day:%Y-%m}" for day in pl.date_range(max(start, first), dt.date(2024, 6, 1), "1mo", eager=True)}
    )
    for month in months:
        day = dt.date.fromisoformat(f"{month}-08")
        there = spans.filter(col("start_date").le(day) & col("end_date").fill_null(dt.date.max).ge(day))
        amounts = [amount for amount, _ in credited.get(month, [])]
        if len(amounts) > 1:
            wrong.add("twice")
        if not amounts:
            wrong |= {"missing"} if there.height else set()
            continue
        if month in paid:
            base, row = paid[month]["contribution_base"], paid[month]
            wrong |= {"rate"} if abs(amounts[0] - base * Decimal("0.02")) > Decimal("0.01") else set()
            wrong |= {"employer"} if row["employer_into_account"] else set()
        elif day >= uniform_from:
            wrong |= {"uniform"} if amounts[0] != uniform else set()
        else:
            legacy.add(amounts[0])
    return wrong | ({"changed"} if len(legacy) > 1 else set())


def test_every_cause_of_a_wrong_credit_is_planted(city: Any) -> None:
    instances = entities_by_instance(city, "credit_rule_violation", "person")
    assert len(instances) >= 8
    causes: Counter[str] = Counter()
    for people in instances.values():
        wrong = [what_is_wrong(city, person) for person in people]
        assert all(wrong)
        causes.update(set().union(*wrong))
        if any("employer" in item for item in wrong):
            assert len(people) > 1
            employers = city.enrolments.filter(col("person_id").is_in(sorted(people)))["employer_id"]
            assert employers.n_unique() == 1
    assert set(causes) == {"rate", "twice", "missing", "employer", "uniform", "changed"}


def test_all_other_people_are_credited_by_the_rule(city: Any) -> None:
    planted = set().union(*entities_by_instance(city, "credit_rule_violation", "person").values())
    dead = city.persons.filter(col("death_date").is_not_null())["person_id"]
    entries = city.account_entries.filter(~col("account_id").is_in(dead.implode()))
    owners = entries["account_id"].unique().sort().sample(150, seed=1).to_list()
    alike = set().union(
        *entities_by_instance(city, "credit_rule_violation", "person", lookalike=True).values()
    )
    for person in [*owners, *sorted(alike)]:
        assert person in planted or not what_is_wrong(city, person)


def test_lawful_credits_start_change_stop_or_come_late(town: Any) -> None:
    people = set().union(
        *entities_by_instance(town, "credit_rule_violation", "person", lookalike=True).values()
    )
    spans = town.enrolments.filter(col("person_id").is_in(sorted(people)))
    retired = spans.group_by("person_id").agg(col("person_category").n_unique())
    assert (retired["person_category"] == 2).any()
    assert (spans["status"] == "suspended").any()
    first = town.account_entries["posted_at"].min().date()
    assert (
        spans.group_by("person_id").agg(col("start_date").min()).filter(col("start_date") > first).height > 0
    )
    credited = town.account_entries.filter(
        col("account_id").is_in(sorted(people)) & (col("entry_kind") == "monthly_credit")
    )
    assert credited.select("account_id", "accrual_month").is_unique().all()
    late = credited.filter(col("posted_at").dt.strftime("%Y-%m") > col("accrual_month"))
    assert late.height > 0


def breaks(city: Any, account: str) -> set[str]:
    """What does not add up in an account's book."""
    entries = city.account_entries.filter(col("account_id") == account).sort("posted_at", "entry_id")
    wrong: set[str] = set()
    before = None
    for amount, after in entries.select("amount", "balance_after").iter_rows():
        wrong |= {"jump"} if before is not None and before + amount != after else set()
        wrong |= {"negative"} if after < 0 else set()
        before = after
    mine = city.settlements.filter((col("person_id") == account) & (col("account_paid") != 0))
    posted = dict(entries.drop_nulls("settlement_id").select("settlement_id", "amount").iter_rows())
    for key, paid in mine.select("settlement_id", "account_paid").iter_rows():
        if key not in posted:
            wrong.add("unposted")
        elif posted[key] != -paid:
            wrong.add("another amount")
    return wrong


def test_every_cause_of_a_broken_ledger_is_planted(city: Any) -> None:
    instances = entities_by_instance(city, "ledger_break", "person")
    assert len(instances) >= 4
    wrong = [breaks(city, account) for accounts in instances.values() for account in accounts]
    assert all(wrong)
    assert set().union(*wrong) == {"jump", "negative", "unposted", "another amount"}


def test_unusual_entries_add_up(town: Any) -> None:
    accounts = set().union(*entities_by_instance(town, "ledger_break", "person", lookalike=True).values())
    for account in sorted(accounts):
        assert not breaks(town, account)
    entries = town.account_entries.filter(col("account_id").is_in(sorted(accounts)))
    assert {"refund", "interest", "adjustment", "transfer_out"} <= set(entries["entry_kind"])
    refunded = town.settled("ledger_break", lookalike=True).join(
        town.settlements.select("reverses_settlement_id", back="settled_at"),
        left_on="settlement_id",
        right_on="reverses_settlement_id",
    )
    assert refunded.height > 0
    assert (refunded["back"].dt.strftime("%Y-%m") > refunded["settled_at"].dt.strftime("%Y-%m")).all()


def unlawful_premiums(city: Any, people: set[str]) -> pl.DataFrame:
    """Premiums of these accounts for a product that is not listed, or for a relative not provided for."""
    paid = city.account_entries.filter(
        (col("entry_kind") == "premium") & col("account_id").is_in(sorted(people))
    )
    relations: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in city.family_authorizations.iter_rows(named=True):
        relations[row["payer_id"], row["beneficiary_id"]].add(row["relation"])
    wrong = [
        row["premium_kind"] not in LISTED
        or (
            row["premium_kind"] == "resident"
            and not relations[row["account_id"], row["beneficiary_id"]] & PERMITTED
        )
        for row in paid.iter_rows(named=True)
    ]
    unlawful: pl.DataFrame = paid.filter(pl.Series(wrong, dtype=pl.Boolean))
    return unlawful


def test_accounts_pay_for_wellness_goods_and_unlisted_insurance(city: Any) -> None:
    goods = city.settled("prohibited_account_use")
    kinds = goods.join(city.charge_lines, on="settlement_id")
    assert goods.height > 0
    assert (kinds["item_kind"] == "wellness").all()
    assert (goods["account_paid"] == goods["total_amount"]).all()
    bought = set(goods["instance_id"])
    instances = entities_by_instance(city, "prohibited_account_use", "person")
    payers = {person for name, people in instances.items() if name not in bought for person in people}
    wrong = unlawful_premiums(city, payers)
    assert set(wrong["account_id"]) == payers != set()
    assert wrong["premium_kind"].n_unique() == 2
    others = set(city.account_entries["account_id"]) - payers
    assert unlawful_premiums(city, others).is_empty()


def test_accounts_may_pay_for_devices_consumables_and_listed_premiums(town: Any) -> None:
    goods = town.settled("prohibited_account_use", lookalike=True)
    kinds = goods.join(town.charge_lines, on="settlement_id")["item_kind"]
    assert set(kinds) == {"device", "consumable"}
    instances = entities_by_instance(town, "prohibited_account_use", "person", lookalike=True)
    payers = {person for people in instances.values() for person in people}
    premiums = town.account_entries.filter(
        (col("entry_kind") == "premium") & col("account_id").is_in(sorted(payers))
    )
    assert {"resident"} < set(premiums["premium_kind"])
    assert unlawful_premiums(town, payers).is_empty()
    insured = premiums.filter(col("premium_kind") == "resident").join(
        town.enrolments, left_on="beneficiary_id", right_on="person_id"
    )
    assert (insured["scheme"] == "resident").all()


def test_accounts_are_emptied_at_one_counter_in_like_amounts(town: Any) -> None:
    rows = town.settled("account_cash_out")
    paid = col("account_paid") + col("mutual_aid_paid")
    assert rows.filter(paid != col("total_amount")).is_empty()
    assert (rows.group_by("instance_id").agg(col("operator_id").n_unique())["operator_id"] == 1).all()
    ways = rows.group_by("instance_id").agg(
        aided=col("mutual_aid_payer_id").is_not_null().any(),
        days=col("service_date").max() - col("service_date").min(),
    )
    assert ways.filter(col("aided")).height > 0
    assert ways.filter(~col("aided") & (col("days") > dt.timedelta(days=60))).height > 0
    strong = town.settled("account_cash_out", strength=2).select("settlement_id")
    days = ways.filter(~col("aided") & (col("days") < dt.timedelta(days=7)))
    savings = rows.join(days, on="instance_id").join(strong, on="settlement_id", how="semi")
    assert savings.height > 0
    assert (savings["total_amount"].cast(float) % 100 == 0).all()
    rest = savings.sort("settled_at").group_by("person_id", maintain_order=True).last()
    assert (rest["account_balance_after"].cast(float).median()) < 500
