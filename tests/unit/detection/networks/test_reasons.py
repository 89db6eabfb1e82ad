"""Which measures explain a group, which lower its evidence, which leave a weak sign of it, and which do nothing."""

from __future__ import annotations

from dataclasses import fields

import polars as pl
import pytest

from detection.detectors.catalogue import catalogue
from detection.networks.reasons import ReasonBounds, company, explained, lowering

CARD = catalogue()["card_concentration"].card.statistical_thresholds
BOUNDS = ReasonBounds(**{field.name: CARD.latest(field.name) for field in fields(ReasonBounds)})

STRANGERS = {
    "days": 8, "gap": 20.0, "people": 12, "places": 1, "same_employer": 0.1, "lawful": 0.0, "fixed_days": 0.3,
    "old": 0.2, "minors": 0.0, "own": 0.4, "cross": 0.5, "own_surprise": 0.0, "goods": 1.0,
    "span": 150, "cycle": 0.0, "one_operator": 0.0,
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


def together(**measures: float | None) -> bool:
    """Whether people with goods of their own who go together are the likelier explanation."""
    frame = pl.DataFrame(
        [STRANGERS | {"cross": 0.0} | measures], schema_overrides={"one_operator": pl.Float64}
    )
    answer: bool = frame.select(company(BOUNDS)).item()
    return answer


@pytest.mark.parametrize(
    "measures",
    [
        {"cycle": 2.4},  # a choir's Thursday, with holidays
        {"cycle": 2.4, "places": 2},  # the village bus, to the pharmacy or to the clinic
        {"cycle": 2.4, "one_operator": None},  # the same, where operators are not known
        {"cycle": 4.0, "one_operator": 2.5},  # now and then the same counter
        {"span": 30, "gap": 2.0},  # a wave of illness, a course
    ],
)
def test_people_who_go_together_leave_a_weak_sign(measures: dict[str, float | None]) -> None:
    assert together(**measures)


@pytest.mark.parametrize(
    "measures",
    [
        {},  # on no days in particular
        {"cycle": 0.9},  # days that nearly keep to one
        {"cycle": 2.4, "one_operator": 5.0},  # one operator serves all of them
        {"cycle": 2.4, "cross": 0.5},  # the same goods for everybody
        {"span": 30, "gap": 9.0},  # few days, far apart
        {"span": 30, "gap": 2.0, "places": 3},  # at one place after the other
        {"span": 30, "gap": 2.0, "one_operator": 5.0},
    ],
)
def test_what_points_to_one_hand_is_no_company(measures: dict[str, float | None]) -> None:
    assert not together(**measures)
