"""What the second author plants is written down with its strength, exists, and adds up to the fen."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data_samples.city import simulate

col = pl.col
TYPOLOGIES = {
    "account_cash_out",
    "benefit_recalc_mismatch",
    "cap_rush",
    "capacity_anomaly",
    "card_concentration",
    "closed_policy_use",
    "co_visit_group",
    "credit_rule_violation",
    "doctor_pharmacy_concentration",
    "cross_provider_same_drug",
    "duplicate_benefit",
    "duplicate_trace_code",
    "family_authorization_violation",
    "fictitious_purchase",
    "impossible_travel",
    "ineligible_settlement",
    "inpatient_outpatient_overlap",
    "insider_operation",
    "oversupply",
    "professional_buyer",
    "prohibited_account_use",
    "refund_resettle_loop",
    "split_prescription",
}
WITHOUT_SETTLEMENTS = {"credit_rule_violation"}


def at_issue(city: Any) -> pl.DataFrame:
    """The settlements that the truth names, with what it says and what fund and accounts paid."""
    named = city.truth.filter(col("entity_kind") == "settlement")
    paid = (col("pool_paid") + col("account_paid") + col("mutual_aid_paid")).alias("paid")
    settlements = city.settlements.select(paid, entity_id="settlement_id")
    joined: pl.DataFrame = named.join(settlements, on="entity_id", how="left")
    return joined


def test_each_kind_is_planted_with_a_strength_a_subject_and_settlements(second: Any) -> None:
    assert set(second.planted["typology"]) == TYPOLOGIES
    instances = second.planted.group_by("typology", "instance_id").agg(
        col("role").unique(), col("strength").unique()
    )
    assert (instances["strength"].list.len() == 1).all()
    assert instances["role"].list.contains("subject").all()
    of_care = instances.filter(~col("typology").is_in(WITHOUT_SETTLEMENTS))
    assert of_care["role"].list.contains("settlement").all()
    counts = instances.group_by("typology").len()
    assert (counts["len"] >= 2).all()


def test_every_strength_occurs_where_there_are_enough_instances(second: Any) -> None:
    strengths = second.planted.group_by("typology").agg(
        col("strength").unique(), instances=col("instance_id").n_unique()
    )
    several = strengths.filter(col("instances") >= 5)
    assert several.height > 5
    assert (several["strength"].list.sort().list.len() == 3).all()
    assert set(second.planted["strength"]) == {1, 2, 3}


def test_each_kind_has_a_lookalike(second: Any) -> None:
    alike = second.lookalikes
    assert set(alike["typology"]) == TYPOLOGIES
    roles = alike.group_by("instance_id").agg(col("role").unique())["role"]
    assert roles.list.contains("subject").all()
    assert alike["instance_id"].str.starts_with("benign-").all()


def test_the_truth_names_rows_that_exist(second: Any) -> None:
    ids = {
        "settlement": second.settlements["settlement_id"],
        "person": second.persons["person_id"],
        "payer_account": second.persons["person_id"],
        "provider": second.providers["provider_id"],
    }
    for kind, known in ids.items():
        named = set(second.truth.filter(col("entity_kind") == kind)["entity_id"])
        assert named
        assert named <= set(known)


def test_scenes_and_twins_share_no_id(second: Any) -> None:
    planted, alike = (set(frame["entity_id"]) for frame in (second.planted, second.lookalikes))
    assert len(planted) > 1_000
    assert len(alike) > 1_000
    assert not planted & alike


def test_amounts_at_issue_are_exact(second: Any) -> None:
    rows = at_issue(second)
    assert rows["paid"].null_count() == 0
    assert rows.filter(col("paid") != col("amount_at_issue")).is_empty()
    sums = rows.group_by("instance_id").agg(whole=col("paid").sum())
    subjects = second.truth.filter((col("role") == "subject") & ~col("typology").is_in(WITHOUT_SETTLEMENTS))
    both = subjects.join(sums, on="instance_id", how="left")
    assert both.filter(col("whole") != col("amount_at_issue")).is_empty()
    credits_ = second.truth.filter((col("role") == "subject") & col("typology").is_in(WITHOUT_SETTLEMENTS))
    assert (credits_["amount_at_issue"] > 0).all()


def test_an_account_has_what_it_paid_itself_or_for_a_relative(second: Any) -> None:
    members = second.planted.filter((col("entity_kind") == "payer_account") & (col("role") == "member"))
    named = second.planted.filter(col("entity_kind") == "settlement").select(
        "instance_id", settlement_id="entity_id"
    )
    rows = named.join(second.settlements, on="settlement_id")
    account = pl.coalesce("mutual_aid_payer_id", "person_id").alias("entity_id")
    at_issue = (col("pool_paid") + col("account_paid") + col("mutual_aid_paid")).sum()
    sums = rows.group_by("instance_id", account).agg(paid=at_issue)
    both = members.join(sums, on=["instance_id", "entity_id"])
    assert both.height == members.height > 20
    assert both.filter(col("paid") != col("amount_at_issue")).is_empty()


def test_every_settlement_adds_up_to_the_fen(second: Any) -> None:
    parts = ("fully_self_paid", "over_limit_self_paid", "pre_self_paid", "in_scope_amount")
    payers = (
        "pool_paid",
        "other_fund_paid",
        "account_paid",
        "mutual_aid_paid",
        "cash_paid",
        "provider_borne",
    )
    rows = second.settlements
    for names in (parts, payers):
        assert rows.filter(sum(col(name) for name in names) != col("total_amount")).is_empty()
    own = rows.filter(col("reverses_settlement_id").is_null())
    assert own.select(pl.min_horizontal(*parts, *payers).min()).item() >= 0


@pytest.mark.slow
def test_same_seed_same_bytes(tmp_path: Path) -> None:
    digests = []
    for name, seed in (("once", 5), ("again", 5), ("other", 6)):
        out = tmp_path / name
        simulate(out, persons=1_000, months=4, seed=seed, area="150200", author="second")
        files = sorted(path for path in out.rglob("*") if path.is_file())
        digests.append(
            {str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
        )
    assert digests[0] == digests[1]
    assert digests[0] != digests[2]


@pytest.mark.slow
@pytest.mark.parametrize(("area", "months"), [("320600", 3), ("150200", 24)])
def test_the_smallest_cities_have_room_for_everything(tmp_path: Path, area: str, months: int) -> None:
    simulate(tmp_path, persons=1_000, months=months, seed=8, area=area, author="second")
    planted = pl.read_parquet(tmp_path / "truth" / "entities.parquet")
    assert planted["typology"].n_unique() > 15
    named = planted.filter(col("entity_kind") == "settlement")["entity_id"].implode()
    settlements = pl.read_parquet(tmp_path / "settlements" / "*.parquet")
    assert settlements.filter(col("settlement_id").is_in(named)).height == len(named[0])


@pytest.mark.slow
def test_a_clean_city_has_scans_and_nothing_planted(tmp_path: Path) -> None:
    simulate(tmp_path, persons=1_000, months=3, seed=5, area="320600", author="second", planted=False)
    assert pl.read_parquet(tmp_path / "truth" / "*.parquet").is_empty()
    scans = pl.read_parquet(tmp_path / "drug_trace_scans" / "*.parquet")
    assert scans.height > 500
    assert scans["trace_code"].is_unique().all()
