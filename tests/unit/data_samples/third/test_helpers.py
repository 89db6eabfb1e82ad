"""Distributions, days and people of the third author's scenes keep within what they promise."""

from __future__ import annotations

import numpy as np
import pytest

from data_samples.background import live
from data_samples.magnitudes import area_magnitudes, magnitudes
from data_samples.period import DAY, period_ending
from data_samples.scenes import Stage
from data_samples.third.cast import (
    closest,
    farthest,
    newcomers,
    passers_by,
    pooled_pharmacy,
    suspect,
    unvisited,
)
from data_samples.third.dice import geometric, normal, of, pareto, paretos, split, thinned
from data_samples.third.goods import given_on
from data_samples.third.pace import about_every, outings, queue, since_scans, stretch


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(3)


@pytest.fixture
def stage() -> Stage:
    sizes = magnitudes()
    here = area_magnitudes(sizes, "320600")
    period = period_ending(sizes["period"]["last_day"], 12)
    city = live(7, 2_000, period, sizes, here)
    stage = Stage(city.people, city.places, period, city.granted, sizes, here)
    stage.enter(1)
    return stage


def test_the_value_of_a_strength() -> None:
    assert [of(strength, "mild", "middle", "strong") for strength in (1, 2, 3)] == [
        "mild",
        "middle",
        "strong",
    ]


def test_sizes_have_heavy_tails_within_bounds(rng: np.random.Generator) -> None:
    sizes = paretos(rng, 5_000, 3, 1.5, 200)
    assert sizes.min() == 3
    assert sizes.max() <= 200
    assert np.quantile(sizes, 0.99) > 8 * np.median(sizes)
    for _ in range(200):
        assert 2 <= pareto(rng, 2, 1.2, 9) <= 9
        assert 2 <= geometric(rng, 4, 2, 7) <= 7
        assert 10 <= normal(rng, 50, 1.0, 10, 90) <= 90


def test_parts_add_up_and_differ(rng: np.random.Generator) -> None:
    parts = split(rng, 100_000, 8)
    assert parts.sum() == 100_000
    assert parts.min() >= 1
    assert len(set(parts.tolist())) > 4


def test_some_are_kept_in_order(rng: np.random.Generator) -> None:
    values = np.arange(100)
    kept = thinned(rng, values, 0.3)
    assert 10 < len(kept) < 60
    assert (np.diff(kept) > 0).all()
    assert len(thinned(rng, values, 0.0, 3)) == 3


def test_outings_are_different_days_with_pauses(rng: np.random.Generator) -> None:
    days = outings(rng, (100, 399), 30)
    assert len(days) == 30
    assert (np.diff(days) > 0).all()
    assert days[0] >= 100
    assert days[-1] <= 399
    assert np.diff(days).max() > 2 * np.median(np.diff(days))
    assert outings(rng, (5, 7), 10).tolist() == [5, 6, 7]


def test_refills_come_when_the_box_is_empty(rng: np.random.Generator) -> None:
    gaps = np.diff(about_every(rng, (0, 700), 28, 0.05))
    assert len(gaps) > 15
    assert abs(gaps.mean() - 28) < 2


def test_a_queue_ends_before_the_shop_closes(rng: np.random.Generator) -> None:
    at = queue(rng, 40 * DAY + 16 * 3_600, 300, 9.0)
    assert (np.diff(at) >= 0).all()
    assert at[-1] <= 40 * DAY + 21.5 * 3_600


def test_stretches_leave_the_last_night(stage: Stage, rng: np.random.Generator) -> None:
    for days in (3, 90, 900):
        first, last = stretch(stage, rng, days, since_scans(stage))
        assert since_scans(stage) <= first <= last < stage.period.last_day


def test_late_bills_were_prescribed_when_the_care_was_given() -> None:
    at = np.array([50 * DAY + 40_000, 60 * DAY + 40_000])
    fields = given_on(at, np.array([44, -1]))
    assert (fields["prescribed"] // DAY).tolist() == [44, 60]
    assert (fields["prescribed"] < at).all()


def test_newcomers_have_had_nothing_planted(stage: Stage, rng: np.random.Generator) -> None:
    crowd = passers_by(stage, rng, 300, 0)
    assert not stage.taken[crowd].any()
    stage.settle(rng, crowd, 0, (stage.period.first_day + 9) * DAY + 40_000)
    new = newcomers(stage, rng, 8)
    assert len(new) > 0
    assert stage.taken[new].all()
    assert not np.isin(new, crowd).any()


def test_places_of_suspects_are_theirs(stage: Stage, rng: np.random.Generator) -> None:
    shop = suspect(stage, rng)
    pooled = pooled_pharmacy(stage, rng, stage.period.last_day)
    fresh = unvisited(stage, rng, "pharmacy")
    assert len({shop, pooled, fresh}) == 3
    near, far = int(closest(stage, shop, "pharmacy")[0]), farthest(stage, rng, shop, "pharmacy")
    assert not {near, far} & {shop, pooled, fresh}
