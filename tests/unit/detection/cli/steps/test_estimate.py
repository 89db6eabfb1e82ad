"""When a run ends: by what its steps took before, and by how fast it is."""

from __future__ import annotations

import pytest

from detection.cli.steps.estimate import Estimate

BEFORE = {"read": [10.0], "score": [10.0], "detect": [20.0, 40.0], "write": [20.0]}
"""100 seconds."""


def own() -> Estimate:
    return Estimate(BEFORE, own=True)


def test_a_run_begins_with_the_time_of_the_last_one() -> None:
    estimate = own()
    estimate.report("read", 0, 1, at=5.0)
    assert estimate.remaining(5.0) == pytest.approx(100)
    assert estimate.remaining(9.0) == pytest.approx(96)
    assert estimate.share(9.0) == pytest.approx(0.04)


def test_a_run_that_is_slower_takes_longer() -> None:
    estimate = own()
    estimate.report("read", 0, 1, at=0.0)
    estimate.report("score", 0, 1, at=30.0)
    slower = (30 + 10) / (10 + 10)
    assert estimate.remaining(30.0) == pytest.approx(90 * slower)


def test_rows_say_how_far_a_step_is() -> None:
    estimate = own()
    estimate.report("read", 500, 1_000, at=0.0)
    assert estimate.remaining(0.0) == pytest.approx(95)


def test_parts_weigh_what_they_took_before() -> None:
    estimate = own()
    estimate.report("detect", 1, 2, at=0.0)
    assert estimate.remaining(0.0) == pytest.approx(40 + 20)


def test_what_is_jumped_over_takes_no_time() -> None:
    estimate = own()
    estimate.report("detect", 0, 2, at=0.0)
    assert estimate.remaining(0.0) == pytest.approx(80)
    estimate.report("write", 0, 1, at=20.0)
    assert estimate.remaining(20.0) == pytest.approx(20)


def test_a_part_that_takes_longer_than_before_is_never_over() -> None:
    estimate = own()
    estimate.report("write", 0, 1, at=0.0)
    assert estimate.remaining(19.0) == pytest.approx(1)
    assert estimate.remaining(500.0) == pytest.approx(1)


def test_another_machine_says_nothing_until_something_is_done() -> None:
    estimate = Estimate(BEFORE, own=False)
    estimate.report("read", 0, 1, at=0.0)
    assert estimate.remaining(0.0) is None
    assert estimate.share(3.0) == 0
    estimate.report("score", 0, 1, at=1.0)
    assert estimate.remaining(1.0) == pytest.approx(9)


def test_a_step_with_another_number_of_parts_is_divided_evenly() -> None:
    estimate = own()
    estimate.report("detect", 0, 3, at=0.0)
    estimate.report("detect", 1, 3, at=20.0)
    assert estimate.times()["detect"] == pytest.approx([20, 20, 20])
    assert estimate.remaining(20.0) == pytest.approx(40 + 20)


def test_the_next_run_is_estimated_by_this_one() -> None:
    estimate = own()
    estimate.report("detect", 0, 2, at=0.0)
    estimate.report("detect", 1, 2, at=40.0)
    estimate.report("write", 0, 1, at=120.0)
    estimate.report("write", 1, 1, at=160.0)
    estimate.end(160.0)
    jumped_over = 10 * (160 + 10) / (80 + 10)
    assert estimate.times() == {
        "read": [pytest.approx(jumped_over)],
        "score": [pytest.approx(jumped_over)],
        "detect": [40, 80],
        "write": [40],
    }


def test_an_unknown_step_changes_nothing() -> None:
    estimate = own()
    estimate.report("read", 0, 1, at=0.0)
    estimate.report("something new", 0, 1, at=10.0)
    assert estimate.remaining(10.0) == pytest.approx(90)
    assert "something new" not in estimate.times()
