"""The null of meetings compared with counting, and groups proven against it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from models.meetings.bounds import Bounds
from models.meetings.pairs import unexpected_pairs, with_expected
from models.meetings.proof import Proof
from models.meetings.series import by_clock
from models.meetings.slots import slot, slotted

BOUNDS = Bounds(
    crowd=40,
    fullest=400,
    pair_days=2,
    pair_surprise=3,
    together=3,
    slot_surprise=3,
    min_members=5,
    min_days=3,
    batch_minutes=2,
)
FIRST, DAYS = 19_723, 364
NO_RELATIVES = pl.DataFrame(schema={"person_a": pl.Int32, "person_b": pl.Int32})
VISIT = {"person": pl.Int32, "provider": pl.Int32, "day": pl.Int32, "minute": pl.Int64}


def visits(people: int, each: int, seed: int = 1) -> pl.DataFrame:
    """People who come to one provider on days, and at minutes, drawn independently."""
    random = np.random.default_rng(seed)
    person = np.repeat(np.arange(people), each)
    day = FIRST + random.integers(0, DAYS, len(person))
    minute = day * 1440 + random.integers(480, 1080, len(person))
    return pl.DataFrame(
        {"person": person, "provider": 0, "day": day, "minute": minute}, schema_overrides=VISIT
    ).unique(["person", "day"], maintain_order=True)


def group(members: list[int], days: list[int], apart: int) -> pl.DataFrame:
    """Members who come on the same days, one after the other."""
    rows = [
        (person, 0, FIRST + day, (FIRST + day) * 1440 + 600 + apart * place)
        for day in days
        for place, person in enumerate(members)
    ]
    return pl.DataFrame(rows, schema=VISIT, orient="row")


def test_expected_meetings_are_those_that_chance_brings() -> None:
    made = visits(60, 40)
    pairs = pl.DataFrame(
        [(a, b) for a in range(60) for b in range(a + 1, 60)],
        schema={"person_a": pl.Int32, "person_b": pl.Int32},
        orient="row",
    )
    expected = with_expected(pairs, slotted(made, crowd=40))["expected"].sum()
    by_day = made.group_by("day").len()["len"].cast(pl.Int64)
    met = float((by_day * (by_day - 1)).sum()) / 2
    assert expected == pytest.approx(met, rel=0.1)


def test_slots_are_short_where_many_come_and_days_where_minutes_are_missing() -> None:
    busy = visits(600, 60)
    assert slotted(busy, crowd=40).widths["width"].to_list() == [30]
    assert slotted(busy, crowd=1).widths["width"].to_list() == [5]
    untimed = busy.with_columns(minute=pl.lit(None, pl.Int64))
    assert slotted(untimed, crowd=40).widths["width"].to_list() == [1440]


def test_a_crowd_does_not_hide_itself() -> None:
    crowd, quiet = group(list(range(40)), [10, 50, 90], 1), visits(60, 10)
    slots = slotted(pl.concat([quiet, crowd]), crowd=40)
    pairs = unexpected_pairs(slots, NO_RELATIVES, replace(BOUNDS, pair_surprise=1.5))
    assert {0, 39} <= set(pairs["person_a"]) | set(pairs["person_b"])


def test_pairs_of_recorded_relatives_are_left_out() -> None:
    slots = slotted(pl.concat([visits(60, 4), group([0, 1], list(range(0, 300, 30)), 1)]), crowd=40)
    related = pl.DataFrame([(0, 1)], schema=NO_RELATIVES.schema, orient="row")
    assert (0, 1) in unexpected_pairs(slots, NO_RELATIVES, BOUNDS).select("person_a", "person_b").rows()
    assert (0, 1) not in unexpected_pairs(slots, related, BOUNDS).select("person_a", "person_b").rows()


@pytest.mark.parametrize(("apart", "batch"), [(1, True), (25, False)])
def test_a_group_is_proven_and_its_clock_says_what_it_is(apart: int, batch: bool) -> None:
    members = list(range(100, 108))
    made = pl.concat([visits(120, 6), group(members, [10, 44, 90, 131, 200], apart)])
    slots = slotted(made, BOUNDS.crowd)
    proof = Proof(slots, BOUNDS)
    candidate = pl.DataFrame(
        {"group": 0, "person": members[:6]}, schema={"group": pl.Int64, "person": pl.Int32}
    )
    timed = made.join(slots.widths, on="provider").with_columns(slot=slot())
    groups, clocks = by_clock(proof.prove(candidate), timed, proof, BOUNDS)
    assert groups.people["person"].to_list() == members  # those who were not proposed come in
    assert groups.evidence["evidence"].to_list() == [6.0]
    assert clocks["batch"].to_list() == [batch]
    assert groups.meetings["day"].n_unique() == 5


@pytest.mark.parametrize("seed", range(5))
def test_people_who_meet_by_chance_have_no_evidence(seed: int) -> None:
    slots = slotted(visits(300, 8, seed), BOUNDS.crowd)
    pairs = unexpected_pairs(slots, NO_RELATIVES, replace(BOUNDS, pair_surprise=1.0))
    often = pairs.group_by("person_a").agg("person_b").filter(pl.col("person_b").list.len() >= 3)
    assert often.height
    members = [
        (number, person)
        for number, (first, others) in enumerate(often.iter_rows())
        for person in [first, *others]
    ]
    proof = Proof(slots, replace(BOUNDS, slot_surprise=1.0))
    proven = proof.prove(pl.DataFrame(members, schema={"group": pl.Int64, "person": pl.Int32}, orient="row"))
    assert (proven.evidence["evidence"] < 2).all()


def test_a_market_day_explains_itself() -> None:
    market = pl.concat(
        [
            group(np.random.default_rng(day).permutation(300)[:60].tolist(), [day], 5)
            for day in (20, 60, 100, 140)
        ]
    )
    regulars = group(list(range(290, 296)), [20, 60, 100, 140], 7)
    made = pl.concat([visits(300, 2), market, regulars]).unique(["person", "day"], maintain_order=True)
    candidate = pl.DataFrame(
        {"group": 0, "person": range(290, 296)}, schema={"group": pl.Int64, "person": pl.Int32}
    )
    alone = pl.concat([visits(300, 2), regulars]).unique(["person", "day"], maintain_order=True)
    evidence = [
        Proof(slotted(rows, BOUNDS.crowd), BOUNDS).prove(candidate).evidence["evidence"].to_list()
        for rows in (made, alone)
    ]
    assert evidence[0] == []
    assert evidence[1][0] > 5


def test_two_groups_at_one_provider_without_common_people_are_two_cases() -> None:
    first, second = list(range(100, 107)), list(range(110, 117))
    made = pl.concat(
        [visits(120, 4), group(first, [10, 44, 90, 131], 25), group(second, [20, 71, 99, 180], 25)]
    )
    slots = slotted(made, BOUNDS.crowd)
    proof = Proof(slots, BOUNDS)
    candidate = pl.DataFrame(
        {"group": 0, "person": [*first, *second]}, schema={"group": pl.Int64, "person": pl.Int32}
    )
    timed = made.join(slots.widths, on="provider").with_columns(slot=slot())
    groups, _ = by_clock(proof.prove(candidate), timed, proof, BOUNDS)
    people = groups.people.group_by("group").agg("person")["person"].to_list()
    assert sorted(people) == [first, second]
