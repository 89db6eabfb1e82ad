"""Every card is complete in both languages and quotes the law of the day of the event."""

from __future__ import annotations

import datetime as dt
import re
from string import Formatter

import pytest

from detection.alerts.draft import Subject
from detection.alerts.sentences import seen
from detection.detectors.cards import LANGUAGES, Card
from detection.detectors.catalogue import catalogue
from detection.language.policy import policy_title

PLACEHOLDERS = {
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
SUBJECT = Subject("person", "s", (), "p", None, None)
FORBIDDEN = re.compile(r"fraud|collu|proven|guilty|criminal|诈骗|欺诈|骗保|勾结|串通", re.IGNORECASE)
"""Words of a verdict."""
SAME_WINDOW = "the days that are counted and those that are expected are of this window"
SEARCHED = "a wider range holds more rhythms, and counts more looks"
PEERS = "it sets who is compared: with fewer compared, the evidence of each rises"
ZONE = "a wider zone holds more of the parts and of the usual bills, which are compared with each other"
COUNTED = "a longer time counts more, and expects more of everybody"
NO_SIDE = {
    ("cap_rush", "rush_days"): SAME_WINDOW,
    ("cap_rush", "short_days"): SAME_WINDOW,
    ("refund_resettle_loop__deductible", "weeks_days"): SAME_WINDOW,
    (
        "capacity_anomaly__rhythm",
        "jitter_seconds",
    ): "a wider tolerance finds more equal gaps, and expects more",
    ("capacity_anomaly__rhythm", "least_seconds"): SEARCHED,
    ("capacity_anomaly__rhythm", "most_minutes"): SEARCHED,
    ("high_risk_drug_watch", "min_days"): PEERS,
    ("high_risk_drug_watch", "often_resold"): "a longer list looks at more drugs, and at more days for each",
    ("oversupply", "min_days"): PEERS,
    ("peer_outlier", "dear_percent"): PEERS,
    ("capacity_anomaly__even_days", "min_a_day"): PEERS,
    ("capacity_anomaly__even_days", "min_days"): PEERS,
    ("fictitious_purchase", "min_days"): PEERS,
    ("hanging_bed_short_stay", "most_nights"): COUNTED,
    ("impossible_travel", "window_days"): "a longer window finds more pairs, and chance makes more in it",
    ("impersonation__lent_card", "main_places"): "more places hold more cards, and more phones",
    ("impersonation", "most_percent"): "the more things do not fit, the more days of everybody do not",
    ("policy_shift_abuse", "min_bills"): PEERS,
    ("professional_buyer", "min_days"): PEERS,
    ("split_admission", "within_days"): COUNTED,
    ("split_admission__partners", "within_days"): COUNTED,
    ("split_prescription__days", "min_settlements"): PEERS,
    ("split_prescription", "below_percent"): ZONE,
    ("split_prescription", "limit"): ZONE,
    ("split_prescription", "near_limit"): ZONE,
    ("split_prescription", "round_amounts"): ZONE,
}
"""Thresholds of which neither side raises fewer alerts, with the reason."""
CARDS = {name: detector.card for name, detector in catalogue().items() if detector.card.kind == "rule"}


@pytest.fixture(params=sorted(CARDS))
def card(request: pytest.FixtureRequest) -> Card:
    return CARDS[request.param]


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def with_cause_list() -> list[str]:
    """Rules whose text lists the causes that were met."""
    return [name for name, card in CARDS.items() if "causes" in placeholders(card.words["en"].observed)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_short_and_unique(language: str) -> None:
    """Lists and filters show the label, so that it tells detectors apart."""
    words = {name: detector.card.words[language] for name, detector in catalogue().items()}
    labels = {name: text.label for name, text in words.items()}
    assert [name for name, label in labels.items() if not label or len(label) > 32] == []
    assert len(set(labels.values())) == len(labels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_are_complete_and_never_a_verdict(card: Card, language: str) -> None:
    words = card.words[language]
    causes = [cause.en if language == "en" else cause.zh for cause in card.causes.values()]
    single = [words.title, words.observed, words.why_it_matters]
    texts = [*single, *words.innocent_explanations, *words.follow_up, *causes]
    assert all(texts)
    assert len(words.innocent_explanations) >= 2
    assert len(words.follow_up) >= 2
    assert not [text for text in texts if FORBIDDEN.search(text)]


def test_both_languages_have_the_same_number_of_texts(card: Card) -> None:
    english, chinese = card.words["en"], card.words["zh"]
    assert len(english.innocent_explanations) == len(chinese.innocent_explanations)
    assert len(english.follow_up) == len(chinese.follow_up)
    assert placeholders(english.observed) == placeholders(chinese.observed)


def test_the_observation_names_only_known_figures_and_every_violation(card: Card) -> None:
    names = placeholders(card.words["en"].observed)
    assert names
    assert names <= PLACEHOLDERS | set(card.causes)
    assert set(card.causes_with("violation")) <= names or "causes" in names


@pytest.mark.parametrize("name", with_cause_list())
@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_causes_that_were_met_are_listed(name: str, language: str) -> None:
    """An alert for one cause names it once with its count, and none of the others as a bare zero."""
    card = CARDS[name]
    figures = dict.fromkeys(PLACEHOLDERS - {"first", "last"}, 7) | {
        "first": "2024-03-01",
        "last": "2024-03-05",
    }
    phrases = {cause.name: getattr(cause, language) for cause in card.causes.values()}
    assert phrases
    for met, phrase in phrases.items():
        text = seen(card, figures | {"causes": {met: 7}}, SUBJECT)[language]
        assert text.count(phrase) == 1
        assert f"{phrase} (7)" in text if language == "en" else f"{phrase}（7 " in text
        rest = text.replace(phrase, "")
        assert not [other for other in phrases.values() if other in rest]


def test_some_rules_list_the_causes_that_were_met() -> None:
    assert with_cause_list()


@pytest.mark.parametrize("name", [name for name, card in CARDS.items() if card.certainty == "deterministic"])
def test_a_single_settlement_is_never_called_settlements(name: str) -> None:
    """A rule that can fire on one settlement writes ``settlements: {n}``; a pattern always has several."""
    observed = CARDS[name].words["en"].observed
    assert "{n}" in observed or "{members}" in observed
    assert not re.search(r"\{n\} [a-z]", observed)


@pytest.mark.parametrize(
    ("language", "repayment", "condition"), [("en", "returned", "If confirmed"), ("zh", "款项", "经核实后")]
)
def test_money_is_reclaimed_only_once_a_case_is_confirmed(
    language: str, repayment: str, condition: str
) -> None:
    steps = [step for card in CARDS.values() for step in card.words[language].follow_up if repayment in step]
    assert steps
    assert not [step for step in steps if not step.startswith(condition)]


def test_a_card_has_cases_that_fire_that_nearly_fire_and_that_are_not_assessable(
    card: Card,
) -> None:
    assert any(case.get("hits") for case in card.cases)
    assert any(case.get("hits") == [] or "nearly" in case["why"] for case in card.cases)
    assert any(case.get("not_assessable") for case in card.cases)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("detector", sorted(catalogue()))
def test_every_threshold_has_a_title(detector: str, language: str) -> None:
    """Of rules, models and networks alike: screens show the title, not the name."""
    thresholds = catalogue()[detector].card.thresholds
    titles = {name: thresholds.title(name, language) for name in thresholds.values}
    assert not [name for name, title in titles.items() if title == name]
    assert len(set(titles.values())) == len(titles)
    assert not [title for title in titles.values() if FORBIDDEN.search(title)]
    if language == "zh":
        assert not [title for title in titles.values() if re.search("[A-Za-z_]", title)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_policy_value_that_a_card_needs_has_a_title(language: str) -> None:
    names = {name for card in CARDS.values() for name in (*card.needs_policy, *card.reads_policy)}
    assert names
    assert not [name for name in names if policy_title(name, language) in ("", name)]


def test_a_title_leaves_out_the_choices() -> None:
    assert policy_title("benefit.deductible_mode", "zh") == "普通门诊起付标准的计算方式"
    assert policy_title("benefit.no_such_name", "en") == "benefit.no_such_name"


def test_every_threshold_of_a_rule_has_a_stricter_side_unless_it_only_shapes_a_comparison() -> None:
    thresholds = {
        (name, threshold): {each.stricter for each in dated}
        for name, card in CARDS.items()
        for threshold, dated in card.thresholds.values.items()
    }
    assert thresholds
    assert {key for key, sides in thresholds.items() if not sides <= {"higher", "lower"}} == set(NO_SIDE)


def law_on(card: Card, day: dt.date, area: str) -> list[str]:
    return [str(basis) for basis in card.law_in_force(day, area)]


def test_the_law_is_that_of_the_day_of_the_event() -> None:
    card = CARDS["family_authorization"]
    assert law_on(card, dt.date(2021, 4, 30), "320600") == []
    assert law_on(card, dt.date(2022, 12, 31), "320600") == ["State Council Order No. 735, art. 17"]
    assert law_on(card, dt.date(2023, 1, 1), "320600")[-1].startswith("Nantong Implementation Plan on ")
    assert not [law for law in law_on(card, dt.date(2023, 1, 1), "150200") if "Nantong" in law]


def test_a_citation_names_a_law_and_a_remark_its_source(card: Card) -> None:
    assert card.legal_basis
    for basis in card.legal_basis:
        assert not re.search(r"\bseed|\bA\d\d\b", str(basis)), (
            "a statement of docs/seeds.md is not an article"
        )
        assert not basis.instrument.startswith("Nantong") or "docs/seeds.md" in basis.source


def test_order_no_7_applies_from_april_2026_and_quotes_no_article(card: Card) -> None:
    assert "NHSA Order No. 7" not in law_on(card, dt.date(2026, 3, 31), "320600")
    assert "NHSA Order No. 7" in law_on(card, dt.date(2026, 4, 1), "320600")
