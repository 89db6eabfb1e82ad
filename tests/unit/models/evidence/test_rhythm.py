"""Equal successive gaps: a program's beat is seen among ordinary gaps, appointments and queues are not."""

from __future__ import annotations

import numpy as np
import pytest

from models.evidence.rhythm import Clock, Rhythm, rhythm
from models.evidence.unit import ALERT, evidence

CLOCK = Clock(jitter=3.0, peak=3.0, least=60.0, most=3600.0)
DAYS = 400


def pairs(gaps: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Successive gaps of every day, without the nights between."""
    return np.concatenate([day[:-1] for day in gaps]), np.concatenate([day[1:] for day in gaps])


def value(kept: Rhythm | None, units: int = 1000) -> float:
    return 0.0 if kept is None else float(evidence(kept.surprise, units * CLOCK.looks))


def ordinary(random: np.random.Generator) -> list[np.ndarray]:
    return [random.exponential(900, 8) + 60 for _ in range(DAYS)]


@pytest.mark.parametrize("gap", [90, 400, 640])
def test_a_beat_of_a_few_days_is_seen_among_ordinary_gaps(gap: int) -> None:
    random = np.random.default_rng(gap)
    kept = rhythm(*pairs([*ordinary(random), *(gap + random.integers(-2, 3, 6) for _ in range(9))]), CLOCK)
    assert kept is not None
    assert kept.low <= gap <= kept.high
    assert value(kept) >= ALERT


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("scatter", [40, 120])
def test_appointments_and_queues_have_no_beat(seed: int, scatter: int) -> None:
    random = np.random.default_rng(seed)
    appointments = [np.abs(600 + random.normal(0, scatter, 12)) for _ in range(DAYS)]
    queue = [random.exponential(45, 60) for _ in range(DAYS)]
    for gaps in (ordinary(random), appointments, queue):
        assert value(rhythm(*pairs(gaps), CLOCK)) < ALERT


@pytest.mark.parametrize("seed", range(4))
def test_queues_of_some_days_in_whole_minutes_have_no_beat(seed: int) -> None:
    random = np.random.default_rng(seed)
    minutes = Clock(jitter=60.0, peak=3.0, least=60.0, most=3600.0)
    queues = [60.0 * np.ceil(random.exponential(1.5, 60)) for _ in range(20)]
    sparse = [60.0 * np.ceil(random.exponential(20, 12)) for _ in range(DAYS)]
    first, second = pairs([*sparse, *queues])
    assert value(rhythm(first, second, minutes)) < ALERT


def test_without_equal_gaps_there_is_no_rhythm() -> None:
    assert rhythm([600.0, 900.0], [900.0, 1400.0], CLOCK) is None
