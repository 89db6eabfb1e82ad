"""Several rare events of one entity within a window."""

from __future__ import annotations

import pytest

from models.evidence.windows import chance_rate, window_evidence


def test_two_events_in_one_window_are_a_product_of_two_chances() -> None:
    """At one in a thousand a window, two of them are one in a million; a thousand windows were looked at."""
    value = window_evidence([2], [0.01], entities=100, windows=10)
    assert value[0] == pytest.approx(3.0, abs=0.01)


def test_more_events_and_a_smaller_expectation_are_more_evidence() -> None:
    values = window_evidence([1, 2, 3, 3], [0.1, 0.1, 0.1, 0.05], entities=100, windows=10)
    assert values[0] < 0.1
    assert values[1] < values[2] < values[3]


def test_events_that_came_alone_say_how_often_chance_brings_them() -> None:
    assert chance_rate(100, 100_000, prior=0.5) == pytest.approx(350 / 100_500)
    assert chance_rate(0, 0, prior=0.5) == 0.5
