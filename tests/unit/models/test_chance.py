"""Expectations under chance, compared with many simulations and with plain numbers."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import polars as pl
import pytest
from support.random_worlds.period import FIRST_DAY

from models.chance import (
    SMALLEST_P,
    calendar,
    expected_meetings,
    habits,
    shown_p,
    surprise,
)
from models.chance_simulation import pack, simulate_chance

CAP = 3.0


def visits(seed: int = 0) -> pl.DataFrame:
    """Ninety people, three providers, four months; the first ten go more often than the others."""
    random = np.random.default_rng(seed)
    person = np.concatenate([random.integers(10, 90, 1200), np.repeat(np.arange(10), 24)])
    provider = random.integers(0, 3, len(person))
    day = FIRST_DAY + random.integers(0, 120, len(person))
    minute = day * 1440 + np.clip(random.normal(620, 90, len(person)), 0, 1439).astype(int)
    date = pl.from_epoch("day", time_unit="d").dt
    return (
        pl.DataFrame({"person_id": person, "provider_id": provider, "day": day, "first_minute": minute})
        .with_columns(
            pl.format("P{}", pl.col("person_id").cast(pl.String).str.zfill(2)).alias("person_id"),
            pl.format("H{}", "provider_id").alias("provider_id"),
            pl.col("day").cast(pl.Int32),
            month=date.year() * 12 + date.month().cast(pl.Int32) - 1,
        )
        .unique(["person_id", "provider_id", "day"], maintain_order=True)
    )


REGULARS = pl.DataFrame(
    [(f"P{first:02}", f"P{second:02}") for first, second in combinations(range(10), 2)],
    schema=["person_a", "person_b"],
    orient="row",
)


def meetings(world: pl.DataFrame) -> int:
    """Meetings among the regulars, counted pair by pair."""
    sides = [
        world.rename({"person_id": side}).select(side, "provider_id", "day", "first_minute")
        for side in ("person_a", "person_b")
    ]
    near = (pl.col("first_minute") - pl.col("first_minute_right")).abs() <= 30
    met = sides[0].join(sides[1], on=["provider_id", "day"]).filter(near)
    return met.join(REGULARS, on=["person_a", "person_b"]).height


def test_expected_meetings_are_the_mean_of_simulations() -> None:
    known = visits()
    usual = habits(known, calendar(known), CAP)
    expected = expected_meetings(REGULARS, usual)["expected"].sum()
    worlds = [meetings(simulate_chance(known, usual, seed)) for seed in range(40)]
    assert np.mean(worlds) == pytest.approx(expected, rel=0.15)


def test_shares_of_days_and_hours_sum_to_one() -> None:
    known = visits()
    usual = habits(known, calendar(known), CAP)
    months = usual.days.group_by("provider_id", "month").agg(pl.col("share").sum())["share"]
    hours = usual.hours.group_by("provider_id").agg(pl.col("share").sum())["share"]
    assert months.to_list() == pytest.approx([1.0] * len(months))
    assert hours.to_list() == pytest.approx([1.0] * len(hours))


def test_a_crowd_counts_at_most_the_cap_of_its_weekday() -> None:
    known = visits()
    crowd = (
        known.head(1)
        .select(pl.exclude("person_id"))
        .join(pl.DataFrame({"person_id": [f"Q{number}" for number in range(200)]}), how="cross")
    )
    more = pl.concat([known, crowd.select(known.columns)])
    day, where = known["day"][0], known["provider_id"][0]
    capped, uncapped = (
        habits(more, calendar(more), cap).days.filter(pl.col("day") == day, pl.col("provider_id") == where)
        for cap in (CAP, 1000.0)
    )
    assert capped["share"][0] < uncapped["share"][0] / 2


def test_a_simulation_preserves_the_visits_of_each_person() -> None:
    known = visits()
    simulated = simulate_chance(known, habits(known, calendar(known), CAP), 1)
    key = ["person_id", "provider_id", "month"]
    before, after = (world.group_by(key).len().sort(key) for world in (known, simulated))
    both = before.join(after, on=key, how="left")
    # Two visits that fall on the same day count once.
    assert (both["len_right"] <= both["len"]).all()
    assert simulated.height > 0.95 * known.height


def test_the_shown_probability_never_claims_more_than_the_null_can_say() -> None:
    assert shown_p(surprise([400], [0.001]))[0] == SMALLEST_P
    assert surprise([0], [5.0])[0] == pytest.approx(0.0)
    assert surprise([1], [1.0])[0] == pytest.approx(-np.log10(1 - np.exp(-1)))


def test_packed_integers_are_distinct_and_ordered_like_the_rows() -> None:
    rows = np.array([(a, b, c) for a in (-3, 0, 7) for b in (10, 12) for c in (0, 5)])
    packed = pack(*rows.T)
    assert (np.diff(packed) > 0).all()


def test_too_many_combinations_for_an_integer_are_refused() -> None:
    wide = np.array([0, 2**32])
    with pytest.raises(OverflowError):
        pack(wide, wide)
