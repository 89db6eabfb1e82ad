"""Sizes, days and people of the fourth author's scenes keep within what they promise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_samples.background import live
from data_samples.fourth.care import buy_or_visit, by_hand, herbs, pooled_shop
from data_samples.fourth.extent import extent, number, portion, sums, uneven, wide
from data_samples.fourth.people import among, family_around, quiet_owners, unseen_relatives
from data_samples.fourth.rhythm import after, bursts, habit, on_workdays
from data_samples.magnitudes import area_magnitudes, magnitudes
from data_samples.other_rows import item_kinds
from data_samples.period import DAY, MINUTE, period_ending
from data_samples.scenes import Stage
from data_samples.timing import weekdays

seeds = st.integers(0, 10_000)
SPAN = (19_700, 19_900)


@pytest.fixture(scope="module")
def stage() -> Stage:
    sizes = magnitudes()
    here = area_magnitudes(sizes, "320600")
    period = period_ending(sizes["period"]["last_day"], 12)
    city = live(7, 2_000, period, sizes, here)
    stage = Stage(city.people, city.places, period, city.granted, sizes, here)
    stage.settlements_of = np.bincount(city.drafts.person, minlength=city.people.count)
    stage.enter(1)
    return stage


@given(seed=seeds, strength=st.sampled_from([1, 2, 3]))
def test_sizes_stay_within_the_tail(seed: int, strength: int) -> None:
    rng = np.random.default_rng(seed)
    assert 4 <= extent(rng, strength, 4, 40) <= 4 * 10**1.4 + 1e-9
    assert number(rng, strength, 0.1, 0.2) >= 1
    assert portion(rng, strength, 0.5, 0.9) <= 0.97
    assert 3 <= wide(rng, 3, 9) <= 9


def test_stronger_is_larger_and_strengths_overlap() -> None:
    rng = np.random.default_rng(1)
    sizes = [np.array([extent(rng, strength, 5, 80) for _ in range(400)]) for strength in (1, 2, 3)]
    assert [np.median(values) for values in sizes] == sorted(np.median(values) for values in sizes)
    assert sizes[0].max() > np.quantile(sizes[1], 0.5)
    assert sizes[2].min() < np.quantile(sizes[1], 0.9)
    assert sizes[2].max() > 80


def test_bills_are_sums_in_fen_and_picks_are_uneven() -> None:
    rng = np.random.default_rng(2)
    fen = sums(rng, 5_000, 100, 100)
    assert 9_000 < np.median(fen) < 11_000
    picks = np.bincount(uneven(rng, np.arange(10), 4_000, 0.5))
    assert picks.max() > 2 * picks.mean()


@given(seed=seeds, count=st.integers(1, 200))
def test_bursts_have_so_many_days_of_the_stretch(seed: int, count: int) -> None:
    days = bursts(np.random.default_rng(seed), SPAN, count)
    assert len(days) == count
    assert SPAN[0] <= days.min() <= days.max() <= SPAN[1]
    assert (np.diff(days) >= 0).all()


@given(seed=seeds, gap=st.floats(2, 60))
def test_habits_are_different_days_of_the_stretch(seed: int, gap: float) -> None:
    days = habit(np.random.default_rng(seed), SPAN, gap)
    assert len(days) >= 1
    assert SPAN[0] <= days.min() <= days.max() <= SPAN[1]
    assert (np.diff(days) > 0).all()


def test_habits_have_about_the_gap() -> None:
    rng = np.random.default_rng(3)
    gaps = np.concatenate([np.diff(habit(rng, (0, 3_000), 20.0)) for _ in range(40)])
    assert 18 < gaps.mean() < 23


def test_an_office_is_closed_at_weekends() -> None:
    days = np.arange(*SPAN)
    moved = on_workdays(days)
    assert weekdays(moved).max() == 4
    assert (days - moved).max() == 2
    assert ((days - moved)[weekdays(days) < 5] == 0).all()


def test_times_after_others_lie_between_the_minutes() -> None:
    at = np.full(500, 10 * DAY)
    later = after(np.random.default_rng(4), at, 2, 30) - at
    assert 2 * MINUTE <= later.min() <= later.max() <= 30 * MINUTE


def test_people_are_taken_from_the_fitting_only(stage: Stage) -> None:
    rng = np.random.default_rng(5)
    women = among(stage, rng, ~stage.people.male, 5)
    assert len(women) == 5
    assert not stage.people.male[women].any()
    assert stage.taken[women].all()
    assert not stage.taken[stage.people.male].all()
    assert len(among(stage, rng, np.zeros(stage.people.count, dtype=bool), 3)) == 0


def test_quiet_owners_hardly_go_anywhere(stage: Stage) -> None:
    owners = quiet_owners(stage, np.random.default_rng(6), 6)
    assert len(owners) >= 4
    assert stage.people.has_account(owners).all()
    assert stage.settlements_of[owners].max() <= np.median(stage.settlements_of)


@pytest.mark.parametrize("pays", [True, False])
def test_families_are_relatives_without_an_authorization(stage: Stage, pays: bool) -> None:
    center, others = family_around(stage, np.random.default_rng(7), 2, pays=pays)
    kin = {(payer, other) for payer, other, _ in stage.people.kin.tolist()}
    assert others
    for person, relation in others:
        pair = (center, person) if pays else (person, center)
        assert pair in kin
        assert pair not in stage.granted_pairs
        assert relation in {"spouse", "parent", "child"}
        assert stage.people.has_account(np.array(pair[:1]))[0]
        assert stage.taken[person]


def test_relatives_with_whom_nothing_is_planted(stage: Stage) -> None:
    pair = unseen_relatives(stage, np.random.default_rng(8))
    assert pair is not None
    assert stage.taken[list(pair[:2])].all()
    assert not np.isin(pair[:2], stage.drafts().person).any()


def test_care_by_kind_of_place_keeps_the_order_of_the_rows(stage: Stage) -> None:
    rng = np.random.default_rng(9)
    places = np.array(
        [int(stage.pick_providers(rng, kind)[0]) for kind in ("pharmacy", "clinic", "pharmacy")]
    )
    at = (stage.period.first_day + np.arange(3)) * DAY + 10 * 3_600
    person = int(stage.pick_people(rng, 1)[0])
    total = np.array([1_000, 2_000, 3_000])
    handles = buy_or_visit(stage, rng, person, places, at, desks=places[1:2], total=total, certain=False)
    drafts = stage.drafts()
    assert drafts.provider[handles].tolist() == places.tolist()
    assert drafts.total[handles].tolist() == total.tolist()
    assert drafts.care[handles].tolist() == [0, 1, 0]
    assert (drafts.prescribed[handles] < at).all()


def test_the_fund_pays_in_the_shop_from_the_day_on(stage: Stage) -> None:
    shop, first = pooled_shop(stage, np.random.default_rng(12))
    assert stage.places.kind[shop] == 0
    assert stage.provider_taken[shop]
    assert stage.period.first_day <= first < stage.period.last_day
    assert stage.places.pooled_from[shop] <= first


def test_herbs_are_of_traditional_medicine() -> None:
    items = herbs(np.random.default_rng(10), 6)
    assert len(set(items.tolist())) == 6
    assert (item_kinds()[items] == 1).all()


def test_entries_by_hand_are_of_earlier_days() -> None:
    at = np.full(50, 19_800 * DAY + 40_000)
    fields = by_hand(np.random.default_rng(11), at, (1, 40), 19_790)
    assert 19_790 <= fields["served"].min() <= fields["served"].max() < 19_800
    assert (fields["prescribed"] // DAY == fields["served"]).all()
