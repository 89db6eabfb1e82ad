"""The seventh author's scenes of people and accounts are what their modules say, in the written tables."""

from __future__ import annotations

from typing import Any

import polars as pl

col = pl.col


def first_line(seventh: Any, rows: Any) -> Any:
    """Settlements with their first charge line."""
    lines = seventh.charge_lines.filter(col("line_no") == 1).drop("amount", "in_scope_amount", "line_no")
    joined = rows.join(lines, on="settlement_id")
    assert joined.height == rows.height > 0
    return joined


def gaps(rows: Any, *keys: str) -> Any:
    """Days from one settlement to the next of the same."""
    return (
        rows.sort("service_date")
        .select(gap=col("service_date").diff().over(keys).dt.total_days())["gap"]
        .drop_nulls()
    )


def test_accounts_are_swiped_a_few_times_within_days(seventh: Any) -> None:
    rows = seventh.of_subjects("account_cash_out", "provider")
    assert (rows["account_paid"] == rows["total_amount"]).all()
    clients = rows.group_by("instance_id", "person_id").agg(
        pl.len(), span=(col("service_date").max() - col("service_date").min()).dt.total_days()
    )
    assert clients["len"].max() <= 4
    assert clients["span"].max() <= 3
    assert (rows.group_by("instance_id").agg(col("operator_id").n_unique())["operator_id"] == 1).all()


def test_children_have_tablets_for_adults(seventh: Any) -> None:
    rows = first_line(seventh, seventh.of_subjects("age_incompatible_item", "provider"))
    rows = rows.join(seventh.persons, on="person_id").join(seventh.item_reference, on="item_code")
    years = (rows["service_date"] - rows["birth_date"]).dt.total_days() // 365
    assert (years < rows["age_min"]).all()


def test_men_have_items_for_women(seventh: Any) -> None:
    rows = first_line(seventh, seventh.of_subjects("sex_incompatible_item", "provider"))
    rows = rows.join(seventh.persons, on="person_id").join(seventh.item_reference, on="item_code")
    assert set(rows["sex"]) == {"male"}
    assert set(rows["sex_only"]) == {"female"}


def test_most_of_the_funds_year_is_used_in_its_last_weeks(seventh: Any) -> None:
    rows = seventh.rows(seventh.planted, "cap_rush")
    left = 366 - rows["service_date"].dt.ordinal_day()
    assert left.max() < 60
    places = rows.group_by("instance_id", "person_id").agg(col("pool_paid").sum().cast(pl.Float64))
    assert places["pool_paid"].median() > 3_000


def test_riders_come_in_groups_whose_core_stays(seventh: Any) -> None:
    rows = seventh.rows(seventh.planted, "co_visit_group")
    trips = rows.group_by("instance_id", "service_date").agg(
        col("person_id").n_unique(),
        minutes=(col("settled_at").max() - col("settled_at").min()).dt.total_minutes(),
    )
    assert (trips["person_id"] >= 3).all()
    assert trips["minutes"].max() < 300
    visits = rows.group_by("instance_id", "person_id").len()["len"]
    assert visits.max() > visits.min()


def test_second_credits_exceed_what_was_due(seventh: Any) -> None:
    named = seventh.planted.filter(
        (col("typology") == "credit_rule_violation") & (col("role") == "subject")
    ).select("instance_id", "amount_at_issue", account_id="entity_id")
    booked = seventh.account_entries.filter(col("entry_kind") == "monthly_credit").join(
        named, on="account_id"
    )
    due = seventh.contributions.select("accrual_month", "person_into_account", account_id="person_id")
    sums = booked.group_by("instance_id", "account_id", "accrual_month").agg(
        col("amount").sum(), col("amount_at_issue").first()
    )
    over = (
        sums.join(due, on=["account_id", "accrual_month"])
        .group_by("instance_id")
        .agg((col("amount") - col("person_into_account")).sum(), col("amount_at_issue").first())
    )
    assert over.height == named["instance_id"].n_unique()
    assert (over["amount"] == over["amount_at_issue"]).all()


def test_one_drug_comes_from_several_places_before_it_is_used_up(seventh: Any) -> None:
    rows = first_line(seventh, seventh.rows(seventh.planted, "cross_provider_same_drug"))
    each = rows.group_by("instance_id").agg(
        col("item_code").n_unique(), col("provider_id").n_unique(), col("person_id").n_unique()
    )
    assert (each["item_code"] == 1).all()
    assert (each["person_id"] == 1).all()
    assert (each["provider_id"] >= 2).all()
    assert gaps(rows, "instance_id").median() < 24


