"""The sixth author's scenes of people and accounts are what their modules say, in the written tables."""

from __future__ import annotations

from typing import Any

import polars as pl

col = pl.col
MINUTES = 60


def with_line(sixth: Any, rows: pl.DataFrame) -> pl.DataFrame:
    """Settlements with their first charge line."""
    lines = sixth.charge_lines.filter(col("line_no") == 1).drop("amount", "in_scope_amount", "line_no")
    joined: pl.DataFrame = rows.join(lines, on="settlement_id")
    assert joined.height == rows.height > 0
    return joined


def test_rented_cards_go_to_several_places_for_watched_drugs(sixth: Any) -> None:
    rows = with_line(sixth, sixth.rows(sixth.planted, "professional_buyer"))
    watched = set(sixth.item_reference.filter(col("watch_list"))["item_code"])
    assert set(rows["item_code"]) <= watched
    stops = rows.group_by("instance_id").agg(col("provider_id").n_unique(), pl.len())
    assert stops.filter((col("len") > 20) & (col("provider_id") < 3)).is_empty()
    assert 2 * (rows["quantity"].cast(pl.Float64) > 3).sum() > len(rows)


def test_supply_of_special_drugs_outlasts_the_time(sixth: Any) -> None:
    rows = with_line(sixth, sixth.rows(sixth.planted, "oversupply"))
    assert set(rows["care_type"]) == {"special_outpatient"}
    people = rows.group_by("instance_id", "person_id").agg(
        supply=col("days_supply").cast(pl.Float64).sum(),
        passed=(col("service_date").max() - col("service_date").min()).dt.total_days(),
    )
    assert (people["supply"] > people["passed"]).all()


def test_retired_people_take_what_is_on_the_list(sixth: Any) -> None:
    rows = with_line(sixth, sixth.rows(sixth.planted, "high_risk_drug_watch"))
    assert set(rows["person_category"]) == {"retired"}
    lists = rows.group_by("instance_id").agg(col("item_code").n_unique(), col("person_id").n_unique())
    assert (lists["item_code"] <= 6).all()
    assert (lists["person_id"] >= 4).all()


def test_one_substance_comes_from_several_places(sixth: Any) -> None:
    rows = with_line(sixth, sixth.rows(sixth.planted, "cross_provider_same_drug"))
    rows = rows.join(sixth.item_reference.select("item_code", "substance"), on="item_code")
    people = rows.group_by("instance_id").agg(
        col("person_id").n_unique(),
        col("substance").n_unique(),
        col("provider_id").n_unique(),
        supply=col("days_supply").cast(pl.Float64).sum(),
        passed=(col("service_date").max() - col("service_date").min()).dt.total_days(),
    )
    assert (people["person_id"] == 1).all()
    assert (people["substance"] == 1).all()
    assert (people["provider_id"] >= 2).all()
    assert (people["supply"] > people["passed"]).all()


def test_men_need_what_only_women_need(sixth: Any) -> None:
    rows = with_line(sixth, sixth.rows(sixth.planted, "sex_incompatible_item"))
    rows = rows.join(sixth.persons, on="person_id").join(sixth.item_reference, on="item_code")
    assert set(rows["sex"]) == {"male"}
    assert set(rows["sex_only"]) == {"female"}


def test_old_people_need_what_only_children_need(sixth: Any) -> None:
    rows = with_line(sixth, sixth.rows(sixth.planted, "age_incompatible_item"))
    rows = rows.join(sixth.persons, on="person_id").join(sixth.item_reference, on="item_code")
    years = (rows["service_date"] - rows["birth_date"]).dt.total_days() // 366
    assert (years > rows["age_max"]).all()
    assert (years >= 50).all()


def test_one_name_has_many_injuries(sixth: Any) -> None:
    rows = sixth.rows(sixth.planted, "impersonation")
    assert set(rows["credential_type"]) == {"social_card"}
    people = rows.group_by("instance_id").agg(
        col("person_id").n_unique(), col("diagnosis_code").n_unique(), pl.len()
    )
    assert (people["person_id"] == 1).all()
    assert (people["diagnosis_code"] > people["len"] / 3).all()


def test_paper_claims_repeat_what_was_settled(sixth: Any) -> None:
    rows = sixth.rows(sixth.planted, "duplicate_benefit")
    assert set(rows["channel"]) == {"manual"}
    keys = ["person_id", "provider_id", "service_date"]
    online = sixth.settlements.filter(col("channel") == "online").join(rows, on="settlement_id", how="anti")
    day = online.group_by(keys).agg(col("total_amount").sum().alias("paid"), first=col("settled_at").min())
    both = rows.join(day, on=keys)
    assert both.height == rows.height
    assert (both["paid"] >= both["total_amount"]).all()
    assert (both["settled_at"] > both["first"]).all()


