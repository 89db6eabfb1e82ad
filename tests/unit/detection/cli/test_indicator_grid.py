"""The grid of indicators at a terminal has words for every value that an indicator can have."""

from __future__ import annotations

from typing import get_args

import pytest

from dashboard.wording import catalogue as screens
from detection.cli.indicator_grid import line
from detection.indicators.catalogue import indicators
from detection.indicators.disclosure import EMPTY, HIDDEN, Sufficiency, Value
from detection.store.queries.indicators.values import Point, Tile

WITHHELD = Value(None, 12, None, 12, None, "withheld")
FEW = Value(3, 12, None, 12, 0.25, "few")
MARKS = {
    "en": {
        EMPTY: "empty: nothing to measure",
        HIDDEN: "hidden: could identify people",
        FEW: "few: not assessed",
        WITHHELD: "withheld: too few people",
    },
    "zh": {
        EMPTY: "无可统计对象",
        HIDDEN: "为避免识别个人，不予显示",
        FEW: "样本较少，不作判断",
        WITHHELD: "人数过少，分子不予显示",
    },
}


def tile(value: Value) -> Tile:
    point = Point("month:2024-03", "month", "2024-03", "2024-03", value, attention=False)
    return Tile(indicators()["near_cap"], point, None, "", None, None, (), illustrative=False)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("value", [EMPTY, HIDDEN, FEW, WITHHELD])
def test_a_value_on_few_people_or_none_is_marked(value: Value, language: str) -> None:
    cells = line(tile(value), language)
    assert cells[-1] == MARKS[language][value]
    assert cells[3] == ("25.0%" if value is FEW else "–")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_screens_have_a_word_for_every_sufficiency(language: str) -> None:
    words = screens(language)
    assert {f"sufficiency.{name}" for name in get_args(Sufficiency)} <= words.keys()
