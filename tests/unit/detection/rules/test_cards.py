"""Every card says what it must, in both languages, and quotes the law of the day of the event."""

from __future__ import annotations

import datetime as dt
import re
from string import Formatter

import pytest

from detection.alerts.sentences import seen
from detection.detectors.cards import LANGUAGES, Card
from detection.detectors.catalogue import catalogue
from detection.language.policy import policy_title

PLACES = {
    "n",
    "amount",
    "pool",
    "account",
    "causes",
    "over",
    "owed",
    "subject",
    "provider",
    "members",
    "people",
    "first",
    "first_month",
    "last",
    "last_month",
    "days",
}
NEVER_SAID = re.compile(r"fraud|collu|proven|guilty|criminal|诈骗|欺诈|骗保|勾结|串通", re.IGNORECASE)
CARDS = {name: detector.card for name, detector in catalogue().items() if detector.card.kind == "rule"}


@pytest.fixture(params=sorted(CARDS))
def card(request: pytest.FixtureRequest) -> Card:
    return CARDS[request.param]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_complete_and_never_a_verdict(card: Card, language: str) -> None:
    words = card.words[language]
    causes = [cause.en if language == "en" else cause.zh for cause in card.causes.values()]
    said = [words.title, words.seen, words.matters, *words.innocent, *words.follow_up, *causes]
    assert all(said)
    assert len(words.innocent) >= 2
    assert len(words.follow_up) >= 2
    assert not [one for one in said if NEVER_SAID.search(one)]


def test_both_languages_say_the_same_number_of_things(card: Card) -> None:
    english, chinese = card.words["en"], card.words["zh"]
    assert len(english.innocent) == len(chinese.innocent)
    assert len(english.follow_up) == len(chinese.follow_up)
    assert places(english.seen) == places(chinese.seen)


def test_what_was_seen_names_only_known_figures_and_every_cause(card: Card) -> None:
    assert places(card.words["en"].seen) <= PLACES | set(card.causes)
    judged = {name for name, cause in card.causes.items() if cause.judgement == "violation"}
    assert judged <= places(card.words["en"].seen) or "causes" in places(card.words["en"].seen)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cause_that_was_not_met_is_not_said(card: Card, language: str) -> None:
    """An alert for one cause names it once with its count, and none of the others as a bare zero."""
    if "causes" not in places(card.words[language].seen):
        return
    figures = dict.fromkeys(PLACES - {"first", "last"}, 7) | {"first": "2024-03-01", "last": "2024-03-05"}
    phrases = {name: getattr(cause, language) for name, cause in card.causes.items()}
    for name, phrase in phrases.items():
        said = seen(card, figures | {"causes": {name: 7}}, {"subject": "S", "provider": "P"}, language)
        assert said.count(phrase) == 1
        assert f"{phrase} (7)" in said if language == "en" else f"{phrase}（7 " in said
        rest = said.replace(phrase, "")
        assert not [other for other in phrases.values() if other in rest]


def test_one_settlement_is_never_called_settlements(card: Card) -> None:
    """A rule that can fire on one settlement writes ``settlements: {n}``; a pattern always has several."""
    if card.certainty == "deterministic":
        assert not re.search(r"\{n\} [a-z]", card.words["en"].seen)


def test_money_is_asked_back_only_once_a_case_is_confirmed(card: Card) -> None:
    for steps, back, first in (
        (card.words["en"].follow_up, "returned", "If confirmed"),
        (card.words["zh"].follow_up, "款项", "经核实后"),
    ):
        assert all(step.startswith(first) for step in steps if back in step)


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_every_card_has_a_case_that_fires_one_that_does_not_and_one_that_cannot_be_judged(card: Card) -> None:
    assert any(case.get("hits") for case in card.cases)
    assert any(case.get("hits") == [] or "nearly" in case["why"] for case in card.cases)
    assert any(case.get("not_assessable") for case in card.cases)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("detector", sorted(catalogue()))
def test_every_line_says_what_it_is(detector: str, language: str) -> None:
    """Of rules, models and networks alike: screens show these words, not the line's name."""
    lines = catalogue()[detector].card.thresholds
    titles = {name: lines.title(name, language) for name in lines.values}
    assert not [name for name, title in titles.items() if title == name]
    assert len(set(titles.values())) == len(titles)
    assert not [one for one in titles.values() if NEVER_SAID.search(one)]
    if language == "zh":
        assert not [one for one in titles.values() if re.search("[A-Za-z_]", one)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_policy_value_that_a_card_asks_has_a_title(card: Card, language: str) -> None:
    for name in (*card.needs_policy, *card.reads_policy):
        assert policy_title(name, language) not in ("", name)


def test_a_title_leaves_out_the_choices() -> None:
    assert policy_title("benefit.deductible_mode", "zh") == "普通门诊起付标准的计算方式"
    assert policy_title("benefit.nobody_asks", "en") == "benefit.nobody_asks"


def test_every_numeric_line_says_which_way_is_stricter(card: Card) -> None:
    for line in card.raw.get("line", ()):
        assert line.get("stricter") in ("higher", "lower")


def law_on(card: Card, day: dt.date, area: str) -> list[str]:
    return [str(basis) for basis in card.law_in_force(day, area)]


def test_the_law_is_that_of_the_day_of_the_event() -> None:
    card = CARDS["family_authorization"]
    assert law_on(card, dt.date(2021, 4, 30), "320600") == []
    assert law_on(card, dt.date(2022, 12, 31), "320600") == ["State Council Order No. 735, art. 17"]
    assert law_on(card, dt.date(2023, 1, 1), "320600")[-1].startswith("Nantong Implementation Plan on ")
    assert not [law for law in law_on(card, dt.date(2023, 1, 1), "150200") if "Nantong" in law]


def test_what_is_cited_is_a_law_and_where_it_was_read_is_a_remark(card: Card) -> None:
    for basis in card.legal_basis:
        assert not re.search(r"\bseed|\bA\d\d\b", str(basis)), "a statement of docs/seeds.md is no article"
        assert not basis.instrument.startswith("Nantong") or "docs/seeds.md" in basis.source


def test_order_no_7_applies_from_april_2026_and_quotes_no_article(card: Card) -> None:
    assert "NHSA Order No. 7" not in law_on(card, dt.date(2026, 3, 31), "320600")
    assert "NHSA Order No. 7" in law_on(card, dt.date(2026, 4, 1), "320600")
