"""Worlds on which properties of rules are checked: random ones, else the firing case of a rule's own card."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import polars as pl
from support.cases import policy_of, tables_of
from support.random_worlds.rules import random_world

from detection.detectors.catalogue import Detector, catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import evaluate
from features.engine import Views
from features.policy import load_policy
from features.tables import Tables

AREA = "320600"
SEEDS = (1, 2)
RULES = [name for name, detector in catalogue().items() if detector.card.kind == "rule"]


@cache
def random_context(seed: int) -> DetectorContext:
    """A random world under the illustrative policy."""
    tables = random_world(seed)
    return DetectorContext(tables, Views(tables), load_policy(AREA, profile="illustrative"), AREA)


@cache
def rules_with_hits() -> tuple[str, ...]:
    """Rules that have hits in every random world."""
    return tuple(
        rule
        for rule in RULES
        if all(len(evaluate(catalogue()[rule], random_context(seed)).hits) for seed in SEEDS)
    )


def firing_case(rule: str) -> Mapping[str, Any]:
    """The first case of a rule's card that fires."""
    return next(case for case in catalogue()[rule].card.cases if case.get("hits"))


@cache
def detector_for(rule: str) -> Detector:
    """A rule as its world sets it: with the thresholds of the case where that is its world."""
    detector = catalogue()[rule]
    if rule in rules_with_hits():
        return detector
    return detector.with_thresholds(firing_case(rule).get("thresholds", {}))


@cache
def context_for(rule: str, seed: int) -> DetectorContext:
    """A world in which a rule has hits: a random one, else the first firing case of its card.

    Raises:
        StopIteration: no case of the card fires.
    """
    if rule in rules_with_hits():
        return random_context(seed)
    case = firing_case(rule)
    area = str(case.get("area", AREA))
    tables = tables_of(case)
    policy = policy_of(case, load_policy(area, profile=case.get("profile")))
    return DetectorContext(tables, Views(tables), policy, area)


def with_tables(context: DetectorContext, tables: Tables) -> DetectorContext:
    """The same policy and area over other tables."""
    return DetectorContext(tables, Views(tables), context.policy, context.area)


def hits(rule: str, context: DetectorContext) -> pl.DataFrame:
    """A rule's hits, under the thresholds of its world."""
    return evaluate(detector_for(rule), context).hits
