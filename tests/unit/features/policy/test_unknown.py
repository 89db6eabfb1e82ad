"""An unknown value switches off exactly what needs it: no other detector, and no other cause."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

import polars as pl
import pytest
from support.random_worlds.rules import random_world

from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.hits import evidence_keys
from detection.detectors.runner import Evaluation, evaluate
from features.engine import Views
from features.policy import Policy, PolicyValue, load_policy
from features.policy.parameters import PARAMETERS

pytestmark = pytest.mark.slow

AREA = "320600"
READERS = {
    name: detector
    for name, detector in catalogue().items()
    if detector.module is not None and (detector.card.needs_policy or detector.card.reads_policy)
}
PAIRS = [
    (name, parameter)
    for name, detector in READERS.items()
    for parameter in dict.fromkeys([*detector.card.needs_policy, *detector.card.reads_policy])
]


REPLACED = {("cap_rush", "benefit.annual_cap")}
"""Values that only size a case and have a measured stand-in: the most that the fund paid for anybody in a year."""


def without(*names: str) -> Policy:
    """The demonstration's policy in which some parameters are unknown."""
    policy = load_policy(AREA, profile="illustrative")
    unknown = (PolicyValue(dt.date(1990, 1, 1), None, "", "not read", "unknown"),)
    return replace(policy, parameters={**policy.parameters, **dict.fromkeys(names, unknown)})


@cache
def context() -> DetectorContext:
    tables = random_world(1)
    return DetectorContext(tables, Views(tables), without(), AREA)


@cache
def evaluation_of(detector: str, *unknown: str) -> Evaluation:
    return evaluate(READERS[detector], replace(context(), policy=without(*unknown)))


def flagged(evaluation: Evaluation, detector: str, cause: str) -> set[tuple[str, ...]]:
    """Evidence of one cause."""
    keys = evidence_keys(READERS[detector].card)
    return set(evaluation.hits.filter(pl.col("cause") == cause).select(keys).rows())


@pytest.mark.parametrize(("detector", "unknown"), PAIRS)
def test_an_unknown_value_switches_off_the_causes_that_need_it(detector: str, unknown: str) -> None:
    """The other causes keep all their hits; hits of a cause that was switched off may now count for them.

    A cause that only reads the value has no new hits: it keeps the rows that the value does not affect.
    """
    card, before, after = READERS[detector].card, evaluation_of(detector), evaluation_of(detector, unknown)
    off = {name for name in card.causes if unknown in card.policy_of(name)}
    in_part = {name for name in card.causes if unknown in card.reads_of(name)} - off
    set_free = {evidence for name in off | in_part for evidence in flagged(before, detector, name)}
    for cause in card.causes:
        was, now = flagged(before, detector, cause), flagged(after, detector, cause)
        if cause in off:
            assert not now
        elif cause in in_part:
            assert now - was <= set_free
        else:
            assert was <= now
            assert now - was <= set_free
    if unknown in card.policy_of(None):
        assert after.assessability.status == "not_assessable"
        assert unknown in after.assessability.reason_en
    elif (detector, unknown) in REPLACED:
        assert after.assessability == before.assessability
    else:
        assert after.assessability.status != "available"


def test_only_values_that_no_part_of_a_card_needs_are_replaced() -> None:
    assert set(PAIRS) >= REPLACED
    for name, parameter in REPLACED:
        card = READERS[name].card
        assert parameter not in {
            *card.needs_policy,
            *(need for cause in card.causes for need in card.policy_of(cause)),
        }


def test_the_deductible_is_needed_only_where_it_exists() -> None:
    """Of the demonstration, with a deductible of the year; and of the same without any."""
    detector, deductible = READERS["benefit_recalc_mismatch"], "benefit.deductible"
    assert evaluation_of("benefit_recalc_mismatch").hits.height > 0
    assert evaluation_of("benefit_recalc_mismatch", deductible).hits.is_empty()
    none = {"benefit.deductible_mode": (PolicyValue(dt.date(2023, 1, 1), "none", "mode", "", "verified"),)}
    with_any, without_any = (
        evaluate(
            detector, replace(context(), policy=replace(policy, parameters={**policy.parameters, **none}))
        )
        for policy in (without(), without(deductible))
    )
    assert without_any.hits.equals(with_any.hits)
    assert without_any.assessability == with_any.assessability
    assert not without_any.hits.is_empty()


@pytest.mark.parametrize("detector", READERS)
def test_a_value_that_a_detector_does_not_read_changes_nothing(detector: str) -> None:
    card = READERS[detector].card
    others = sorted(set(PARAMETERS) - {*card.needs_policy, *card.reads_policy})
    assert evaluation_of(detector, *others).hits.equals(evaluation_of(detector).hits)
    assert evaluation_of(detector, *others).assessability == evaluation_of(detector).assessability


def test_nothing_can_be_recalculated_in_baotou() -> None:
    tables = random_world(1)
    evaluation = evaluate(
        READERS["benefit_recalc_mismatch"],
        DetectorContext(tables, Views(tables), load_policy("150200"), "150200"),
    )
    assert evaluation.assessability.status == "not_assessable"
    assert (
        "policy not known: benefit.deductible_mode, benefit.ratio, benefit.annual_cap"
        in evaluation.assessability.reason_en
    )
    assert (
        "政策参数尚未核实：“普通门诊起付标准的计算方式”、“普通门诊统筹基金支付比例”"
        in evaluation.assessability.reason_zh
    )


@pytest.mark.parametrize("area", ["320600", "150200"])
def test_payments_before_the_start_need_no_benefit_value(area: str) -> None:
    """The amounts of both cities are unknown; the day from which they pay is known."""
    tables = random_world(1)
    context = DetectorContext(tables, Views(tables), load_policy(area), area)
    status = {
        name: evaluate(READERS[name], context).assessability.status
        for name in ("benefit_recalc_mismatch", "paid_before_the_start")
    }
    assert status["benefit_recalc_mismatch"] == "not_assessable"
    assert status["paid_before_the_start"] in ("available", "partial")
