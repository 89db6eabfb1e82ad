"""The innocent twins are recorded, resemble what they are recorded for, and are lawful by slow, obvious checks."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data_samples import plays, twins
from data_samples.city import instances_for, simulate
from data_samples.magnitudes import area_magnitudes, magnitudes

col = pl.col
PERMITTED = {"spouse", "parent", "child"}
FOREVER = dt.date.max
PERSONS = 6_000


@pytest.fixture(scope="module")
def alike(town: Any) -> pl.DataFrame:
    """The look-alikes of the truth."""
    return pl.read_parquet(town.folder / "truth" / "benign_lookalikes.parquet")


@pytest.fixture(scope="module")
def rows(town: Any, alike: pl.DataFrame) -> pl.DataFrame:
    """The settlements of all twins, with typology and instance; their reversals left out."""
    named = alike.filter(col("entity_kind") == "settlement")
    keys = named.select("typology", "instance_id", settlement_id="entity_id")
    joined = keys.join(town.settlements, on="settlement_id")
    assert joined.height == named.height
    return joined


@pytest.fixture(scope="module")
def reversed_at(town: Any) -> dict[str, dt.datetime]:
    """When settlements were reversed."""
    back = town.settlements.filter(col("reverses_settlement_id").is_not_null())
    return dict(back.select("reverses_settlement_id", "settled_at").iter_rows())


def test_every_planted_typology_has_at_least_as_many_twins(town: Any, alike: pl.DataFrame) -> None:
    wanted = instances_for(PERSONS, magnitudes())
    counts = dict(alike.group_by("typology").agg(col("instance_id").n_unique()).iter_rows())
    assert set(counts) == set(town.planted["typology"])
    assert min(counts.values()) >= wanted


def test_every_twin_has_a_subject_and_settlements(alike: pl.DataFrame) -> None:
    roles = alike.group_by("instance_id").agg(col("role").unique())
    assert roles.filter(~col("role").list.contains("subject")).is_empty()
    without = roles.filter(~col("role").list.contains("settlement"))["instance_id"]
    assert without.str.contains("credit_rule_violation|ledger_break|prohibited_account_use").all()
    assert alike["instance_id"].str.starts_with("benign-").all()


def test_the_patient_is_alive_and_enrolled_when_care_is_given(town: Any, rows: pl.DataFrame) -> None:
    intervals = defaultdict(list)
    for item in town.enrolments.iter_rows(named=True):
        intervals[item["person_id"]].append(item)
    deaths = dict(town.persons.select("person_id", "death_date").iter_rows())
    elsewhere = 0
    for row in rows.iter_rows(named=True):
        day, person = row["service_date"], row["person_id"]
        assert day <= (deaths[person] or FOREVER)
        if not intervals[person]:
            # Insured in another area: an account here pays.
            elsewhere += 1
            assert row["mutual_aid_payer_id"] is not None
            assert row["pool_paid"] == 0
            continue
        there = [
            interval
            for interval in intervals[person]
            if interval["start_date"] <= day <= (interval["end_date"] or FOREVER)
        ]
        assert [item["status"] for item in there] == ["active"]
        assert [(item["scheme"], item["person_category"]) for item in there] == [
            (row["scheme"], row["person_category"])
        ]
    assert elsewhere > 0


def test_a_provider_without_agreement_only_ends_stays_and_takes_emergencies(
    town: Any, rows: pl.DataFrame
) -> None:
    away = defaultdict(list)
    for item in town.provider_status.filter(col("status") != "active").iter_rows(named=True):
        away[item["provider_id"]].append((item["from"], item["to"] or FOREVER))
    excused: Counter[str] = Counter()
    for row in rows.iter_rows(named=True):
        for first, last in away[row["provider_id"]]:
            if first <= row["service_date"] <= last:
                began_before = row["care_type"] == "inpatient" and row["admitted_on"] < first
                assert began_before or row["care_type"] == "emergency"
                excused[row["care_type"]] += 1
    assert set(excused) == {"inpatient", "emergency"}


def test_relatives_pay_as_authorized_and_permitted(
    town: Any, rows: pl.DataFrame, reversed_at: dict[str, dt.datetime]
) -> None:
    granted = defaultdict(list)
    for item in town.family_authorizations.iter_rows(named=True):
        granted[item["payer_id"], item["beneficiary_id"]].append(item)
    enrolled = defaultdict(list)
    for item in town.enrolments.filter(col("status") == "active").iter_rows(named=True):
        enrolled[item["person_id"]].append((item["start_date"], item["end_date"] or FOREVER))
    in_force = area_magnitudes(magnitudes(), "320600")["policy_start"]
    paid = rows.filter(col("mutual_aid_payer_id").is_not_null())
    assert paid.height > 100
    for row in paid.iter_rows(named=True):
        payer, at = row["mutual_aid_payer_id"], row["settled_at"]
        if row["settlement_id"] in reversed_at:
            continue
        valid = [
            item
            for item in granted[payer, row["person_id"]]
            if item["valid_from"] <= at <= (item["valid_to"] or dt.datetime.max)
        ]
        assert valid
        assert {item["relation"] for item in valid} <= PERMITTED
        assert any(first <= at.date() <= last for first, last in enrolled[payer])
        assert at.date() >= in_force


def test_a_payment_too_early_was_undone_and_made_again(
    town: Any, rows: pl.DataFrame, reversed_at: dict[str, dt.datetime]
) -> None:
    aided = rows.filter(
        (col("typology") == "family_authorization_violation")
        & col("settlement_id").is_in(pl.Series(list(reversed_at)).implode())
    )
    assert aided.height > 0
    for row in aided.iter_rows(named=True):
        again = rows.filter(
            (col("instance_id") == row["instance_id"])
            & (col("settled_at") > reversed_at[row["settlement_id"]])
            & (col("total_amount") == row["total_amount"])
        )
        assert again.height == 1


def test_a_visit_is_corrected_once_and_then_settled_right(
    rows: pl.DataFrame, reversed_at: dict[str, dt.datetime]
) -> None:
    loops = rows.filter(col("typology") == "refund_resettle_loop")
    for _, mine in loops.sort("settled_at").group_by("person_id"):
        wrong = [key for key in mine["settlement_id"] if key in reversed_at]
        right = mine.filter(~col("settlement_id").is_in(wrong))["settled_at"].to_list()
        assert 1 <= len(wrong) <= 3
        assert len(right) == len(wrong)
        assert len(set(mine.filter(col("settlement_id").is_in(wrong))["service_date"])) == len(wrong)
        for key in wrong:
            assert any(dt.timedelta(0) < at - reversed_at[key] <= dt.timedelta(hours=3) for at in right)


def test_the_pooled_fund_pays_only_where_it_may(town: Any, rows: pl.DataFrame) -> None:
    ordinary = col("care_type").is_in(["outpatient", "emergency", "pharmacy"])
    pooled = rows.filter((col("pool_paid") > 0) & ordinary).join(
        town.providers.select("provider_id", "pooled_outpatient_from"), on="provider_id"
    )
    assert pooled.height > 100
    assert pooled["pooled_outpatient_from"].is_not_null().all()
    assert (pooled["service_date"] >= pooled["pooled_outpatient_from"]).all()


def test_no_one_is_elsewhere_during_a_stay(town: Any, rows: pl.DataFrame) -> None:
    stays = town.settlements.filter(
        (col("care_type") == "inpatient") & col("reverses_settlement_id").is_null()
    ).select("person_id", first="admitted_on", last="discharged_on")
    playing = town.settlements.filter(
        col("person_id").is_in(rows["person_id"].unique().implode()) & (col("care_type") != "inpatient")
    )
    # Who is examined elsewhere by order of the ward pays for it.
    playing = playing.filter(col("cash_paid") < col("total_amount"))
    both = playing.filter(col("reverses_settlement_id").is_null()).join(stays, on="person_id")
    assert both.height > 0
    assert both.filter((col("service_date") > col("first")) & (col("service_date") < col("last"))).is_empty()


def test_prescriptions_come_before_care(rows: pl.DataFrame) -> None:
    assert rows.filter(col("prescribed_at") > col("settled_at")).is_empty()
    dead = rows.filter(col("typology") == "ineligible_settlement")
    assert dead.filter(col("prescribed_at").dt.date() > col("service_date")).is_empty()


def test_some_is_settled_after_the_death(town: Any, rows: pl.DataFrame) -> None:
    both = rows.join(town.persons.drop_nulls("death_date"), on="person_id")
    late = both.filter(col("settled_at").dt.date() > col("death_date"))
    assert set(late["typology"]) == {"ineligible_settlement"}
    assert both.filter(col("service_date") == col("death_date")).height > 0


def test_authorizations_are_renewed_without_a_gap(town: Any, rows: pl.DataFrame) -> None:
    aided = rows.filter(col("typology") == "family_authorization_violation")
    pairs = set(aided.select("mutual_aid_payer_id", "person_id").iter_rows())
    seams = 0
    for pair, mine in town.family_authorizations.sort("valid_from").group_by("payer_id", "beneficiary_id"):
        if pair in pairs and mine.height > 1:
            ends = mine["valid_to"].to_list()
            for end, following in pairwise(zip(ends, mine["valid_from"], strict=True)):
                seams += end[0] is not None and following[1] - end[0] == dt.timedelta(seconds=1)
    assert seams > 0


def test_batches_of_colleagues_nursing_homes_and_crowds_look_like_batches(rows: pl.DataFrame) -> None:
    batches = (
        rows.filter(col("typology") == "card_concentration")
        .group_by("instance_id", "provider_id", "service_date")
        .agg(people=col("person_id").n_unique())
    )
    largest = batches.group_by("instance_id").agg(col("people").max(), days=pl.len())
    assert (largest["people"] >= 5).all()
    assert largest.filter(col("people") >= 13).height > 0
    assert largest.filter(col("days") >= 4).height > 0


def test_groups_of_twins_meet_on_six_days_or_more(rows: pl.DataFrame) -> None:
    groups = rows.filter(col("typology") == "co_visit_group")
    days = groups.group_by("instance_id").agg(col("service_date").n_unique(), col("person_id").n_unique())
    assert (days["service_date"] >= 6).all()
    assert (days["person_id"] >= 2).all()


def test_the_lawful_reason_is_in_the_data_for_some_and_not_for_others(town: Any, alike: pl.DataFrame) -> None:
    registered = town.registered_contexts
    known = {
        "person": set(registered["person_id"].drop_nulls()),
        "provider": set(registered.filter(col("person_id").is_null())["provider_id"].drop_nulls()),
    }
    for typology in ("card_concentration", "co_visit_group", "professional_buyer"):
        named: dict[str, bool] = {}
        for row in alike.filter(col("typology") == typology).iter_rows(named=True):
            seen = row["entity_id"] in known.get(row["entity_kind"], ())
            named[row["instance_id"]] = named.get(row["instance_id"], False) or seen
        assert set(named.values()) == {True, False}


@pytest.mark.slow
def test_twins_change_neither_scenes_nor_the_life_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = plays.plays
    for name in ("with", "without"):
        simulate(tmp_path / name, persons=4_000, months=3, seed=3, area="320600")
        monkeypatch.setattr(plays, "plays", lambda package: [] if package is twins else every(package))
    planted = [
        pl.read_parquet(tmp_path / name / "truth" / "entities.parquet").drop("amount_at_issue")
        for name in ("with", "without")
    ]
    assert planted[0].equals(planted[1])
    lives = [
        pl.read_parquet(tmp_path / name / "settlements" / "*.parquet").select(
            "settlement_id", "person_id", "provider_id", "settled_at", "service_date", "total_amount"
        )
        for name in ("with", "without")
    ]
    alike = pl.read_parquet(tmp_path / "with" / "truth" / "benign_lookalikes.parquet")
    families = pl.read_parquet(tmp_path / "with" / "family_authorizations.parquet")["beneficiary_id"]
    touched = pl.concat([alike["entity_id"], families]).implode()
    untouched = ~col("person_id").is_in(touched) & ~col("provider_id").is_in(touched)
    kept = [life.filter(untouched).sort("settlement_id") for life in lives]
    assert kept[0].height > 500
    assert kept[0].equals(kept[1])


def test_a_renewed_agreement_follows_the_earlier_one_on_the_next_day(town: Any, alike: pl.DataFrame) -> None:
    subjects = set(alike.filter(col("typology") == "ineligible_settlement")["entity_id"])
    active = town.provider_status.filter(col("status") == "active").sort("from")
    renewed = 0
    for (provider,), mine in active.group_by("provider_id"):
        ends, starts = mine["to"].to_list()[:-1], mine["from"].to_list()[1:]
        renewed += provider in subjects and any(
            start - end == dt.timedelta(days=1) for end, start in zip(ends, starts, strict=True)
        )
    assert renewed > 0
