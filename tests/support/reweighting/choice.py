"""Weights chosen on some cities: little by little, and only where the gain is larger than its standard error."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from support.reweighting.city import StoredCity, families
from support.reweighting.weights import FIXED, MANY, Weights

from models.evidence.unit import ALERT

FURTHER = (0.0, 0.25, 0.5, 0.75, 1.0)
INVOLVED = (0.0, 0.05, 0.1, 0.2, 0.3)
MOST = (6.0, 8.0, 10.0, float(MANY))
FAMILY = (0.5, 0.75, 1.0, 1.33, 2.0)
LINES = (2.0, 2.5, 3.0, 3.5, 4.0)
_SWEEPS = 2
_SHRINK = 0.5
"""Share of the logarithm of a family's best weight that is kept: families are many and cities are few."""

_Change = Callable[[Weights], Weights]


def chosen(cities: Sequence[StoredCity], *, by_family: bool = True) -> Weights:
    """The weights that these cities suggest.

    Args:
        cities: of the authors that are not reported on.
        by_family: whether families of detectors may have weights of their own; else the fusion's values alone.

    Returns:
        The product's weights, with those changed whose mean gain is larger than its standard error over cities.
    """
    weights = FIXED
    for _ in range(_SWEEPS):
        for changes in _dimensions(by_family=by_family):
            weights = _best(weights, changes, cities)
    shrunk = {name: value**_SHRINK for name, value in weights.families.items()}
    return replace(weights, families=shrunk, lines=_lines(cities))


@dataclass(frozen=True)
class _Family:
    """Sets the weight of one family."""

    name: str
    weight: float

    def __call__(self, weights: Weights) -> Weights:
        return weights.with_family(self.name, self.weight)


@dataclass(frozen=True)
class _Value:
    """Sets a value of the whole fusion."""

    name: Literal["further", "involved", "most"]
    value: float

    def __call__(self, weights: Weights) -> Weights:
        match self.name:
            case "further":
                return replace(weights, further=self.value)
            case "involved":
                return replace(weights, involved=self.value)
            case "most":
                return replace(weights, most=self.value)


def _dimensions(*, by_family: bool) -> Iterator[list[_Change]]:
    yield [_Value("further", value) for value in FURTHER]
    yield [_Value("involved", value) for value in INVOLVED]
    yield [_Value("most", value) for value in MOST]
    for family in sorted(set(families().values())) if by_family else ():
        yield [_Family(family, weight) for weight in FAMILY]


def _best(weights: Weights, changes: Sequence[_Change], cities: Sequence[StoredCity]) -> Weights:
    """The weights with the change that gains most, or as they are."""
    before = np.array([city.mean_precision(weights) for city in cities])
    best, most = weights, 0.0
    for change in changes:
        other = change(weights)
        if other == weights:
            continue
        gains = np.array([city.mean_precision(other) for city in cities]) - before
        gain = float(gains.mean())
        error = float(gains.std(ddof=1)) / math.sqrt(len(gains)) if len(gains) > 1 else math.inf
        if gain > max(error, most):
            best, most = other, gain
    return best


def _lines(cities: Sequence[StoredCity]) -> dict[str, float]:
    """Per family the line that takes more wrong alerts than instances away, by more than the root of their sum."""
    lines: dict[str, float] = {}
    for family in sorted({alert.family for city in cities for alert in city.alerts} - {""}):
        most = 0.0
        for line in LINES[1:]:
            other = Weights(lines={family: line})
            wrong = sum(_wrong(city, FIXED) - _wrong(city, other) for city in cities)
            lost = sum(city.detected(FIXED).hits - city.detected(other).hits for city in cities)
            gain = wrong - lost
            if gain > max(math.sqrt(wrong + lost), most):
                lines[family], most = line, gain
    return {family: line for family, line in lines.items() if line != ALERT}


def _wrong(city: StoredCity, weights: Weights) -> int:
    right = city.right(weights)
    return right.of - right.hits
