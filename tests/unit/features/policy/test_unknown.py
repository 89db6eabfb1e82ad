"""A value that nobody has read switches off exactly what needs it: no other detector, and no other cause."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

import polars as pl
import pytest
from support.rule_worlds import random_world

from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.hits import evidence_keys
from detection.detectors.runner import Evaluation, evaluate
from features.engine import Views
from features.policy import Policy, PolicyValue, load_policy
from features.policy.parameters import PARAMETERS

pytestmark = pytest.mark.slow

AREA = "320600"
ASKING = {
    name: detector
    for name, detector in catalogue().items()
    if detector.module is not None and (detector.card.needs_policy or detector.card.reads_policy)
}
PAIRS = [
    (name, asked)
    for name, one in ASKING.items()
    for asked in dict.fromkeys([*one.card.needs_policy, *one.card.reads_policy])
]


def without(*names: str) -> Policy:
    """The demonstration's policy in which nobody has read some parameters."""
    policy = load_policy(AREA, profile="illustrative")
    unread = (PolicyValue(dt.date(1990, 1, 1), None, "", "not read", "unknown"),)
    return replace(policy, parameters={**policy.parameters, **dict.fromkeys(names, unread)})


@cache
def context() -> DetectorContext:
    tables = random_world(1)
    return DetectorContext(tables, Views(tables), without(), AREA)


@cache
def found(detector: str, *unread: str) -> Evaluation:
    return evaluate(ASKING[detector], replace(context(), policy=without(*unread)))


def flagged(judged: Evaluation, detector: str, cause: str) -> set[tuple[str, ...]]:
    """Evidence of one cause."""
    keys = evidence_keys(ASKING[detector].card)
    return set(judged.hits.filter(pl.col("cause") == cause).select(keys).rows())


@pytest.mark.parametrize(("detector", "unread"), PAIRS)
def test_an_unknown_value_switches_off_the_causes_that_need_it(detector: str, unread: str) -> None:
    """Of the other causes all hits stay; what a cause that went off had come first for may now fall to them.

    A cause that only reads the value has no new hits: it is left to the rows that the value does not decide.
    """
    card, before, after = ASKING[detector].card, found(detector), found(detector, unread)
    off = {name for name in card.causes if unread in card.policy_of(name)}
    in_part = {name for name in card.causes if unread in card.reads_of(name)} - off
    set_free = {one for name in off | in_part for one in flagged(before, detector, name)}
    for cause in card.causes:
        was, now = flagged(before, detector, cause), flagged(after, detector, cause)
        if cause in off:
            assert not now
        elif cause in in_part:
            assert now - was <= set_free
        else:
            assert was <= now
            assert now - was <= set_free
    if unread in card.policy_of(None):
        assert after.assessability.status == "not_assessable"
        assert unread in after.assessability.reason_en
    else:
        assert after.assessability.status != "available"


def test_the_deductible_is_asked_only_where_there_is_one() -> None:
    """Of the demonstration, with a deductible of the year; and of the same without any."""
    detector, deductible = ASKING["benefit_recalc_mismatch"], "benefit.deductible"
    assert found("benefit_recalc_mismatch").hits.height > 0
    assert found("benefit_recalc_mismatch", deductible).hits.is_empty()
    none = {"benefit.deductible_mode": (PolicyValue(dt.date(2023, 1, 1), "none", "mode", "", "verified"),)}
    with_any, without_any = (
        evaluate(detector, replace(context(), policy=replace(one, parameters={**one.parameters, **none})))
        for one in (without(), without(deductible))
    )
    assert without_any.hits.equals(with_any.hits)
    assert without_any.assessability == with_any.assessability
    assert not without_any.hits.is_empty()


@pytest.mark.parametrize("detector", ASKING)
def test_what_a_detector_does_not_ask_changes_nothing_of_it(detector: str) -> None:
    card = ASKING[detector].card
    others = sorted(set(PARAMETERS) - {*card.needs_policy, *card.reads_policy})
    assert found(detector, *others).hits.equals(found(detector).hits)
    assert found(detector, *others).assessability == found(detector).assessability


def test_in_baotou_nobody_can_recalculate() -> None:
    tables = random_world(1)
    judged = evaluate(
        ASKING["benefit_recalc_mismatch"],
        DetectorContext(tables, Views(tables), load_policy("150200"), "150200"),
    )
    assert judged.assessability.status == "not_assessable"
    assert (
        "policy not known: benefit.deductible_mode, benefit.ratio, benefit.annual_cap"
        in judged.assessability.reason_en
    )
    assert (
        "政策参数尚未核实：“普通门诊起付标准的计算方式”、“普通门诊统筹基金支付比例”"
        in judged.assessability.reason_zh
    )


@pytest.mark.parametrize("area", ["320600", "150200"])
def test_what_was_paid_before_the_start_asks_no_benefit_value(area: str) -> None:
    """Nobody has read what either city pays; from when it pays was read of both."""
    tables = random_world(1)
    context = DetectorContext(tables, Views(tables), load_policy(area), area)
    status = {
        name: evaluate(ASKING[name], context).assessability.status
        for name in ("benefit_recalc_mismatch", "paid_before_the_start")
    }
    assert status["benefit_recalc_mismatch"] == "not_assessable"
    assert status["paid_before_the_start"] in ("available", "partial")
