"""What the seventh author plants: acts of 37 typologies, and at least one look-alike of each."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from support.planted_cities import names

from data_samples import plays
from data_samples.seventh import life, scenes, twins

col = pl.col
INSTANCES = {
    "account_cash_out": 1,
    "age_incompatible_item": 1,
    "benefit_recalc_mismatch": 1,
    "cap_rush": 1,
    "capacity_anomaly": 1,
    "card_concentration": 1,
    "closed_policy_use": 1,
    "co_visit_group": 1,
    "credit_rule_violation": 1,
    "cross_provider_same_drug": 1,
    "data_transmission_defect": 1,
    "doctor_pharmacy_concentration": 1,
    "duplicate_benefit": 1,
    "duplicate_charge": 1,
    "duplicate_trace_code": 1,
    "family_authorization_violation": 2,
    "fictitious_purchase": 1,
    "hanging_bed_short_stay": 1,
    "high_risk_drug_watch": 1,
    "impersonation": 1,
    "impossible_travel": 1,
    "ineligible_settlement": 1,
    "inpatient_outpatient_overlap": 1,
    "insider_operation": 1,
    "ledger_break": 1,
    "over_frequency_test": 1,
    "over_price": 1,
    "oversupply": 1,
    "professional_buyer": 1,
    "prohibited_account_use": 1,
    "refund_resettle_loop": 1,
    "sex_incompatible_item": 1,
    "split_admission": 1,
    "split_prescription": 1,
    "staff_self_dealing": 1,
    "substitution": 1,
    "trace_code_origin_conflict": 1,
}
"""How many scenes, and so how many instances at least, a typology has."""
IN_THE_LEDGER = {"credit_rule_violation", "ledger_break"}


def test_there_are_as_many_scenes_as_the_typologies_have_and_more_twins() -> None:
    assert len(names(scenes)) == sum(INSTANCES.values())
    assert len(names(twins)) > len(names(scenes))
    assert len(names(life)) == 2


@pytest.mark.parametrize(("package", "room"), [(scenes, 39), (twins, 53), (life, 7)])
def test_each_play_has_a_stream_of_its_own(package: Any, room: int) -> None:
    assert 0 < len(names(package)) <= room


def test_each_scene_names_its_kind_of_case() -> None:
    modules = plays.plays(scenes)
    assert modules
    assert [module.__name__ for module in modules if "\nKind of case: " not in (module.__doc__ or "")] == []


def test_each_twin_says_why_it_is_lawful() -> None:
    modules = plays.plays(twins)
    assert modules
    assert [module.__name__ for module in modules if "\nLawful because " not in (module.__doc__ or "")] == []


def test_each_scene_plays_at_its_strength(seventh: Any) -> None:
    seventh.assert_plays(INSTANCES)


def test_each_instance_has_a_subject_and_settlements(seventh: Any) -> None:
    planted = seventh.planted
    assert set(planted["entity_kind"]) == {"person", "payer_account", "provider", "group", "settlement"}
    roles = planted.group_by("typology", "instance_id").agg(col("role").unique())
    assert roles["role"].list.contains("subject").all()
    of_care = roles.filter(~col("typology").is_in(IN_THE_LEDGER))
    assert of_care["role"].list.contains("settlement").all()
    assert (planted.filter(col("role") == "subject")["amount_at_issue"] > 0).all()


def test_members_take_part(seventh: Any) -> None:
    members = seventh.planted.filter(col("role") == "member")
    rows = seventh.rows(seventh.planted)
    acting = {
        (instance, who)
        for instance, *ids in rows.select(
            "instance_id", "person_id", "provider_id", "mutual_aid_payer_id"
        ).iter_rows()
        for who in ids
    }
    assert members.height > 0
    assert set(members.select("instance_id", "entity_id").iter_rows()) <= acting


def test_each_typology_has_a_lookalike(seventh: Any) -> None:
    alike = seventh.lookalikes
    assert set(alike["typology"]) == INSTANCES.keys()
    roles = alike.group_by("instance_id").agg(col("role").unique())["role"]
    assert roles.list.contains("subject").all()
