"""Days and hours of the fifth author's scenes keep within what they promise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_samples.background import live
from data_samples.fifth.course import around, business, grown, in_a_row, spells, when_open
from data_samples.magnitudes import area_magnitudes, magnitudes
from data_samples.period import DAY, period_ending
from data_samples.scenes import Stage
from data_samples.timing import weekdays

seeds = st.integers(0, 10_000)
SPAN = (19_700, 19_900)


@pytest.fixture(scope="module")
def stage() -> Stage:
    sizes = magnitudes()
    here = area_magnitudes(sizes, "320600")
    period = period_ending(sizes["period"]["last_day"], 6)
    city = live(7, 1_000, period, sizes, here)
    return Stage(city.people, city.places, period, city.granted, sizes, here)


@given(seed=seeds)
def test_spells_are_different_days_of_the_stretch(seed: int) -> None:
    days = spells(np.random.default_rng(seed), SPAN)
    assert len(days) >= 1
    assert SPAN[0] <= days.min() <= days.max() <= SPAN[1]
    assert (np.diff(days) > 0).all()


def test_spells_have_pauses_and_often_a_day_of_rest() -> None:
    rng = np.random.default_rng(1)
    every = [spells(rng, (19_000, 19_700)) for _ in range(60)]
    assert np.median([np.diff(days).max() for days in every]) > 5
    resting = [len(set(weekdays(days).tolist())) < 7 for days in every if len(days) > 60]
    assert 0.3 < np.mean(resting) < 0.9


@given(seed=seeds, count=st.integers(1, 300))
def test_so_many_picks_of_the_days_in_order(seed: int, count: int) -> None:
    days = np.arange(*SPAN, 3)
    picks = grown(np.random.default_rng(seed), days, count)
    assert len(picks) == count
    assert set(picks.tolist()) <= set(days.tolist())
    assert (np.diff(picks) >= 0).all()


def test_a_business_lies_within_the_period(stage: Stage) -> None:
    rng = np.random.default_rng(2)
    for strength in (1, 2, 3):
        first = stage.period.first_day + 40
        days = business(stage, rng, strength, (10, 900), 50, first)
        assert len(days) == 50
        assert first <= days.min() <= days.max() < stage.period.last_day


def test_hours_are_around_the_hour_while_shops_are_open() -> None:
    at = around(np.random.default_rng(3), np.full(2_000, 19_800), 18.0, 1.0) % DAY / 3_600
    assert 17.8 < np.median(at) < 18.3
    assert 7.4 < at.min() < at.max() < 21.6


def test_those_of_a_day_follow_each_other() -> None:
    days = np.repeat([19_800, 19_801, 19_805], [4, 1, 7])
    at = in_a_row(np.random.default_rng(4), days, (8.0, 10.0), 5.0)
    assert (at // DAY == days).all()
    assert (np.diff(at) > 0).all()
    assert (at[:4].max() - at[:4].min()) < 4 * 3_600


def test_nothing_is_bought_at_night_or_behind_the_period(stage: Stage) -> None:
    rng = np.random.default_rng(5)
    last = stage.period.last_day
    at = last * DAY - 3 * DAY + rng.integers(0, 4 * DAY, 400)
    moved = when_open(stage, rng, at)
    assert (moved // DAY <= last).all()
    assert (moved % DAY >= 7 * 3_600).all()
    assert (moved % DAY < 23 * 3_600).all()
    day = (at % DAY > 9 * 3_600) & (at % DAY < 20 * 3_600)
    assert (moved[day] == at[day]).all()
    assert day.sum() > 100
