"""What is planted is written down, and is what it says it is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data_samples import plays, twins
from data_samples.city import instances_for, simulate
from data_samples.magnitudes import magnitudes

col = pl.col
TYPOLOGIES = {
    "account_cash_out",
    "benefit_recalc_mismatch",
    "cap_rush",
    "card_concentration",
    "closed_policy_use",
    "co_visit_group",
    "collector_account",
    "credit_rule_violation",
    "data_transmission_defect",
    "doctor_pharmacy_concentration",
    "duplicate_benefit",
    "family_authorization_violation",
    "hub_account",
    "impossible_travel",
    "ineligible_settlement",
    "inpatient_outpatient_overlap",
    "ledger_break",
    "professional_buyer",
    "prohibited_account_use",
    "refund_resettle_loop",
    "split_prescription",
}
APART_FROM_SETTLEMENTS = {"credit_rule_violation", "ledger_break", "prohibited_account_use"}
"""Typologies of which some or all instances are about other rows than settlements."""
OF_PROVIDERS = {"doctor_pharmacy_concentration", "data_transmission_defect"}
"""Typologies whose instances take a provider or two for themselves, so that there are fewer."""


def settled(city: Any, typology: str, strength: int = 1) -> pl.DataFrame:
    """The settlements of a planted typology from a strength on, with their instance."""
    planted: pl.DataFrame = city.planted.filter(col("strength") >= strength)
    named = planted.filter((col("typology") == typology) & (col("entity_kind") == "settlement"))
    keys = named.select("instance_id", "amount_at_issue", settlement_id="entity_id")
    return keys.join(city.settlements, on="settlement_id")


def test_every_scene_is_in_the_truth_with_a_subject_and_settlements(city: Any) -> None:
    assert set(city.planted["typology"]) == TYPOLOGIES
    by_instance = city.planted.group_by("typology", "instance_id").agg(roles=col("role").unique())
    assert by_instance["roles"].list.contains("subject").all()
    of_care = by_instance.filter(~col("typology").is_in(APART_FROM_SETTLEMENTS))
    assert of_care["roles"].list.contains("settlement").all()
    counts = by_instance.group_by("typology").len()
    wanted = instances_for(3_000, magnitudes())
    assert (counts.filter(~col("typology").is_in(OF_PROVIDERS))["len"] >= wanted).all()


def test_instances_grow_with_the_city() -> None:
    sizes = magnitudes()
    assert [instances_for(persons, sizes) for persons in (2_000, 20_000, 130_000)] == [4, 36, 120]


def test_the_truth_names_rows_that_exist(city: Any) -> None:
    ids = {
        "settlement": city.settlements["settlement_id"],
        "person": city.persons["person_id"],
        "payer_account": city.persons["person_id"],
        "provider": city.providers["provider_id"],
    }
    for kind, known in ids.items():
        named = set(city.truth.filter(col("entity_kind") == kind)["entity_id"])
        assert named <= set(known)


def test_amounts_at_issue_are_what_fund_and_accounts_paid(city: Any) -> None:
    for typology in TYPOLOGIES:
        rows = settled(city, typology)
        at_issue = col("pool_paid") + col("account_paid") + col("mutual_aid_paid")
        assert rows.filter(at_issue != col("amount_at_issue")).is_empty()
        whole = city.planted.filter((col("typology") == typology) & (col("role") == "subject"))
        sums = rows.group_by("instance_id").agg(whole=col("amount_at_issue").sum())
        both = whole.join(sums, on="instance_id")
        assert both.height == whole.height or typology in APART_FROM_SETTLEMENTS
        apart = whole.join(sums, on="instance_id", how="anti")
        assert (apart["amount_at_issue"] > 0).all()
        assert both.filter(col("whole") != col("amount_at_issue")).is_empty()


def test_no_one_plays_in_two_scenes(city: Any) -> None:
    people = city.truth.filter(col("entity_kind").is_in(["person", "payer_account"]))
    # A relative whose enrolment had ended is one pattern that two rules see.
    people = people.filter(col("typology") != "ineligible_settlement")
    assert (people.group_by("entity_id").agg(col("instance_id").n_unique())["instance_id"] == 1).all()


def test_a_planted_pattern_breaks_no_rule_but_its_own(city: Any) -> None:
    for typology in TYPOLOGIES - {"ineligible_settlement", "family_authorization_violation"}:
        rows = settled(city, typology)
        spans = rows.join(city.enrolments, on="person_id").filter(
            col("service_date").is_between("start_date", col("end_date").fill_null(dt.date.max))
        )
        assert spans.filter(col("status") == "active")["settlement_id"].n_unique() == rows.height
        away = rows.join(city.provider_status.filter(col("status") != "active"), on="provider_id")
        assert away.filter(
            col("service_date").is_between("from", col("to").fill_null(dt.date.max))
        ).is_empty()


def test_each_ineligible_settlement_has_a_cause(city: Any) -> None:
    rows = settled(city, "ineligible_settlement")
    spans = rows.join(city.enrolments.filter(col("status") == "active"), on="person_id").filter(
        col("service_date").is_between("start_date", col("end_date").fill_null(dt.date.max))
    )
    dead = rows.join(city.persons, on="person_id").filter(col("service_date") > col("death_date"))
    away = rows.join(city.provider_status.filter(col("status") != "active"), on="provider_id").filter(
        col("service_date").is_between("from", col("to").fill_null(dt.date.max))
    )
    caused = pl.concat(
        [
            dead["settlement_id"],
            away["settlement_id"],
            rows.join(spans, on="settlement_id", how="anti")["settlement_id"],
        ]
    )
    assert set(caused) == set(rows["settlement_id"])
    assert dead.height > 0
    assert away.height > 0


def test_each_family_violation_has_a_cause(city: Any) -> None:
    rows = settled(city, "family_authorization_violation")
    lawful = rows.join(
        city.family_authorizations.filter(col("relation").is_in(["spouse", "parent", "child"])),
        left_on=["mutual_aid_payer_id", "person_id"],
        right_on=["payer_id", "beneficiary_id"],
    ).filter(col("settled_at").is_between("valid_from", col("valid_to").fill_null(dt.datetime.max)))
    enrolled = lawful.join(city.enrolments, on="person_id").filter(
        col("service_date").is_between("start_date", col("end_date").fill_null(dt.date.max))
    )
    assert rows.height > 0
    assert enrolled.is_empty()


def test_planted_people_keep_their_ordinary_lives(city: Any) -> None:
    members = city.planted.filter(
        (col("typology") == "card_concentration") & (col("entity_kind") == "person")
    )
    lives = city.ordinary.join(members, left_on="person_id", right_on="entity_id")
    assert lives["person_id"].n_unique() > 0.8 * members.height


def test_cards_are_swiped_together_on_several_days(city: Any) -> None:
    batches = (
        settled(city, "card_concentration", 2)
        .group_by("instance_id", "service_date")
        .agg(cards=col("person_id").n_unique(), took=col("settled_at").max() - col("settled_at").min())
    )
    assert (batches["cards"] >= 5).all()
    assert (batches["took"] <= dt.timedelta(minutes=90)).all()
    assert (batches.group_by("instance_id").len()["len"] >= 3).all()


def test_loops_are_reversed_within_minutes(city: Any) -> None:
    loops = settled(city, "refund_resettle_loop", 2)
    back = city.settlements.select("reverses_settlement_id", back_at="settled_at")
    both = loops.join(back, left_on="settlement_id", right_on="reverses_settlement_id")
    assert both.height == loops.height
    assert (both["back_at"] - both["settled_at"] <= dt.timedelta(minutes=14)).all()
    assert (loops.group_by("instance_id").len()["len"] >= 7).all()


def test_groups_are_of_different_households_and_employers(city: Any) -> None:
    group = city.planted.filter((col("typology") == "co_visit_group") & (col("entity_kind") == "person"))
    employers = group.join(city.enrolments, left_on="entity_id", right_on="person_id")
    employed = employers.filter(col("employer_id").is_not_null())
    assert employed.select("instance_id", "employer_id").is_unique().all()
    sizes = group.group_by("instance_id", "strength").len()
    assert (sizes["len"] >= 3).all()
    assert (sizes.filter(col("strength") > 1)["len"] >= 5).all()


def test_hubs_pay_for_many_and_every_payment_is_authorized(city: Any) -> None:
    for typology in ("hub_account", "collector_account", "account_cash_out"):
        rows = settled(city, typology)
        # An account may be emptied by its owner too.
        aided = rows.filter(col("mutual_aid_payer_id").is_not_null())
        assert typology == "account_cash_out" or aided.height == rows.height
        rows = aided.join(
            city.family_authorizations,
            left_on=["mutual_aid_payer_id", "person_id"],
            right_on=["payer_id", "beneficiary_id"],
        )
        assert rows.height == aided.height > 0
        assert rows.filter(col("settled_at") < col("valid_from")).is_empty()
    users = settled(city, "hub_account").group_by("instance_id").agg(col("person_id").n_unique())
    assert (users["person_id"] >= 4).all()


def test_buyers_go_to_many_pharmacies_for_watched_drugs(city: Any) -> None:
    rows = settled(city, "professional_buyer", 2).join(city.charge_lines, on="settlement_id")
    watched = rows.join(city.item_reference, on="item_code")
    assert watched["watch_list"].all()
    assert (rows.group_by("instance_id").agg(col("provider_id").n_unique())["provider_id"] >= 3).all()


@pytest.mark.slow
def test_a_twin_is_discovered_by_its_file_and_recorded_as_a_lookalike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "twins"
    folder.mkdir()
    (folder / "lucky_day.py").write_text(
        '''"""A twin."""
def plant(city, rng, instances):
    person = city.pick_people(rng, 1)
    at = city.period.first_day * 86_400 + 36_000
    handles = city.settle(rng, person, 0, at, total=5_000, purse="cash")
    city.instance("co_visit_group", lookalike=True).subject("person", person).settled(handles)
''',
        encoding="utf-8",
    )
    monkeypatch.setattr(twins, "__path__", [str(folder)])
    modules = plays.plays(twins)
    assert [module.__name__ for module in modules] == ["data_samples.twins.lucky_day"]
    simulate(tmp_path / "city", persons=1_000, months=3, seed=1, area="320600")
    recorded = pl.read_parquet(tmp_path / "city" / "truth" / "benign_lookalikes.parquet")
    assert recorded["instance_id"].unique().to_list() == ["benign-co_visit_group-0001"]
    assert sorted(recorded["role"]) == ["settlement", "subject"]
