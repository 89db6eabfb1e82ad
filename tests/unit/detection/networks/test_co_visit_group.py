"""A planted group is detected, chance and lawful reasons are not, and names do not matter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl
import pytest
from support.random_worlds.period import FIRST, FIRST_DAY
from support.random_worlds.town import Town, person, provider, town

from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import evaluate
from detection.networks.co_visit_group import artifacts, evidence
from detection.networks.reasons import ReasonBounds
from detection.networks.screen import group_id
from features.engine import Views, collect
from features.policy import load_policy
from features.tables import Tables
from models.meetings.bounds import Bounds

pytestmark = pytest.mark.slow

GROUP = [person(number) for number in range(0, 240, 30)]
DAYS = [5, 20, 33, 62, 80, 99, 115, 130, 150]
DETECTOR = "co_visit_group"


def of_day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def context(tables: Tables) -> DetectorContext:
    return DetectorContext(tables, Views(tables), load_policy("none"), "none")


@dataclass(frozen=True)
class Network:
    """The tables of the Network screen."""

    groups: pl.DataFrame
    edges: pl.DataFrame
    days: pl.DataFrame


def detected(tables: Tables) -> Network:
    return Network(**artifacts(context(tables), catalogue()[DETECTOR].card.statistical_thresholds))


def with_group(seed: int = 1) -> Town:
    made = town(seed=seed)
    made.together(GROUP, provider(3), DAYS)
    return made


def test_a_planted_group_is_detected_with_its_days() -> None:
    net = detected(with_group().tables())
    assert net.groups["group_id"].to_list() == [group_id(GROUP)]
    assert net.groups.select("members", "days", "seen", "providers").rows() == [(8, 9, 9, 1)]
    assert net.groups["expected"][0] < 1
    assert net.groups["p_value"][0] < 1e-5
    assert sorted(set(net.days["day"])) == [FIRST_DAY + day for day in DAYS]
    assert set(net.days["person_id"]) == set(GROUP)
    assert net.edges.height == len(GROUP) * (len(GROUP) - 1) // 2
    assert net.edges["days_together"].to_list() == [9] * 28


def test_hits_are_the_settlements_of_the_days() -> None:
    given = context(with_group().tables())
    hits = evaluate(catalogue()[DETECTOR], given).hits
    assert sorted(hits["settlement_id"]) == sorted(detected(given.whole).days["settlement_id"])
    assert hits["strength"].n_unique() == 1
    assert set(hits["member_id"]) == set(GROUP)


def test_the_group_meets_at_several_providers() -> None:
    made = town()
    for number, day in enumerate(DAYS):
        made.together(GROUP, provider(number), [day])
    assert detected(made.tables()).groups["providers"].to_list() == [9]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_ordinary_town_has_no_group(seed: int) -> None:
    assert detected(town(seed=seed).tables()).groups.is_empty()


@pytest.mark.parametrize("seed", [11, 12])
def test_where_chance_alone_brings_people_together_there_is_no_group(seed: int) -> None:
    made = with_group()
    settled = [row["settled_at"] for row in made.rows["settlements"]]
    days = np.random.default_rng(seed).permutation([at.toordinal() for at in settled])
    for row, at, day in zip(made.rows["settlements"], settled, days, strict=True):
        row["settled_at"] = dt.datetime.combine(dt.date.fromordinal(int(day)), at.time())
    assert detected(made.tables()).groups.is_empty()


def test_colleagues_at_a_health_check_are_not_raised() -> None:
    made = with_group()
    made.employ(GROUP, "works")
    assert detected(made.tables()).groups.is_empty()


def test_a_group_in_which_some_are_colleagues_is_graded_lower() -> None:
    alone, mixed = with_group(), with_group()
    mixed.employ(GROUP[:4], "works")
    before, after = detected(alone.tables()).groups, detected(mixed.tables()).groups
    assert after["strength"][0] == pytest.approx(before["strength"][0] - 2.5)
    assert after["same_employer"][0] == 0.5


def test_one_family_is_not_raised_in_either_direction_of_authorization() -> None:
    made = with_group()
    for other in GROUP[1:4]:
        made.authorization(GROUP[0], other)
    for other in GROUP[4:]:
        made.authorization(other, GROUP[0])
    assert detected(made.tables()).groups.is_empty()


@pytest.mark.parametrize(
    "contexts",
    [
        [{"kind": "nursing_home", "person": member} for member in GROUP],
        [
            {"kind": "clinic_day", "provider": provider(3), "since": of_day(day), "until": of_day(day)}
            for day in DAYS
        ],
        [{"kind": "agent_purchase", "person": member, "provider": provider(3)} for member in GROUP],
    ],
)
def test_a_registered_context_explains(contexts: list[dict[str, Any]]) -> None:
    made = with_group()
    for context in contexts:
        made.context(**context)
    assert detected(made.tables()).groups.is_empty()


@pytest.mark.parametrize(
    "context",
    [
        {"kind": "clinic_day", "provider": provider(4)},
        {"kind": "nursing_home", "person": GROUP[0], "until": of_day(1)},
        {"kind": "event"},
    ],
)
def test_a_context_elsewhere_or_over_or_without_a_person_explains_nothing(context: dict[str, Any]) -> None:
    made = with_group()
    made.context(**context)
    assert detected(made.tables()).groups["in_context"].to_list() == [0.0]


def test_a_dialysis_shift_is_not_raised() -> None:
    made = town()
    made.together(GROUP, provider(3), DAYS * 2, programme="dialysis")
    assert detected(made.tables()).groups.is_empty()


def test_order_of_rows_does_not_matter() -> None:
    tables = with_group().tables()
    settlements: pl.LazyFrame = tables.settlements.to_native()
    shuffled = settlements.collect().sample(fraction=1, shuffle=True, seed=3).lazy()
    other = tables.replacing(settlements=nw.from_native(shuffled))
    first, second = detected(tables), detected(other)
    assert first.groups.equals(second.groups)
    assert first.edges.equals(second.edges)
    assert first.days.equals(second.days)


def test_other_names_give_the_same_groups() -> None:
    made, renamed = with_group(), with_group()
    for row in renamed.rows["settlements"]:
        row |= {name: _other(row[name]) for name in ("person_id", "provider_id")}
    for row in renamed.rows["family_authorizations"]:
        row |= {name: _other(row[name]) for name in ("payer_id", "beneficiary_id")}
    before, after = detected(made.tables()), detected(renamed.tables())
    assert after.groups["group_id"].to_list() == [group_id([_other(member) for member in GROUP])]
    assert after.groups.drop("group_id", "same_division").equals(
        before.groups.drop("group_id", "same_division")
    )


def _other(name: str) -> str:
    """Another id, in another order."""
    return f"{name[0]}{name[:0:-1]}x"


def test_a_source_with_days_only_still_shows_the_group() -> None:
    tables = replace(with_group().tables(), day_precision=frozenset({"settlements.settled_at"}))
    result = evaluate(catalogue()[DETECTOR], context(tables))
    assert result.assessability.status != "not_assessable"
    assert set(result.hits["member_id"]) == set(GROUP)


def test_members_and_the_provider_and_no_others_have_evidence() -> None:
    given = context(with_group().tables())
    rows = collect(evidence(given, catalogue()[DETECTOR].card.statistical_thresholds))
    persons = rows.filter(pl.col("subject_kind") == "person")
    assert set(persons["subject_id"]) == set(GROUP)
    assert persons["value"].is_between(3, 6).all()
    assert (persons["observed"] > 3 * persons["expected"]).all()
    assert rows.filter(pl.col("subject_kind") == "provider")["subject_id"].to_list() == [provider(3)]


def test_a_larger_town_with_a_busy_hospital() -> None:
    made = town(persons=3000, providers=40)
    for number in range(0, 3000, 2):
        made.settle(person(number), provider(0), made.draw.randrange(180), made.draw.randrange(480, 600))
    made.together(GROUP, provider(0), DAYS)
    assert set(GROUP) <= set(detected(made.tables()).days["person_id"])


def test_the_cards_of_batches_and_of_groups_share_their_thresholds() -> None:
    cards = [catalogue()[name].card.statistical_thresholds for name in (DETECTOR, "card_concentration")]
    names = [field.name for bounds in (Bounds, ReasonBounds) for field in fields(bounds)]
    assert [cards[0].latest(name) for name in names] == [cards[1].latest(name) for name in names]


def test_a_household_of_four_without_a_record_is_too_small_and_five_are_not() -> None:
    four, five = town(), town()
    four.together(GROUP[:4], provider(3), DAYS)
    five.together(GROUP[:5], provider(3), DAYS)
    assert detected(four.tables()).groups.is_empty()
    assert detected(five.tables()).groups["members"].to_list() == [5]


def test_a_group_as_small_as_a_household_with_a_child_is_a_family() -> None:
    made = town()
    made.together(GROUP[:5], provider(3), DAYS)
    assert detected(made.tables()).groups.height == 1
    [child] = [row for row in made.rows["persons"] if row["person_id"] == GROUP[2]]
    child["birth_date"] = dt.date(2016, 5, 1)
    assert detected(made.tables()).groups.is_empty()
