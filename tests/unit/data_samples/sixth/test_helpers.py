"""Sizes and days of the sixth author's scenes keep within what they promise."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from data_samples.period import DAY
from data_samples.sixth.rounds import at_desk, flow, in_line, on_the, own_round, rounds
from data_samples.sixth.sizes import amounts, any_of, favored, part, rarer, scale, whole
from data_samples.timing import weekdays

seeds = st.integers(0, 10_000)
SPAN = (19_700, 19_900)


def test_stronger_is_larger_and_strengths_overlap() -> None:
    rng = np.random.default_rng(1)
    sizes = [np.array([scale(rng, strength, 2, 60) for _ in range(800)]) for strength in (1, 2, 3)]
    medians = [float(np.median(values)) for values in sizes]
    assert medians == sorted(medians)
    assert sizes[0].max() > medians[1]
    assert sizes[2].min() < medians[1]
    assert sizes[2].max() > 60


def test_what_is_rarer_falls_with_the_strength() -> None:
    rng = np.random.default_rng(2)
    gaps = [np.median([rarer(rng, strength, 3, 40) for _ in range(400)]) for strength in (1, 2, 3)]
    assert gaps == sorted(gaps, reverse=True)


@given(seed=seeds, strength=st.integers(1, 3))
def test_counts_and_shares_are_possible(seed: int, strength: int) -> None:
    rng = np.random.default_rng(seed)
    assert whole(rng, strength, 1, 3) >= 1
    assert 0 < part(rng, strength, 0.1, 0.95) < 1
    assert 2 <= any_of(rng, 2, 9) <= 9


@given(seed=seeds)
def test_bills_are_positive_and_bounded(seed: int) -> None:
    fen = amounts(np.random.default_rng(seed), 200, 50, 400, 3_000)
    assert fen.min() >= 200
    assert fen.max() <= 300_000


def test_bills_have_a_tail_and_habits_of_rounding() -> None:
    rng = np.random.default_rng(3)
    every = [amounts(rng, 400, 100, 100) for _ in range(40)]
    assert np.median([bills.max() / np.median(bills) for bills in every]) > 4
    whole_yuan = [(bills % 100 == 0).mean() for bills in every]
    assert min(whole_yuan) < 0.2 < 0.8 < max(whole_yuan)


def test_some_values_are_favored() -> None:
    picks = favored(np.random.default_rng(4), np.arange(10, 20), 2_000)
    assert set(picks.tolist()) <= set(range(10, 20))
    counts = np.bincount(picks)[10:]
    assert counts.max() > 2 * counts.min()


@given(seed=seeds, count=st.integers(1, 200))
def test_a_flow_has_so_many_days_in_order(seed: int, count: int) -> None:
    days = flow(np.random.default_rng(seed), SPAN, count)
    assert len(days) == count
    assert SPAN[0] <= days.min() <= days.max() <= SPAN[1]
    assert (np.diff(days) >= 0).all()


@given(seed=seeds, gap=st.floats(1, 90))
def test_days_of_a_person_are_different_and_inside(seed: int, gap: float) -> None:
    days = own_round(np.random.default_rng(seed), SPAN, gap)
    assert len(days) >= 1
    assert SPAN[0] <= days.min() <= days.max() <= SPAN[1]
    assert (np.diff(days) > 0).all()


def test_days_of_a_person_are_about_so_far_apart() -> None:
    rng = np.random.default_rng(5)
    gaps = [np.diff(own_round(rng, (19_000, 19_700), 20.0)).mean() for _ in range(200)]
    assert 17 < np.median(gaps) < 28


@given(seed=seeds)
def test_everybody_of_a_round_comes(seed: int) -> None:
    turn, days = rounds(np.random.default_rng(seed), 9, SPAN, 12.0)
    assert set(turn.tolist()) == set(range(9))
    assert (np.diff(days) >= 0).all()
    assert SPAN[0] <= days.min() <= days.max() <= SPAN[1]


def test_days_move_back_to_a_day_of_the_week() -> None:
    days = np.arange(*SPAN)
    moved = on_the(days, 4)
    assert set(weekdays(moved).tolist()) == {4}
    assert ((days - moved >= 0) & (days - moved < 7)).all()


def test_hours_at_a_desk_are_those_of_a_day() -> None:
    hour = at_desk(np.random.default_rng(6), np.full(3_000, 19_800), 0.3) % DAY / 3_600
    assert 7 <= hour.min() < hour.max() < 21.8
    assert 0.15 < (hour > 17.9).mean() < 0.45


def test_a_line_goes_on_within_the_day() -> None:
    days = np.repeat([19_800, 19_801], [300, 3])
    at = in_line(np.random.default_rng(7), days, (21.9, 22.6), 1.0)
    assert (at // DAY == days).all()
    assert (np.diff(at) > 0).all()
    assert ((at % DAY) / 3_600 >= 21.9).all()
