"""Catalogues of both languages hold exactly the messages that the code uses; law and settings in words."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from string import Formatter

import pytest
import streamlit as st

import dashboard
from dashboard.builtin_words import builtin_words
from dashboard.wording import LANGUAGES, catalogue, figures, language_of_browser, law, money_axis, setting
from detection.detectors.cards import PICTURES, SUBJECT_KINDS
from detection.detectors.catalogue import catalogue as detectors
from detection.language.law import Citation
from detection.language.messages import messages as catalogue_of_paper
from detection.language.policy import value_lines
from detection.store.lifecycle import ALERTS, STATUSES
from detection.store.queries.alerts import LISTS, SORTS
from features.contract import TABLES
from features.policy import known_areas, load_policy

ROOT = Path(dashboard.__file__).parent
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.rglob("*.py")))
REQUESTED = set(re.findall(r"""\b(?:t|message_markup)\(\s*["']([\w.]+)["']""", CODE))
PREFIXES = set(re.findall(r"""\bt\(\s*f["']([\w.]+\.)\{""", CODE))
GROUPS = set(re.findall(r"""\blabel\(\s*["'](\w+)["']""", CODE)) | {
    "family", "severity", "error_grade", "district", "provider_kind", "status", "change", "person_category",
    "indicator_unit", "instrument", "article", "law", "list", "log_way", "order", "period", "sentence",
}  # fmt: skip


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_message_in_the_code_exists(language: str) -> None:
    messages = catalogue(language)
    assert REQUESTED, "the pattern matches no message id: fix it"
    assert not sorted(REQUESTED - messages.keys())
    assert not [prefix for prefix in PREFIXES if not any(name.startswith(prefix) for name in messages)]
    assert not [name for name, text in messages.items() if not text.strip()]


def test_every_message_is_used() -> None:
    prefixes = tuple(PREFIXES | {f"{group}." for group in GROUPS})
    assert not [name for name in catalogue("en") if name not in REQUESTED and not name.startswith(prefixes)]


def test_both_languages_have_the_same_placeholders() -> None:
    def placeholders(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    english, chinese = catalogue("en"), catalogue("zh")
    assert english.keys() == chinese.keys()
    assert not [name for name in english if placeholders(english[name]) != placeholders(chinese[name])]


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_papers_and_cards_use_the_words_of_the_screens(language: str) -> None:
    screen, paper = catalogue(language), catalogue_of_paper(language, "papers")
    assert paper["alert.counterfactual"] == screen["alert.counterfactual"]
    assert paper["alert.events"] == screen["alert.history"]
    assert paper["alert.run"].removesuffix(" {run}") == screen["card.run"]
    same = {"card": "card_version"} | {name: name for name in ("certainty", "run", "first_run", "typology")}
    for name, on_screen in same.items():
        assert paper[f"fact.{name}"] == screen[f"card.{on_screen}"]
    for name in ("person_anomaly", "payer_account_anomaly"):
        steps = "".join(detectors()[name].card.words[language].follow_up)
        assert screen["alert.counterfactual"] in steps, "the heading that the step names"


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_a_hidden_figure_is_not_stated_to_be_below_a_number(language: str) -> None:
    """Cells are hidden as well so that others cannot be worked out: then no bound is true of them."""
    screen = catalogue(language)
    names = [name for name in screen if name.startswith("sufficiency.")]
    assert len(names) == 5
    for name in (*names, "indicator.list.hidden", "indicator.list.withheld", "indicator.cells_withheld"):
        assert not re.search(r"\d|十|\bten\b|\bthirty\b", screen[name]), name


def test_every_code_of_the_contract_has_a_label() -> None:
    values = {
        "subject_kind": SUBJECT_KINDS,
        "picture": PICTURES,
        "status": STATUSES,
        "action": (*ALERTS.move, "dismiss", "undo"),
        "severity": ("info", "watch", "suspicious", "highly_suspicious", "definite"),
        "error_grade": ("info", "watch", "suspicious", "highly_suspicious", "definite"),
        "value_status": ("verified", "illustrative", "unknown"),
        "list": LISTS,
        "sort": SORTS,
        "table": tuple(TABLES),
        "relation": TABLES["family_authorizations"].columns["relation"].values,
        "provider_kind": TABLES["providers"].columns["provider_kind"].values,
        "level": TABLES["providers"].columns["level"].values,
        "family": tuple({detector.card.family for detector in detectors().values()}),
    }
    known = catalogue("zh")
    assert not [
        f"{group}.{code}"
        for group, codes in values.items()
        for code in codes
        if f"{group}.{code}" not in known
    ]


@pytest.mark.parametrize(
    ("fen", "english", "chinese"),
    [
        (12_345_678_900, "CN¥123.46M", "¥1.23亿"),
        (123_456_789, "CN¥1.23M", "¥123.46万"),
        (1_234_567, "CN¥12.35K", "¥1.23万"),
        (98_765, "CN¥987.65", "¥987.65"),
        (0, "CN¥0.00", "¥0.00"),
        (-123_456_789, "−CN¥1.23M", "−¥123.46万"),
    ],
)
def test_money_is_short_on_cards(
    monkeypatch: pytest.MonkeyPatch, fen: int, english: str, chinese: str
) -> None:
    for language, text in (("en", english), ("zh", chinese)):
        monkeypatch.setattr(st, "session_state", {"language": language})
        assert figures().short_money(fen) == text


def test_money_is_exact_in_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {"language": "en"})
    assert figures().money(99_999_999_999_999_901) == "CN¥999,999,999,999,999.01"
    assert figures().money(-5) == "−CN¥0.05"
    assert "'M'" in money_axis()


def test_law_is_cited_in_the_language_of_its_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    citation = Citation("NHSA Order No. 7", start=dt.date(2026, 4, 1))
    monkeypatch.setattr(st, "session_state", {"language": "zh"})
    assert law(citation) == "国家医疗保障局令第7号（适用于 2026-04-01 起的事项）"
    monkeypatch.setattr(st, "session_state", {"language": "en"})
    assert law(citation) == "NHSA Order No. 7 (events from 2026-04-01)"


def test_a_setting_is_a_word_a_number_or_a_list_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {"language": "en"})
    assert value_lines(None, "en") == ["–"], "an unknown value is no word of a program"
    assert [setting(value) for value in (True, 30, 0.8, ["spouse", "child"], "annual", None)] == [
        "yes",
        "30",
        "0.8",
        "spouse; child",
        "annual",
        "–",
    ]


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh-CN", "zh"), ("zh", "zh"), ("zh-Hant-TW", "zh"), ("en-GB", "en"), ("fr", "en"), (None, "en")],
)
def test_without_a_choice_the_language_is_the_browsers(locale: str | None, language: str) -> None:
    assert language_of_browser(locale) == language


def test_words_of_the_controls_are_translated_there_and_back() -> None:
    chinese, english = builtin_words("zh"), builtin_words("en")
    assert '["zh-CN", [' in chinese and '["Search", "搜索"]' in chinese
    assert '["en", [' in english and '["搜索", "Search"]' in english


def test_every_unit_of_a_card_and_of_the_policy_has_a_name() -> None:
    units = {
        value.unit
        for detector in detectors().values()
        for values in detector.card.thresholds.values.values()
        for value in values
    }
    units |= {
        value.unit
        for area in known_areas()
        for values in load_policy(area, profile="illustrative").parameters.values()
        for value in values
    }
    assert len(units) > 40
    assert sorted(unit for unit in units if unit and f"unit.{unit}" not in catalogue("zh")) == []
