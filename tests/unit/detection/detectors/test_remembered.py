"""What a detector computed last is returned again, unless anything that it rests on differs."""

import dataclasses

import pytest
from support.world import World

from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from features.engine import Views
from features.policy import load_policy

calls: list[str] = []


@remembered
def first(context: DetectorContext, limit: int) -> list[int]:
    calls.append(f"first {limit} of {context.area}")
    return [limit]


@remembered
def second(context: DetectorContext, limit: int) -> list[int]:
    calls.append(f"second {limit}")
    return [*first(context, limit), limit]


@pytest.fixture
def context() -> DetectorContext:
    calls.clear()
    tables = World().tables()
    return DetectorContext(tables, Views(tables), load_policy("none"), "none")


def test_the_last_result_is_returned_again(context: DetectorContext) -> None:
    assert first(context, 1) is first(context, 1)
    assert calls == ["first 1 of none"]


def test_other_arguments_and_another_area_have_results_of_their_own(context: DetectorContext) -> None:
    assert (first(context, 1), first(context, 2)) == ([1], [2])
    first(dataclasses.replace(context, area="320600"), 2)
    assert calls == ["first 1 of none", "first 2 of none", "first 2 of 320600"]


def test_another_policy_has_a_result_of_its_own(context: DetectorContext) -> None:
    first(context, 1)
    first(dataclasses.replace(context, policy=load_policy("320600", profile="illustrative")), 1)
    assert len(calls) == 2


def test_only_the_last_result_is_kept(context: DetectorContext) -> None:
    assert second(context, 1) == [1, 1]
    assert second(context, 1) == [1, 1]
    assert calls == ["second 1", "first 1 of none"]
    first(context, 1)
    second(context, 1)
    assert len(calls) == 5


def test_nothing_is_remembered_of_a_part_of_the_rows(context: DetectorContext) -> None:
    whole = context.whole
    part = dataclasses.replace(context, assessable=whole.replacing(settlements=whole.settlements.head(0)))
    first(context, 1)
    first(part, 1)
    first(part, 1)
    assert len(calls) == 3


def test_what_is_kept_for_good_stays_next_to_the_last_result(context: DetectorContext) -> None:
    built: list[int] = []

    def build() -> int:
        built.append(1)
        return len(built)

    assert context.views.remember("rows", build) == 1
    first(context, 1)
    assert context.views.remember("rows", build) == 1
    assert first(context, 1) is first(context, 1)
    assert calls == ["first 1 of none"]
