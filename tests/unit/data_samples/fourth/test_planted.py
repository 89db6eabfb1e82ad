"""What the fourth author plants: 32 businesses of 24 typologies, and at least as many look-alikes."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from support.planted_cities import names

from data_samples.fourth import life, scenes, twins

col = pl.col
INSTANCES = {
    "account_cash_out": 3,
    "cap_rush": 1,
    "capacity_anomaly": 1,
    "card_concentration": 1,
    "co_visit_group": 1,
    "credit_rule_violation": 1,
    "doctor_pharmacy_concentration": 1,
    "duplicate_benefit": 1,
    "duplicate_trace_code": 1,
    "family_authorization_violation": 2,
    "fictitious_purchase": 3,
    "hanging_bed_short_stay": 1,
    "impersonation": 1,
    "ineligible_settlement": 3,
    "insider_operation": 1,
    "oversupply": 1,
    "peer_outlier": 1,
    "professional_buyer": 1,
    "prohibited_account_use": 1,
    "refund_resettle_loop": 1,
    "split_admission": 1,
    "split_prescription": 1,
    "staff_self_dealing": 1,
    "substitution": 2,
}
"""How many scenes, and so how many instances at least, a typology has."""
SUBJECTS = {"person", "payer_account", "provider", "group"}


def test_there_are_as_many_scenes_as_the_typologies_have_and_more_twins() -> None:
    assert len(names(scenes)) == sum(INSTANCES.values())
    assert len(names(twins)) > len(names(scenes))
    assert len(names(life)) >= 3


@pytest.mark.parametrize(("package", "room"), [(scenes, 39), (twins, 50), (life, 10)])
def test_each_play_has_a_stream_of_its_own(package: Any, room: int) -> None:
    assert 0 < len(names(package)) <= room


def test_each_scene_plays_at_its_strength(fourth: Any) -> None:
    fourth.assert_plays(INSTANCES)


def test_each_instance_has_a_subject_and_settlements(fourth: Any) -> None:
    planted = fourth.planted
    assert set(planted.filter(col("role") == "subject")["entity_kind"]) == SUBJECTS
    roles = planted.group_by("typology", "instance_id").agg(col("role").unique())
    assert roles["role"].list.contains("subject").all()
    of_care = roles.filter(col("typology") != "credit_rule_violation")
    assert of_care["role"].list.contains("settlement").all()
    assert (planted.filter(col("role") == "subject")["amount_at_issue"] > 0).all()


def test_each_typology_has_a_lookalike(fourth: Any) -> None:
    alike = fourth.lookalikes
    assert set(alike["typology"]) == INSTANCES.keys()
    roles = alike.group_by("instance_id").agg(col("role").unique())["role"]
    assert roles.list.contains("subject").all()
