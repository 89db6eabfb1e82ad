"""Without scenes every account is credited what is due, and pays only what it may."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import ROUND_DOWN, Decimal
from typing import Any

import polars as pl
from reference.simulated_benefits import SIZES

col = pl.col
FEN = Decimal("0.01")


def credited(city: Any) -> pl.DataFrame:
    rows: pl.DataFrame = city.account_entries.filter(col("entry_kind") == "monthly_credit")
    return rows


def enrolled_on_credit_day(city: Any) -> dict[tuple[str, str], str]:
    """Category by owner and month, of those who are alive, enrolled and not suspended on the credit day."""
    months = credited(city)["accrual_month"].unique().to_list()
    day_of_month = SIZES["area"][city.area]["credit_day"]
    days = {month: dt.date(int(month[:4]), int(month[5:]), day_of_month) for month in months}
    died = dict(city.persons.drop_nulls("death_date").select("person_id", "death_date").iter_rows())
    categories: dict[tuple[str, str], str] = {}
    for row in city.enrolments.filter(col("status") == "active").iter_rows(named=True):
        last = min(row["end_date"] or dt.date.max, died.get(row["person_id"], dt.date.max))
        for month, day in days.items():
            if row["start_date"] <= day <= last:
                categories[row["person_id"], month] = row["person_category"]
    return categories


def test_exactly_the_people_who_are_due_get_one_credit_a_month(clean: Any) -> None:
    paid = credited(clean).select("account_id", "accrual_month")
    assert paid.is_unique().all()
    owners = set(clean.account_entries["account_id"])
    due = {key for key, category in enrolled_on_credit_day(clean).items() if category != "resident"}
    assert set(paid.iter_rows()) <= due
    assert {key for key in due if key[0] in owners} <= set(paid.iter_rows())
    paused = clean.enrolments.filter(col("status") == "suspended").height
    assert paused > 5


def test_credits_of_the_working_are_shares_of_their_base(clean: Any) -> None:
    start = SIZES["area"][clean.area]["policy_start"]
    accounts = SIZES["accounts"]
    both = clean.contributions.join(
        credited(clean), left_on=["person_id", "accrual_month"], right_on=["account_id", "accrual_month"]
    )
    assert both.height == clean.contributions.height
    categories = enrolled_on_credit_day(clean)
    before = 0
    for row in both.iter_rows(named=True):
        base, month = row["contribution_base"], row["accrual_month"]
        early = month < f"{start:%Y-%m}"
        before += early
        share = accounts["credit_share_before"] if early else accounts["credit_share"]
        category = categories[row["person_id"], month]
        employer = base * accounts["employer_share_before"] if early and category == "active" else Decimal(0)
        assert row["person_into_account"] == (base * share).quantize(FEN, ROUND_DOWN)
        assert row["employer_into_account"] == employer.quantize(FEN, ROUND_DOWN)
        assert row["amount"] == row["person_into_account"] + row["employer_into_account"]
        assert category in ("active", "flexible")
    assert 0 < before < both.height


def test_the_retired_keep_what_they_had_until_it_is_the_same_for_all(clean: Any) -> None:
    here = SIZES["area"][clean.area]
    uniform_from = f"{here['retired_uniform_from']:%Y-%m}"
    categories = enrolled_on_credit_day(clean)
    had: dict[str, set[Decimal]] = defaultdict(set)
    for owner, month, amount in credited(clean).select("account_id", "accrual_month", "amount").iter_rows():
        if categories[owner, month] != "retired":
            continue
        if month >= uniform_from:
            assert amount == here["retired_credit"]
        else:
            had[owner].add(amount)
    assert {len(amounts) for amounts in had.values()} == {1}
    assert len(set.union(*had.values())) > 50


def test_premiums_are_of_their_kind_and_paid_once_a_year_for_relatives(clean: Any) -> None:
    paid = clean.account_entries.filter(col("entry_kind") == "premium")
    assert set(paid["premium_kind"]) == {
        "resident",
        "supplementary",
        "long_term_care",
        "government_commercial",
    }
    year = col("posted_at").dt.year()
    assert paid.select("account_id", "premium_kind", "beneficiary_id", year).is_unique().all()
    assert (paid["posted_at"].dt.date() >= SIZES["area"][clean.area]["policy_start"]).all()
    for row in paid.iter_rows(named=True):
        assert row["amount"] == -SIZES["premiums"][row["premium_kind"]]
    granted = clean.family_authorizations
    employed = clean.enrolments.filter(col("scheme") == "employee")
    relatives = paid.filter(col("premium_kind") == "resident")
    valid = relatives.join(
        granted, left_on=["account_id", "beneficiary_id"], right_on=["payer_id", "beneficiary_id"]
    ).filter(col("posted_at").is_between("valid_from", col("valid_to").fill_null(dt.datetime.max)))
    assert valid["entry_id"].n_unique() == relatives.height > 10
    assert set(valid["relation"]) <= {"spouse", "parent", "child"}
    insured = relatives.join(employed, left_on="beneficiary_id", right_on="person_id").filter(
        col("posted_at").dt.date().is_between("start_date", col("end_date").fill_null(dt.date.max))
    )
    assert insured.is_empty()
    assert paid.filter(col("premium_kind") != "resident")["beneficiary_id"].null_count() > 50


def test_interest_comes_once_at_the_end_of_the_year(clean: Any) -> None:
    interest = clean.account_entries.filter(col("entry_kind") == "interest")
    assert interest.height > 500
    moments = interest["posted_at"].dt
    assert set(zip(moments.month(), moments.day(), strict=True)) == {(12, 31)}
    assert interest.select("account_id", moments.year().alias("year")).is_unique().all()
    rate = SIZES["accounts"]["interest"]
    entries = clean.account_entries.sort("account_id", "posted_at", "entry_id")
    before = entries.with_columns(before=col("balance_after").shift(1).over("account_id"))
    categories = before.filter((col("entry_kind") == "interest") & col("before").is_not_null())
    for amount, balance in categories.select("amount", "before").iter_rows():
        assert abs(amount - (balance * rate).quantize(FEN, ROUND_DOWN)) <= FEN


def test_ledgers_add_up_and_never_fall_below_nothing(clean: Any) -> None:
    entries = clean.account_entries.sort("account_id", "posted_at", "entry_id")
    previous = col("balance_after").shift(1).over("account_id")
    assert entries.filter(previous + col("amount") != col("balance_after")).is_empty()
    assert (entries["balance_after"] >= 0).all()
    assert clean.account_entries.filter(col("accrual_month").is_not_null())[
        "entry_kind"
    ].unique().to_list() == ["monthly_credit"]


def test_the_survey_is_spread_over_districts_and_groups(clean: Any) -> None:
    answers = clean.survey_answers
    assert answers.height == SIZES["survey"]["answers"]
    assert set(answers["respondent_group"]) == {"active", "flexible", "retired"}
    assert set(answers["district_code"]) == set(clean.providers["district_code"])
    shares = answers.group_by("question").agg(col("correct").mean())["correct"]
    assert shares.is_between(0.3, 0.85).all()
