"""What the fifth author plants: 30 acts of 26 typologies, and at least one look-alike of each."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from support.planted_cities import names

from data_samples import plays
from data_samples.fifth import life, scenes, twins

col = pl.col
INSTANCES = {
    "account_cash_out": 1,
    "benefit_recalc_mismatch": 1,
    "cap_rush": 1,
    "capacity_anomaly": 1,
    "card_concentration": 1,
    "co_visit_group": 2,
    "credit_rule_violation": 1,
    "cross_provider_same_drug": 1,
    "doctor_pharmacy_concentration": 1,
    "duplicate_benefit": 1,
    "duplicate_charge": 1,
    "duplicate_trace_code": 1,
    "family_authorization_violation": 1,
    "fictitious_purchase": 2,
    "hanging_bed_short_stay": 1,
    "impossible_travel": 1,
    "ineligible_settlement": 2,
    "insider_operation": 1,
    "over_frequency_test": 1,
    "professional_buyer": 1,
    "prohibited_account_use": 1,
    "refund_resettle_loop": 1,
    "split_admission": 1,
    "split_prescription": 1,
    "staff_self_dealing": 1,
    "substitution": 2,
}
"""How many scenes, and so how many instances at least, a typology has."""
WITHOUT_SETTLEMENTS = {"credit_rule_violation"}


def test_there_are_as_many_scenes_as_the_typologies_have_and_more_twins() -> None:
    assert len(names(scenes)) == sum(INSTANCES.values())
    assert len(names(twins)) > len(names(scenes))
    assert len(names(life)) == 3


@pytest.mark.parametrize(("package", "room"), [(scenes, 39), (twins, 50), (life, 10)])
def test_each_play_has_a_stream_of_its_own(package: Any, room: int) -> None:
    assert 0 < len(names(package)) <= room


def test_each_twin_has_the_word_of_an_auditor() -> None:
    modules = plays.plays(twins)
    assert modules
    assert [module.__name__ for module in modules if "The auditor: " not in (module.__doc__ or "")] == []


def test_each_scene_names_its_kind_of_case() -> None:
    modules = plays.plays(scenes)
    assert modules
    assert [module.__name__ for module in modules if "Kind of case: " not in (module.__doc__ or "")] == []


def test_each_scene_plays_at_its_strength(fifth: Any) -> None:
    fifth.assert_plays(INSTANCES)


def test_each_instance_has_a_subject_and_settlements(fifth: Any) -> None:
    planted = fifth.planted
    assert {"person", "payer_account", "provider", "group"} <= set(planted["entity_kind"])
    roles = planted.group_by("typology", "instance_id").agg(col("role").unique())
    assert roles["role"].list.contains("subject").all()
    of_care = roles.filter(~col("typology").is_in(WITHOUT_SETTLEMENTS))
    assert of_care["role"].list.contains("settlement").all()
    assert (planted.filter(col("role") == "subject")["amount_at_issue"] > 0).all()


def test_members_take_part(fifth: Any) -> None:
    members = fifth.planted.filter(col("role") == "member")
    rows = fifth.rows(fifth.planted).select("instance_id", "person_id", "provider_id", "mutual_aid_payer_id")
    acting = {(instance, who) for instance, *ids in rows.iter_rows() for who in ids if who is not None} | {
        (row["instance_id"], row["prescribed_at_the_desk"]) for row in _desks(fifth)
    }
    assert members.height > 0
    assert set(members.select("instance_id", "entity_id").iter_rows()) <= acting


def _desks(fifth: Any) -> list[dict[str, str]]:
    """Providers whose doctors wrote the prescriptions of planted purchases."""
    rows = fifth.rows(fifth.planted, "doctor_pharmacy_concentration").select("instance_id", "prescriber_id")
    staff = fifth.settlements.filter(col("care_type") == "outpatient").select("prescriber_id", "provider_id")
    both = rows.join(staff.unique(), on="prescriber_id").rename({"provider_id": "prescribed_at_the_desk"})
    desks: list[dict[str, str]] = both.unique().to_dicts()
    return desks


def test_each_typology_has_a_lookalike(fifth: Any) -> None:
    alike = fifth.lookalikes
    assert set(alike["typology"]) == INSTANCES.keys()
    roles = alike.group_by("instance_id").agg(col("role").unique())["role"]
    assert roles.list.contains("subject").all()
