"""Both languages say everything that the code asks for, and nothing that it does not."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
import streamlit as st

import dashboard
from dashboard.wording import LANGUAGES, catalogue, exact, law, money, money_axis, setting
from detection.detectors.cards import PICTURES, SUBJECT_KINDS
from detection.detectors.catalogue import catalogue as detectors
from detection.store.lifecycle import OPEN
from detection.store.queries.alerts import LISTS, SORTS
from features.contract import TABLES

ROOT = Path(dashboard.__file__).parent
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.rglob("*.py")))
ASKED = set(re.findall(r"""\bt\(\s*["']([\w.]+)["']""", CODE))
STARTS = set(re.findall(r"""\bt\(\s*f["']([\w.]+\.)\{""", CODE))
GROUPS = set(re.findall(r"""\blabel\(\s*["'](\w+)["']""", CODE)) | {
    "family", "detector", "severity", "error_grade", "district", "provider_kind", "status", "change", "person_category",
    "indicator_unit", "instrument", "law",
}  # fmt: skip


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_everything_asked_for_is_said(language: str) -> None:
    known = catalogue(language)
    assert ASKED, "the pattern finds no message ids: mend it"
    assert not sorted(ASKED - known.keys())
    assert not [start for start in STARTS if not any(one.startswith(start) for one in known)]
    assert not [one for one, said in known.items() if not said.strip()]


def test_nothing_is_said_that_nobody_asks_for() -> None:
    starts = tuple(STARTS | {f"{group}." for group in GROUPS})
    assert not [one for one in catalogue("en") if one not in ASKED and not one.startswith(starts)]


def test_both_languages_fill_the_same_places() -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    english, chinese = catalogue("en"), catalogue("zh")
    assert english.keys() == chinese.keys()
    assert not [one for one in english if places(english[one]) != places(chinese[one])]


def test_every_code_of_the_contract_has_a_label() -> None:
    values = {
        "subject_kind": SUBJECT_KINDS,
        "picture": PICTURES,
        "status": (*OPEN, "open", "dismissed", "expired", "closed"),
        "severity": ("info", "watch", "suspicious", "highly_suspicious", "definite"),
        "error_grade": ("info", "watch", "suspicious", "highly_suspicious", "definite"),
        "value_status": ("verified", "illustrative", "unknown"),
        "list": LISTS,
        "sort": SORTS,
        "table": tuple(TABLES),
        "relation": TABLES["family_authorizations"].columns["relation"].values,
        "provider_kind": TABLES["providers"].columns["provider_kind"].values,
        "level": TABLES["providers"].columns["level"].values,
        "detector": tuple(detectors()),
        "typology": tuple({one.card.typology for one in detectors().values()}),
        "family": tuple({one.card.family for one in detectors().values()}),
    }
    known = catalogue("zh")
    assert not [
        f"{group}.{one}" for group, codes in values.items() for one in codes if f"{group}.{one}" not in known
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
    for language, said in (("en", english), ("zh", chinese)):
        monkeypatch.setattr(st, "session_state", {"language": language})
        assert money(fen) == said


def test_money_is_exact_in_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {"language": "en"})
    assert exact(99_999_999_999_999_901) == "CN¥999,999,999,999,999.01"
    assert exact(-5) == "−CN¥0.05"
    assert "'M'" in money_axis()


@pytest.mark.parametrize(
    ("cited", "chinese"),
    [
        ("State Council Order No. 735, arts. 17 and 41", "国务院令第735号第17条、第41条"),
        ("NHSA Order No. 7", "国家医疗保障局令第7号"),
        ("NHSA Order No. 7 (events from 2026-04-01)", "国家医疗保障局令第7号（适用于 2026-04-01 起的事项）"),
        (
            "State Council Order No. 735, art. 38 (events from 2021-05-01 to 2022-12-31)",
            "国务院令第735号第38条（适用于 2021-05-01 至 2022-12-31 的事项）",
        ),
        ("Old law, Art. 1 (events until 2021-04-30)", "Old lawArt. 1（适用于 2021-04-30 以前的事项）"),
        ("An order nobody translated, art. 3", "An order nobody translated第3条"),
    ],
)
def test_law_is_quoted_as_its_readers_quote_it(
    monkeypatch: pytest.MonkeyPatch, cited: str, chinese: str
) -> None:
    monkeypatch.setattr(st, "session_state", {"language": "zh"})
    assert law(cited) == chinese
    monkeypatch.setattr(st, "session_state", {"language": "en"})
    assert law(cited) == cited


def test_a_setting_is_a_word_a_number_or_a_list_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {"language": "en"})
    assert [setting(one) for one in (True, 30, 0.8, ["spouse", "child"], "annual")] == [
        "yes",
        "30",
        "0.8",
        "spouse; child",
        "annual",
    ]
