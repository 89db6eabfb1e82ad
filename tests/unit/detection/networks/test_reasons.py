"""Which measures explain a group, which lower its evidence, and which do neither."""

from __future__ import annotations

from dataclasses import fields

import polars as pl
import pytest

from detection.detectors.catalogue import catalogue
from detection.networks.reasons import ReasonBounds, explained, lowering

CARD = catalogue()["card_concentration"].card.statistical_thresholds
BOUNDS = ReasonBounds(**{field.name: CARD.latest(field.name) for field in fields(ReasonBounds)})

STRANGERS = {
    "days": 8, "gap": 20.0, "people": 12, "places": 1, "same_employer": 0.1, "lawful": 0.0, "fixed_days": 0.3,
    "old": 0.2, "minors": 0.0, "own": 0.4, "cross": 0.5, "own_surprise": 0.0, "goods": 1.0,
}  # fmt: skip
"""Adults without a common employer who bring the same goods home, on no fixed days."""


def of(**measures: float | None) -> tuple[bool, int]:
    frame = pl.DataFrame([STRANGERS | measures], schema_overrides={"goods": pl.Float64})
    row = frame.select(explained(BOUNDS).alias("explained"), lowering(BOUNDS).alias("reasons")).row(0)
    return row[0], row[1]


def test_strangers_with_the_same_goods_have_no_excuse() -> None:
    assert of() == (False, 0)


@pytest.mark.parametrize(
    "measures",
    [
        {"own": 0.9, "cross": 0.1, "own_surprise": 5.0},  # residents of a home, each with a medicine
        {"fixed_days": 1.0, "cross": 0.1},  # a clinic day
        {"fixed_days": 1.0, "goods": None},  # the same, without lines
        {"gap": 2.0, "days": 40, "goods": 0.1, "own": 1.0, "cross": 1.0},  # dialysis without a programme
        {"same_employer": 0.9, "goods": 0.0},  # a check-up
        {"lawful": 0.9},  # registered
        {"people": 5, "minors": 0.2},  # a family
    ],
)
def test_one_reason_explains(measures: dict[str, float | None]) -> None:
    assert of(**measures)[0]


@pytest.mark.parametrize(
    ("measures", "reasons"),
    [
        ({"fixed_days": 1.0}, 1),  # a round, but the same goods for everyone
        ({"fixed_days": 1.0, "cross": 0.1, "days": 3}, 1),  # too few days for a round
        ({"old": 0.9}, 1),
        ({"old": 0.9, "cross": 0.1}, 2),  # old people, each with goods of their own
        ({"same_employer": 0.4}, 1),
        ({"same_employer": 0.9}, 1),  # colleagues with the same goods
        ({"own": 0.9, "cross": 0.1, "own_surprise": 2.0}, 1),
        ({"people": 30, "minors": 0.1}, 0),
        ({"gap": 2.0, "days": 40}, 0),  # often, but goods
    ],
)
def test_some_reasons_only_lower_the_evidence(measures: dict[str, float | None], reasons: int) -> None:
    assert of(**measures) == (False, reasons)
