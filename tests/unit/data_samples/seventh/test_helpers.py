"""Sizes, days and hours of the seventh author's scenes keep within what they promise."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from data_samples.period import DAY, MINUTE
from data_samples.seventh.diary import busy_days, hours, minutes_after, renewals, sessions, turns
from data_samples.seventh.measure import between_any, bills, falling, grade, how_many, leaning, price_list

seeds = st.integers(0, 10_000)
SPAN = (19_600, 19_850)


def test_stronger_is_larger_within_bounds_and_neighbors_overlap() -> None:
    rng = np.random.default_rng(1)
    sizes = [np.array([grade(rng, strength, 3, 48) for _ in range(600)]) for strength in (1, 2, 3)]
    medians = [float(np.median(values)) for values in sizes]
    assert medians[0] < medians[1] < medians[2]
    assert sizes[0].max() > sizes[1].min()
    assert sizes[1].max() > sizes[2].min()
    assert 3 <= min(map(np.min, sizes)) < max(map(np.max, sizes)) <= 48


def test_what_falls_is_least_for_the_strongest() -> None:
    rng = np.random.default_rng(2)
    gaps = [np.median([falling(rng, strength, 5, 60) for _ in range(300)]) for strength in (1, 2, 3)]
    assert gaps[0] > gaps[1] > gaps[2]


@given(seed=seeds, strength=st.integers(1, 3))
def test_counts_are_at_least_one(seed: int, strength: int) -> None:
    rng = np.random.default_rng(seed)
    assert 1 <= how_many(rng, strength, 0.2, 5) <= 5
    assert 4 <= between_any(rng, 4, 9) <= 9


@given(seed=seeds)
def test_bills_are_sums_of_a_few_prices(seed: int) -> None:
    rng = np.random.default_rng(seed)
    fen = bills(rng, 300, 40, 200)
    assert 2_000 <= fen.min() <= fen.max() <= 240_000
    assert len(np.unique(fen)) < 300
    prices = price_list(rng, 20, 90)
    assert len(prices) >= 7
    assert 1_900 <= prices.min() <= prices.max() <= 9_100


def test_some_values_are_preferred() -> None:
    counts = np.bincount(leaning(np.random.default_rng(3), np.arange(8), 1_500), minlength=8)
    assert counts.sum() == 1_500
    assert counts.max() > 2 * counts.min()


@given(seed=seeds, count=st.integers(1, 150))
def test_busy_days_are_in_order_and_inside(seed: int, count: int) -> None:
    days = busy_days(np.random.default_rng(seed), SPAN, count)
    assert len(days) == count
    assert SPAN[0] <= days.min() <= days.max() <= SPAN[1]
    assert (np.diff(days) >= 0).all()


def test_weeks_are_busy_or_dead() -> None:
    shares = []
    for seed in range(30):
        days = busy_days(np.random.default_rng(seed), SPAN, 400)
        week = np.bincount((days - SPAN[0]) // 7, minlength=36)
        shares.append(((week <= 2).mean(), (week >= 25).mean()))
    assert np.mean([dead for dead, _ in shares]) > 0.1
    assert np.mean([busy for _, busy in shares]) > 0.05


@given(seed=seeds, gap=st.floats(1, 90))
def test_renewals_are_different_days_inside(seed: int, gap: float) -> None:
    days = renewals(np.random.default_rng(seed), SPAN, gap)
    assert len(days) >= 1
    assert SPAN[0] <= days.min() <= days.max() <= SPAN[1]
    assert (np.diff(days) > 0).all()


def test_renewals_are_about_so_far_apart() -> None:
    rng = np.random.default_rng(4)
    gaps = [np.median(np.diff(renewals(rng, (19_000, 19_800), 30.0))) for _ in range(100)]
    assert 25 < np.median(gaps) < 36


@given(seed=seeds, count=st.integers(1, 12))
def test_everybody_has_a_turn(seed: int, count: int) -> None:
    who, days = turns(np.random.default_rng(seed), count, SPAN, 15.0)
    assert set(who.tolist()) == set(range(count))
    assert (np.diff(days) >= 0).all()
    assert SPAN[0] <= days.min() <= days.max() <= SPAN[1]


def test_a_session_goes_on_within_its_day() -> None:
    days = np.repeat([19_700, 19_703], [200, 4])
    at = sessions(np.random.default_rng(5), days, (22.0, 22.5), 2.0)
    assert (at // DAY == days).all()
    assert (np.diff(at) > 0).all()


def test_hours_have_the_peaks_of_their_kind() -> None:
    rng = np.random.default_rng(6)
    day = np.full(2_000, 19_700)
    of_day = {kind: hours(rng, day, kind) % DAY / 3_600 for kind in ("shop", "desk", "evening")}
    assert all(7 < hour.min() < hour.max() < 22 for hour in of_day.values())
    medians = {kind: float(np.median(hour)) for kind, hour in of_day.items()}
    assert medians["desk"] < medians["shop"] < medians["evening"]


def test_minutes_after_are_as_many() -> None:
    wait = minutes_after(np.random.default_rng(7), np.zeros(500, dtype=np.int64), 3, 20)
    assert 3 * MINUTE <= wait.min() < wait.max() < 20 * MINUTE
