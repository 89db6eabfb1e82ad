"""The rate of what was missed, and its interval, against values of tables and a simulation by hand."""

from __future__ import annotations

import itertools

import pytest

from detection.cases.miss_rate import Sampled, interval, miss_rate


@pytest.mark.parametrize(
    ("hits", "number", "low", "high"),
    [(0, 10, 0.0, 0.3085), (1, 10, 0.0025, 0.4450), (5, 10, 0.1871, 0.8129), (10, 10, 0.6915, 1.0)],
)
def test_the_interval_is_that_of_the_tables(hits: int, number: int, low: float, high: float) -> None:
    assert interval(hits, number) == pytest.approx((low, high), abs=1e-4)


def test_nothing_is_known_without_a_judgement() -> None:
    assert miss_rate([]) is None


def test_with_one_chance_for_all_the_weights_do_not_matter() -> None:
    for chance in (0.05, 0.5, 1.0):
        known = miss_rate([Sampled(chance, missed) for missed in (True, *[False] * 9)])
        assert known is not None
        assert (known.known, known.missed) == (10, 1)
        assert known.rate == pytest.approx(0.1)
        assert (known.low, known.high) == pytest.approx(interval(1, 10))


def test_unequal_chances_do_not_distort_the_rate() -> None:
    """Every possible sample of a population of four, weighted with its probability: the weights add up to the truth."""
    population = [(0.9, True), (0.5, False), (0.5, True), (0.2, False)]
    missed = whole = 0.0
    for chosen_of in itertools.product((True, False), repeat=len(population)):
        probability = 1.0
        for chosen, (chance, _) in zip(chosen_of, population, strict=True):
            probability *= chance if chosen else 1 - chance
        sample = [each for chosen, each in zip(chosen_of, population, strict=True) if chosen]
        missed += probability * sum(1 / chance for chance, hit in sample if hit)
        whole += probability * sum(1 / chance for chance, _ in sample)
    assert missed == pytest.approx(2)
    assert whole == pytest.approx(4)
    known = miss_rate([Sampled(*each) for each in population])
    assert known is not None
    assert known.rate == pytest.approx((1 / 0.9 + 2) / (1 / 0.9 + 2 + 2 + 5))
    effective = (1 / 0.9 + 9) ** 2 / (1 / 0.81 + 4 + 4 + 25)
    assert 2.9 < effective < 3.1, "four with unequal weights tell as much as three"
    assert (known.low, known.high) == pytest.approx(interval(known.rate * effective, effective))
