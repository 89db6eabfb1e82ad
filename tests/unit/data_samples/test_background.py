"""Outside the truth the city is lawful: the slow, obvious check of each planted pattern finds nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from itertools import combinations
from typing import Any

import polars as pl

col = pl.col
PERMITTED = {"spouse", "parent", "child"}


def test_no_one_settles_after_death(city: Any) -> None:
    deaths = city.persons.filter(col("death_date").is_not_null())
    assert deaths.height > 0
    both = city.ordinary.join(deaths, on="person_id")
    assert both.filter(col("service_date") > col("death_date")).is_empty()


def test_everybody_is_enrolled_in_the_scheme_and_category_of_the_settlement(city: Any) -> None:
    intervals = defaultdict(list)
    # Somebody who is enrolled in both schemes is planted.
    twice = set(city.named_by("duplicate_benefit").explode())
    for row in city.enrolments.iter_rows(named=True):
        intervals[row["person_id"]].append(row)
    for row in city.ordinary.iter_rows(named=True):
        mine = intervals[row["person_id"]]
        if row["person_id"] in twice:
            continue
        if not mine:
            # A relative insured elsewhere comes only when an account here pays.
            assert row["mutual_aid_payer_id"] is not None or row["account_paid"] == row["pool_paid"] == 0
            continue
        day = row["service_date"]
        there = [item for item in mine if item["start_date"] <= day <= (item["end_date"] or dt.date.max)]
        assert len(there) == 1
        assert there[0]["status"] == "active"
        assert (there[0]["scheme"], there[0]["person_category"]) == (row["scheme"], row["person_category"])


def test_no_one_is_elsewhere_during_a_stay(town: Any) -> None:
    stays = town.settlements.filter(
        (col("care_type") == "inpatient") & col("reverses_settlement_id").is_null()
    ).select("person_id", first="admitted_on", last="discharged_on")
    both = town.ordinary.filter(col("care_type") != "inpatient").join(stays, on="person_id")
    assert both.height > 0
    assert both.filter((col("service_date") > col("first")) & (col("service_date") < col("last"))).is_empty()


def test_intervals_of_enrolment_do_not_overlap(city: Any) -> None:
    rows = city.enrolments.filter(~col("person_id").is_in(city.named_by("duplicate_benefit")))
    rows = rows.sort("person_id", "start_date")
    following = col("start_date").shift(-1).over("person_id")
    assert rows.filter((col("end_date") >= following) | (col("end_date") < col("start_date"))).is_empty()
    assert rows.filter(col("end_date").is_null() & following.is_not_null()).is_empty()


def test_every_provider_has_an_agreement_on_the_day(city: Any) -> None:
    away = city.provider_status.filter(col("status") != "active")
    both = city.ordinary.join(away, on="provider_id")
    assert both.filter(
        (col("service_date") >= col("from")) & (col("service_date") <= col("to").fill_null(dt.date.max))
    ).is_empty()
    signed = city.ordinary.join(city.providers, on="provider_id")
    assert signed.height == city.ordinary.height
    assert signed.filter(col("service_date") < col("agreement_start")).is_empty()


def test_relatives_pay_only_as_authorized_and_permitted(city: Any) -> None:
    granted = defaultdict(list)
    for row in city.family_authorizations.iter_rows(named=True):
        granted[row["payer_id"], row["beneficiary_id"]].append(row)
    paid = city.ordinary.filter(col("mutual_aid_payer_id").is_not_null())
    assert paid.height > 50
    for row in paid.iter_rows(named=True):
        valid = [
            item
            for item in granted[row["mutual_aid_payer_id"], row["person_id"]]
            if item["valid_from"] <= row["settled_at"] <= (item["valid_to"] or dt.datetime.max)
        ]
        assert valid
        assert {item["relation"] for item in valid} <= PERMITTED


def test_some_relatives_are_insured_elsewhere(city: Any) -> None:
    elsewhere = city.persons.join(city.enrolments, on="person_id", how="anti")
    both = city.ordinary.join(elsewhere, on="person_id")
    assert both.height > 0
    assert (both["pool_paid"] == 0).all()


def test_no_one_has_more_than_two_quick_reversals(city: Any) -> None:
    back = city.settlements.filter(col("reverses_settlement_id").is_not_null())
    both = city.ordinary.join(
        back, left_on="settlement_id", right_on="reverses_settlement_id", suffix="_back"
    )
    quick = both.filter(col("settled_at_back") - col("settled_at") <= dt.timedelta(minutes=30))
    assert quick.height > 20
    assert max(Counter(quick["person_id"]).values()) <= 2


def test_no_strangers_meet_again_and_again_without_a_context(city: Any) -> None:
    """Pairs of different households, within 30 minutes at one provider, on five days or more."""
    known = set(city.registered_contexts["person_id"].drop_nulls())
    kin = {
        frozenset(pair)
        for pair in city.family_authorizations.select("payer_id", "beneficiary_id").iter_rows()
    }
    days: Counter[frozenset[str]] = Counter()
    rows = city.ordinary.filter(~col("person_id").is_in(pl.Series(sorted(known)).implode()))
    for _, visits in rows.sort("settled_at").group_by("provider_id", "service_date"):
        met = {
            frozenset((item[0], other[0]))
            for item, other in combinations(visits.select("person_id", "settled_at").rows(), 2)
            if item[0] != other[0] and abs(item[1] - other[1]) <= dt.timedelta(minutes=30)
        }
        days.update(met)
    often = {pair for pair, count in days.items() if count >= 5} - kin
    # What is left are families that have made no authorization.
    births = dict(city.persons.select("person_id", "region_code").iter_rows())
    assert len(often) <= 5
    assert all(len({births[person] for person in pair}) == 1 for pair in often)


def test_sizes_are_those_of_a_city(city: Any) -> None:
    forward = city.settlements.filter(col("reverses_settlement_id").is_null())
    kinds = dict(forward["care_type"].value_counts(normalize=True).iter_rows())
    assert 0.35 < kinds["pharmacy"] < 0.6
    assert 0.3 < kinds["outpatient"] < 0.5
    reversed_share = 1 - forward.height / city.settlements.height
    assert 0.03 < reversed_share < 0.07
    pharmacy = forward.filter(col("care_type") == "pharmacy")["total_amount"]
    assert 60 < pharmacy.median() < 90
    employed = city.enrolments.filter(col("scheme") == "employee").unique("person_id")
    assert 0.2 < (employed["person_category"] == "retired").mean() < 0.35
    assert 0.4 < (city.providers["provider_kind"] == "pharmacy").mean() < 0.6
    owners = employed.height
    assert 0.08 < city.family_authorizations["payer_id"].n_unique() / owners < 0.25


def test_no_one_pays_for_many_or_is_paid_for_by_many(city: Any) -> None:
    aided = city.ordinary.filter(col("mutual_aid_payer_id").is_not_null())
    users = aided.group_by("mutual_aid_payer_id").agg(col("person_id").n_unique())
    owners = aided.group_by("person_id").agg(col("mutual_aid_payer_id").n_unique())
    assert (users["person_id"] < 6).all()
    assert (owners["mutual_aid_payer_id"] <= 2).all()


def test_no_one_buys_watched_drugs_month_after_month_at_many_pharmacies(city: Any) -> None:
    watched = city.item_reference.filter(col("watch_list")).select("item_code")
    lines = city.charge_lines.join(watched, on="item_code").select("settlement_id").unique()
    buys = city.ordinary.filter(col("care_type") == "pharmacy").join(lines, on="settlement_id")
    assert (buys.group_by("person_id").agg(col("provider_id").n_unique())["provider_id"] < 3).all()


def test_no_pharmacy_swipes_the_same_ten_cards_again(city: Any) -> None:
    """Ten people within 40 minutes at one pharmacy, of whom at least five come so on another day too."""
    crowds: dict[str, list[set[str]]] = defaultdict(list)
    pharmacy = city.ordinary.filter(col("care_type") == "pharmacy").sort("settled_at")
    for (provider, _), visits in pharmacy.group_by("provider_id", "service_date"):
        rows = visits.sort("settled_at").select("person_id", "settled_at").rows()
        for first in rows:
            near = {item for item, at in rows if dt.timedelta(0) <= at - first[1] <= dt.timedelta(minutes=40)}
            if len(near) >= 10:
                crowds[provider].append(near)
                break
    for groups in crowds.values():
        assert all(len(item & other) < 5 for item, other in combinations(groups, 2))