def test_bills_of_two_schemes_are_for_the_same_care(seventh: Any) -> None:
    rows = seventh.rows(seventh.planted, "duplicate_benefit")
    assert set(rows["scheme"]) == {"resident"}
    online = seventh.settlements.filter((col("channel") == "online") & (col("scheme") == "employee"))
    keys = ["person_id", "provider_id", "service_date", "total_amount"]
    both = rows.join(online.select(*keys, first="settled_at"), on=keys)
    assert set(both["settlement_id"]) == set(rows["settlement_id"])
    assert (both["settled_at"] > both["first"]).all()


def test_strangers_spend_without_a_binding_or_as_one_of_several_spouses(seventh: Any) -> None:
    paid = seventh.rows(seventh.planted, "family_authorization_violation")
    paid = paid.filter(col("mutual_aid_payer_id").is_not_null())
    granted = seventh.family_authorizations.select(
        "valid_from", "relation", mutual_aid_payer_id="payer_id", person_id="beneficiary_id"
    )
    keys = ["mutual_aid_payer_id", "person_id"]
    assert paid.join(granted, on=keys, how="anti").height > 0
    bound = paid.join(granted, on=keys)
    assert set(bound["relation"]) == {"spouse"}
    assert (bound["valid_from"] <= bound["settled_at"]).all()
    wives = bound.group_by("instance_id").agg(col("person_id").n_unique())["person_id"]
    assert (wives >= 2).all()
    first = bound.group_by(keys).agg(
        minutes=(col("settled_at").min() - col("valid_from").min()).dt.total_minutes()
    )
    assert first["minutes"].max() <= 41


def test_the_brother_shows_a_card_elsewhere_than_at_the_owners_health_center(seventh: Any) -> None:
    rows = seventh.rows(seventh.planted, "impersonation")
    assert set(rows["credential_type"]) == {"social_card"}
    own = seventh.settlements.join(rows, on="settlement_id", how="anti").filter(
        col("credential_type") == "e_credential"
    )
    homes = own.join(rows.select("person_id", "instance_id").unique(), on="person_id")
    usual = homes.group_by("instance_id", "provider_id").len().sort("len").group_by("instance_id").last()
    assert rows.join(usual, on=["instance_id", "provider_id"]).is_empty()


def test_two_places_within_minutes(seventh: Any) -> None:
    rows = seventh.rows(seventh.planted, "impossible_travel")
    seen = seventh.settlements.filter(col("care_type") == "outpatient").select(
        "person_id", "service_date", where="provider_id", seen="settled_at"
    )
    both = rows.join(seen, on=["person_id", "service_date"]).filter(
        ((col("settled_at") - col("seen")).dt.total_minutes().abs() <= 23)
        & (col("where") != col("provider_id"))
    )
    assert set(both["settlement_id"]) == set(rows["settlement_id"])


def test_the_dead_go_on_buying(seventh: Any) -> None:
    rows = seventh.rows(seventh.planted, "ineligible_settlement").join(seventh.persons, on="person_id")
    assert (rows["service_date"] > rows["death_date"]).all()


def test_balances_jump_up_on_a_few_days(seventh: Any) -> None:
    named = seventh.planted.filter((col("typology") == "ledger_break") & (col("role") == "subject"))
    entries = seventh.account_entries.sort("account_id", "posted_at", "entry_id").with_columns(
        before=col("balance_after").shift(1).over("account_id")
    )
    off = entries.filter(col("before") + col("amount") != col("balance_after"))
    assert set(off["account_id"]) == set(named["entity_id"])
    assert (off["balance_after"] > off["before"] + off["amount"]).all()


def test_tests_are_repeated_across_places_before_the_interval_is_over(seventh: Any) -> None:
    rows = seventh.rows(seventh.planted, "over_frequency_test")
    apart = gaps(rows, "instance_id", "person_id")
    assert len(apart) > 0
    assert (apart < 90).mean() > 0.6
    assert rows["provider_id"].n_unique() > 1


def test_a_runner_has_many_desks_and_listed_drugs(seventh: Any) -> None:
    rows = first_line(seventh, seventh.rows(seventh.planted, "professional_buyer"))
    listed = rows.join(seventh.item_reference.filter(col("watch_list")), on="item_code")
    assert listed.height == rows.height
    each = rows.group_by("instance_id").agg(col("provider_id").n_unique(), col("person_id").n_unique())
    assert (each["person_id"] == 1).all()
    assert (each["provider_id"] >= 2).all()


def test_staff_of_one_employer_swipe_late_in_the_month(seventh: Any) -> None:
    rows = seventh.of_subjects("staff_self_dealing", "provider")
    jobs = seventh.enrolments.join(rows, on="person_id").drop_nulls("employer_id")
    employers = jobs.group_by("instance_id").agg(col("employer_id").n_unique())
    assert (employers["employer_id"] == 1).all()
    assert rows["service_date"].dt.day().min() >= 19
