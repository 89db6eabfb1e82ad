"""Chinese texts write numbers one way: a space between a number and a character, none in dates, laws and ordinals."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.paths import ROOT

from detection.detectors.catalogue import catalogue
from detection.language.messages import messages
from features.registry import all_features

HAN = "[\u4e00-\u9fff]"
NUMBERS = "n|of|count|days|rows|shown|total|members|people|rank|seen|alerts|months|met|peers|pages|kinds"
CLOSED = re.compile(HAN + r"(\d|\{(" + NUMBERS + r")(:,)?\})|(\d|\{(" + NUMBERS + r")(:,)?\})" + HAN)
DATES = re.compile(r"第\d+[条号章]?|\d+年|\d+月|\d+日|〔\d+〕\d+号|令第\d+号|第\{number\}")
CATALOGUES = sorted(
    path for package in ("detection", "dashboard") for path in (ROOT / package).rglob("zh/LC_MESSAGES/*.po")
)


def closed_up(texts: list[str]) -> list[str]:
    return [text for text in texts if CLOSED.search(DATES.sub("", text))]


def test_the_pattern_finds_what_it_is_for() -> None:
    assert closed_up(["共{n}条", "83家机构", "在{of}家中"]) == ["共{n}条", "83家机构", "在{of}家中"]
    assert closed_up(["共 {n} 条", "2024年6月30日", "国务院令第735号第17条", "{place}的{name}"]) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.stem))
def test_a_catalogue(path: Path) -> None:
    texts = list(messages("zh", path.stem, path.parents[2]).values())
    assert texts
    assert closed_up(texts) == []


def test_cards_and_features() -> None:
    texts = [feature.zh for feature in all_features().values()]
    for detector in catalogue().values():
        words = detector.card.words["zh"]
        texts += [
            words.title,
            words.observed,
            words.why_it_matters,
            *words.innocent_explanations,
            *words.follow_up,
        ]
        texts += [cause.zh for cause in detector.card.causes.values()]
    assert len(texts) > 500
    assert closed_up(texts) == []
