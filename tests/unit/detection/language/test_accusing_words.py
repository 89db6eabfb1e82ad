"""No text that a person reads accuses anybody: cards, features, indicators, catalogues and documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.accusing_words import accusing, accusing_words
from support.paths import ROOT

from dashboard.wording import catalogue as screens
from detection.detectors.cards import LANGUAGES
from detection.detectors.catalogue import catalogue
from detection.indicators.card_files import indicator_cards
from detection.language.messages import messages
from features.registry import all_features

CATALOGUES = sorted(
    path for package in ("detection", "dashboard") for path in (ROOT / package).rglob("LC_MESSAGES/*.po")
)


def strings(value: object) -> Iterator[str]:
    """Every text in a card's texts, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from strings(each)
    elif hasattr(value, "__dict__"):
        yield from strings(vars(value))


def test_no_statistical_card_has_a_title_that_excludes_the_innocent() -> None:
    cards = [each.card for each in catalogue().values() if each.card.certainty == "statistical"]
    assert len(cards) > 10
    titles = [card.words[language].title for card in cards for language in LANGUAGES]
    assert not [title for title in titles if re.search("cannot|impossible|不可能", title)]


def test_the_lists_find_what_they_are_for() -> None:
    assert accusing_words("该账户疑似套现，A cash-out by a fraudster.") == ["套现", "cash-out", "fraudster"]
    assert accusing_words("《医疗保障基金使用监督管理条例》《打击欺诈骗保专项行动方案》") == []
    assert accusing_words("To verify: made of cashless payments; no dealings.") == []


def test_no_card_accuses() -> None:
    cards = [detector.card for detector in catalogue().values()]
    texts = [
        text
        for card in cards
        for part in (
            [card.words[language] for language in LANGUAGES],
            [(cause.en, cause.zh) for cause in card.causes.values()],
            [
                (value.en, value.zh, value.source)
                for values in card.thresholds.values.values()
                for value in values
            ],
            [(case["name"], case["why"]) for case in card.cases],
        )
        for text in strings(part)
    ]
    assert len(cards) > 50 and len(texts) > 2000
    assert accusing(texts) == {}


def test_no_feature_and_no_indicator_accuses() -> None:
    texts = [text for feature in all_features().values() for text in (feature.en, feature.zh, feature.means)]
    texts += list(strings([vars(card) for card in indicator_cards().values()]))
    assert len(texts) > 300
    assert accusing(texts) == {}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_no_catalogue_accuses(path: Path) -> None:
    texts = list(messages(path.parents[1].name, path.stem, path.parents[2]).values())
    assert texts
    assert accusing(texts) == {}


def test_labels_of_grades_say_what_to_do() -> None:
    assert [screens(language)["severity.highly_suspicious"] for language in ("zh", "en")] == [
        "待核实·强",
        "Needs review · strong",
    ]


def test_the_pages_of_the_manual_do_not_accuse() -> None:
    pages = [ROOT / "docs" / name for name in ("glossary.md",) if (ROOT / "docs" / name).exists()]
    assert accusing(re.sub(r"`[^`]*`", "", page.read_text(encoding="utf-8")) for page in pages) == {}
