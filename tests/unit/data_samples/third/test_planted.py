"""What the third author plants is written down with its strength, exists, and adds up to the fen."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from support.planted_cities import names

from data_samples.third import life, scenes, twins

col = pl.col
TYPOLOGIES = {
    "account_cash_out",
    "age_incompatible_item",
    "benefit_recalc_mismatch",
    "cap_rush",
    "capacity_anomaly",
    "card_concentration",
    "closed_policy_use",
    "co_visit_group",
    "credit_rule_violation",
    "cross_provider_same_drug",
    "data_transmission_defect",
    "doctor_pharmacy_concentration",
    "duplicate_benefit",
    "duplicate_charge",
    "duplicate_trace_code",
    "family_authorization_violation",
    "fictitious_purchase",
    "hanging_bed_short_stay",
    "high_risk_drug_watch",
    "impersonation",
    "impossible_travel",
    "ineligible_settlement",
    "inpatient_outpatient_overlap",
    "insider_operation",
    "ledger_break",
    "over_frequency_test",
    "oversupply",
    "peer_outlier",
    "professional_buyer",
    "prohibited_account_use",
    "refund_resettle_loop",
    "sex_incompatible_item",
    "split_admission",
    "split_prescription",
    "staff_self_dealing",
    "substitution",
    "trace_code_origin_conflict",
}
IN_THE_LEDGER = {"credit_rule_violation", "ledger_break"}
IN_OTHER_WAYS = {
    "account_cash_out_monthly",
    "family_authorization_after_the_end",
    "family_authorization_ring",
    "ineligible_in_arrears",
    "ineligible_provider",
}
"""Scenes of a typology that has another scene, too."""


def test_there_is_a_scene_for_each_typology_and_at_least_as_many_twins() -> None:
    assert names(scenes) == TYPOLOGIES | IN_OTHER_WAYS
    assert len(names(twins)) >= len(names(scenes))
    assert len(names(life)) >= 3


@pytest.mark.parametrize(("package", "room"), [(scenes, 42), (twins, 52), (life, 5)])
def test_each_play_has_a_stream_of_its_own(package: Any, room: int) -> None:
    assert 0 < len(names(package)) <= room


def test_each_scene_plays_at_each_strength(third: Any) -> None:
    planted = third.planted
    assert set(planted["typology"]) == TYPOLOGIES
    assert set(planted["strength"]) == {third.strength}
    instances = planted.group_by("typology").agg(col("instance_id").n_unique())
    counts = dict(instances.iter_rows())
    for typology in ("account_cash_out", "family_authorization_violation", "ineligible_settlement"):
        assert counts[typology] >= 2
    roles = planted.group_by("typology", "instance_id").agg(col("role").unique())
    assert roles["role"].list.contains("subject").all()
    of_care = roles.filter(~col("typology").is_in(IN_THE_LEDGER))
    assert of_care["role"].list.contains("settlement").all()


def test_each_typology_has_a_lookalike(third: Any) -> None:
    alike = third.lookalikes
    assert set(alike["typology"]) == TYPOLOGIES
    assert alike["instance_id"].str.starts_with("benign-").all()
    roles = alike.group_by("instance_id").agg(col("role").unique())["role"]
    assert roles.list.contains("subject").all()