def test_the_owner_is_at_the_doctors_when_the_friend_buys(sixth: Any) -> None:
    rows = sixth.rows(sixth.planted, "impossible_travel")
    visits = sixth.settlements.filter(col("care_type") == "outpatient").select(
        "person_id", "service_date", seen="settled_at", where="provider_id"
    )
    both = rows.join(visits, on=["person_id", "service_date"]).with_columns(
        apart=(col("settled_at") - col("seen")).dt.total_seconds().abs()
    )
    near = both.filter((col("apart") <= 41 * MINUTES) & (col("where") != col("provider_id")))
    assert set(near["settlement_id"]) == set(rows["settlement_id"])


def test_the_dead_are_billed_and_so_are_the_suspended(sixth: Any) -> None:
    rows = sixth.rows(sixth.planted, "ineligible_settlement")
    dead = rows.join(sixth.persons.drop_nulls("death_date"), on="person_id")
    assert dead.height > 0
    assert (dead["service_date"] > dead["death_date"]).all()
    pauses = sixth.enrolments.filter(col("status") == "suspended")
    paused = rows.join(pauses.select("person_id", "start_date", "end_date"), on="person_id")
    assert paused.height > 0
    assert (
        (paused["service_date"] >= paused["start_date"]) & (paused["service_date"] <= paused["end_date"])
    ).all()
    assert {*dead["settlement_id"], *paused["settlement_id"]} == set(rows["settlement_id"])


def test_relatives_pay_after_the_end_or_without_any_authorization(sixth: Any) -> None:
    rows = sixth.rows(sixth.planted, "family_authorization_violation")
    assert (rows["mutual_aid_paid"] > 0).any()
    paid = rows.filter(col("mutual_aid_payer_id").is_not_null())
    granted = sixth.family_authorizations.select(
        "valid_from", "valid_to", mutual_aid_payer_id="payer_id", person_id="beneficiary_id"
    )
    ended = paid.join(granted, on=["mutual_aid_payer_id", "person_id"])
    assert ended.height > 0
    assert (ended["settled_at"] > ended["valid_to"]).all()
    none = paid.join(granted, on=["mutual_aid_payer_id", "person_id"], how="anti")
    assert none.height > 0
    assert (
        none.group_by("instance_id").agg(col("mutual_aid_payer_id").n_unique())["mutual_aid_payer_id"] == 1
    ).all()


def test_accounts_are_emptied_within_days_at_one_counter(sixth: Any) -> None:
    rows = sixth.rows(sixth.planted, "account_cash_out")
    assert (rows.group_by("instance_id").agg(col("operator_id").n_unique())["operator_id"] == 1).all()
    assert (rows["account_paid"] == rows["total_amount"]).all()
    clients = rows.group_by("instance_id", "person_id").agg(
        span=(col("service_date").max() - col("service_date").min()).dt.total_days()
    )
    assert clients["span"].max() <= 5


def test_premiums_of_a_policy_that_is_on_no_list(sixth: Any) -> None:
    buyers = sixth.planted.filter(
        (col("typology") == "prohibited_account_use") & (col("role") == "subject")
    ).select("instance_id", "amount_at_issue", account_id="entity_id")
    paid = sixth.account_entries.filter(col("premium_kind") == "other").join(buyers, on="account_id")
    assert paid.height == buyers.height >= 3
    sums = paid.group_by("instance_id").agg(-col("amount").sum(), col("amount_at_issue").first())
    assert (sums["amount"] == sums["amount_at_issue"]).all()


def test_payrolls_credit_a_part_of_the_employers_contribution(sixth: Any) -> None:
    named = sixth.planted.filter(
        (col("typology") == "credit_rule_violation") & (col("role") == "subject")
    ).select("instance_id", "amount_at_issue", person_id="entity_id")
    wrong = sixth.contributions.filter(col("employer_into_account") > 0).join(named, on="person_id")
    sums = wrong.group_by("instance_id").agg(
        col("employer_into_account").sum(), col("amount_at_issue").first(), col("person_id").n_unique()
    )
    assert sums.height == named["instance_id"].n_unique()
    assert (sums["employer_into_account"] == sums["amount_at_issue"]).all()


def test_balances_break_in_one_night(sixth: Any) -> None:
    named = sixth.planted.filter((col("typology") == "ledger_break") & (col("role") == "subject"))
    entries = sixth.account_entries.sort("account_id", "posted_at", "entry_id").with_columns(
        before=col("balance_after").shift(1).over("account_id")
    )
    off = entries.filter(col("before") + col("amount") != col("balance_after"))
    assert set(off["account_id"]) == set(named["entity_id"])
    assert off["account_id"].is_unique().all()
