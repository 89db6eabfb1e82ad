"""What a run uses is charged to the step, and to the line, that used it."""

from __future__ import annotations

import sys

from bench.usage_recorder import LineSampler, StepRecorder, Usage


def _usage(user: float, resident: int = 0, peak: int = 0) -> Usage:
    return Usage(user, user / 2, user * 2, resident, peak)


def test_a_step_is_charged_until_the_next_report() -> None:
    moments = iter([_usage(1), _usage(2, 10, 15), _usage(5, 30, 99), _usage(6, 20, 40)])
    steps = StepRecorder(lambda: next(moments), {"detectors": ["first", "second"]})
    steps("reading", 0, 1)
    steps("detectors", 0, 2)
    steps("detectors", 1, 2)
    steps.charge()
    reading, first, second = steps.costs.values()
    assert list(steps.costs) == [("reading", ""), ("detectors", "first"), ("detectors", "second")]
    assert (reading.user, reading.system, reading.cpu, reading.wall) == (1, 0.5, 1.5, 2)
    assert (first.user, first.grown, first.peak) == (3, 20, 99)
    assert (second.grown, second.peak) == (-10, 40)


def test_a_step_that_comes_again_is_one_row() -> None:
    moments = iter([_usage(1), _usage(2), _usage(4), _usage(8)])
    steps = StepRecorder(lambda: next(moments))
    for step in ("scores", "alerts", "scores"):
        steps(step, 0, 0)
    steps.charge()
    assert {step: cost.user for (step, _), cost in steps.costs.items()} == {"scores": 5, "alerts": 2}


def test_work_since_the_last_sample_goes_to_the_lines_of_the_packages() -> None:
    moments = iter([(1.0, 0.5), (4.0, 0.5)])
    package = __name__.partition(".")[0]
    sampler = LineSampler(lambda: next(moments), (package,))

    def sampled() -> None:
        sampler(0, sys._getframe())

    sampled()
    sampled()
    (first, *_), *_ = sampler.by_line()
    assert first.startswith(f"{__name__}:sampled:")
    own = {name.rpartition(":")[2]: cost for name, *cost in sampler.by_function()}
    assert own["sampled"] == [4.0, 0.5]
    assert own["test_work_since_the_last_sample_goes_to_the_lines_of_the_packages"] == [4.0, 0.5]
