"""Planted care is what its scene says, and its twins are lawful, as the written tables show."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import polars as pl
import pytest

col = pl.col


def during_stays(city: Any, rows: pl.DataFrame) -> pl.DataFrame:
    """Which of these settlements are of a day strictly inside a stay of the patient that was settled."""
    stays = city.settlements.filter(
        (col("care_type") == "inpatient") & col("reverses_settlement_id").is_null()
    )
    both = rows.filter(col("care_type") != "inpatient").join(
        stays.select("person_id", first="admitted_on", last="discharged_on", at="provider_id"), on="person_id"
    )
    return both.filter((col("service_date") > col("first")) & (col("service_date") < col("last")))


def pairs_of_a_day(city: Any, rows: pl.DataFrame) -> pl.DataFrame:
    """Pairs of an instance's settlements at two providers on one day: hours between them, kilometers apart."""
    places = city.providers.select("provider_id", "latitude", "longitude")
    placed = rows.join(places, on="provider_id").with_columns(day=col("settled_at").dt.date())
    both = placed.join(placed, on=["instance_id", "day"], suffix="_next").filter(
        (col("provider_id") != col("provider_id_next"))
        & (
            (col("settled_at") < col("settled_at_next"))
            | (
                (col("settled_at") == col("settled_at_next"))
                & (col("settlement_id") < col("settlement_id_next"))
            )
        )
    )
    hours = (col("settled_at_next") - col("settled_at")).dt.total_seconds() / 3600
    north = (col("latitude_next") - col("latitude")) * 111.2
    east = (col("longitude_next") - col("longitude")) * 111.2 * math.cos(math.radians(32))
    return both.with_columns(hours=hours, km=(north**2 + east**2).sqrt())


def test_a_patient_in_hospital_is_treated_elsewhere_or_buys(city: Any) -> None:
    rows = city.settled("inpatient_outpatient_overlap")
    assert rows.height > 0
    assert during_stays(city, rows)["settlement_id"].n_unique() == rows.height
    assert set(rows["care_type"]) == {"pharmacy", "outpatient"}
    assert (rows["pool_paid"] + rows["account_paid"] > 0).all()


def test_care_around_a_stay_is_outside_it_or_paid_by_the_patient(town: Any) -> None:
    rows = town.settled("inpatient_outpatient_overlap", lookalike=True)
    inside = during_stays(town, rows)
    assert 0 < inside["instance_id"].n_unique() < rows["instance_id"].n_unique()
    assert (inside["cash_paid"] == inside["total_amount"]).all()
    # By order of the ward: the doctor works where the patient lies, not where the examination was made.
    works = town.settlements.select("prescriber_id", "provider_id").unique()
    ward = inside.join(works, left_on=["prescriber_id", "at"], right_on=["prescriber_id", "provider_id"])
    assert ward["settlement_id"].n_unique() > 0
    assert (inside["provider_id"] != inside["at"]).all()
    late = rows.filter(col("settled_at").dt.date() > col("service_date"))
    assert late.height > 0


def test_a_card_is_in_two_far_places_within_minutes(city: Any) -> None:
    rows = city.settled("impossible_travel")
    pairs = pairs_of_a_day(city, rows).filter(col("hours") <= 0.2)
    assert pairs.group_by("instance_id").len().height == rows["instance_id"].n_unique() > 0
    assert (pairs["km"] > 10).all()
    assert (pairs["km"] / pairs["hours"].clip(1e-9) > 60).all()
    assert rows["credential_type"].is_in(["id_card", "social_card"]).all()


def test_two_places_of_a_day_have_a_lawful_reason(town: Any) -> None:
    rows = town.settled("impossible_travel", lookalike=True)
    pairs = pairs_of_a_day(town, rows)
    agents = town.registered_contexts.filter(col("kind") == "agent_purchase")["person_id"]
    travelled = col("km") / col("hours") <= 40
    sent = (col("credential_type_next") == "e_credential") & (
        col("prescriber_id") == col("prescriber_id_next")
    )
    agent = col("person_id").is_in(agents.implode())
    uploaded = (col("service_date") < col("day")) | (col("service_date_next") < col("day"))
    for reason in (travelled, sent, agent, uploaded):
        assert pairs.filter(reason).height > 0
    reasons = pl.any_horizontal(reason.fill_null(False) for reason in (travelled, sent, agent, uploaded))
    assert pairs.filter(~reasons).is_empty()


def test_one_doctor_settles_just_below_a_limit_again_and_again(city: Any) -> None:
    rows = city.settled("split_prescription", strength=2)
    keys = ["instance_id", "person_id", "provider_id", "service_date", "prescriber_id"]
    days = rows.group_by(keys).agg(
        count=pl.len(),
        highest=col("total_amount").max(),
        lowest=col("total_amount").min(),
        took=col("settled_at").max() - col("settled_at").min(),
    )
    assert days.height > 0
    assert (days["count"] >= 4).all()
    assert (days["took"] <= dt.timedelta(hours=1)).all()
    assert rows["prescriber_id"].is_not_null().all()
    assert days.filter(
        ~pl.any_horizontal(
            (col("highest") < limit) & (col("lowest") > 0.94 * limit) for limit in (100, 200, 300, 500)
        )
    ).is_empty()


def test_several_settlements_of_a_day_are_of_several_doctors_or_do_not_stand(town: Any) -> None:
    rows = town.settled("split_prescription", lookalike=True)
    back = town.settlements["reverses_settlement_id"].drop_nulls()
    standing = rows.filter(~col("settlement_id").is_in(back.implode()))
    by_doctor = standing.group_by("instance_id", "person_id", "service_date", "prescriber_id").len()
    assert (by_doctor["len"] <= 2).all()
    assert (rows.group_by("instance_id").len()["len"] >= 2).all()
    assert (rows.group_by("instance_id", "service_date").len()["len"] >= 4).any()


@pytest.mark.parametrize(
    "typology", ["inpatient_outpatient_overlap", "impossible_travel", "split_prescription"]
)
def test_the_ordinary_life_of_the_players_stays_lawful(town: Any, typology: str) -> None:
    """Nobody of a scene settles strictly inside a stay by what the background adds."""
    players = town.settled(typology)["person_id"].unique()
    lives = town.ordinary.filter(col("person_id").is_in(players.implode()))
    assert lives.height > 0
    assert during_stays(town, lives).is_empty()
