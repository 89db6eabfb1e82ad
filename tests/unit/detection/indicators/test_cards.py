"""The indicators' cards: complete, in two languages, dated, and refused with every problem otherwise."""

from __future__ import annotations

import datetime as dt
import logging
import re
from pathlib import Path

import pytest
from support.paths import ROOT

from detection.indicators.card import SCREENS
from detection.indicators.card_files import indicator_cards, read_indicator_card
from features.errors import CardError
from features.policy import load_policy

CARDS = indicator_cards()
CHINESE = re.compile("[\u4e00-\u9fff]")


def test_every_screen_has_indicators_in_its_order() -> None:
    assert list(dict.fromkeys(card.screen for card in CARDS.values())) == list(SCREENS)


@pytest.mark.parametrize("name", CARDS)
def test_a_card_describes_its_count_and_other_explanations(name: str) -> None:
    card = CARDS[name]
    for words in card.words.values():
        assert all(
            getattr(words, part)
            for part in ("title", "numerator", "denominator", "meaning", "innocent_explanation")
        )
    assert all(CHINESE.search(text) for text in vars(card.words["zh"]).values())
    assert not any(CHINESE.search(text) for text in vars(card.words["en"]).values())
    assert card.statements and all(re.fullmatch(r"A\d\d", statement) for statement in card.statements)


@pytest.mark.parametrize("name", CARDS)
def test_an_attention_threshold_is_a_choice_with_a_date_and_a_source(name: str) -> None:
    for threshold in CARDS[name].attention:
        assert threshold.source and threshold.start <= dt.date(2023, 1, 1)
        assert CHINESE.search(threshold.source_zh) and not CHINESE.search(threshold.source)
        assert threshold.status == "illustrative" or re.search(r"plan, A\d\d:", threshold.source)
        assert threshold.below is not None or threshold.above is not None


@pytest.mark.parametrize("name", CARDS)
def test_policy_that_a_card_names_is_written_down(name: str) -> None:
    known = set(load_policy("320600").names()) | set(load_policy("150200").names())
    assert set(CARDS[name].needs_policy) <= set(CARDS[name].rests_on) <= set(CARDS[name].spans) <= known


def test_what_a_count_reads_of_the_policy_marks_it_where_that_was_invented() -> None:
    assert "account_credit.average_pension" in CARDS["credit_accuracy"].rests_on
    assert "benefit.annual_cap" in CARDS["zero_pay_visits"].rests_on
    assert not CARDS["effective_reimbursement"].rests_on  # what was paid, whatever the policy says


def test_an_incomplete_card_is_refused_with_every_problem(tmp_path: Path) -> None:
    path = tmp_path / "half.toml"
    path.write_text(
        'screen = "kitchen"\nunit = "share"\nof = ["count", "eggs"]\nkinds = ["rolling12", "decade"]\n'
        'cuts = ["part"]\nstatements = ["A01"]\n'
        '[needs]\nsettlements = ["pool_payed"]\nsettlement = ["x"]\n'
        '[[attention]]\ndirection = "high"\nfrom = 2023-01-01\nsource = "s"\nstatus = "illustrative"\n'
        '[en]\ntitle = "Half"\n[zh]\nnumerator = "半"\n'
    )
    with pytest.raises(CardError) as refused:
        read_indicator_card(path)
    listed = "\n".join(refused.value.problems)
    for problem in (
        "screen = 'kitchen'",
        "of 2: of = 'eggs'",
        "kind 2: kinds = 'decade'",
        "settlements.pool_payed",
        "needs settlement,",
        "attention 1: lacks 'above'",
        "names no [part.…]",
        "[en] lacks 'meaning'",
        "[zh] lacks 'title'",
    ):
        assert problem in listed


def test_keys_of_the_first_version_are_read_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = ROOT / "detection" / "indicators" / "fund_risk" / "short_stays.toml"
    old, today = tmp_path / "short_stays.toml", path.read_text(encoding="utf-8")
    first = today.replace("[[threshold]]", "[[line]]").replace("\nmeaning =", "\ntells =")
    assert first != today
    old.write_text(first.replace("\ninnocent_explanation =", "\ninnocent ="), encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        card = read_indicator_card(old)
    assert card.words == CARDS["short_stays"].words
    assert card.thresholds == CARDS["short_stays"].thresholds
    assert all(key in caplog.text for key in ("'threshold'", "'meaning'", "'innocent_explanation'"))


@pytest.mark.parametrize("name", CARDS)
def test_a_card_lies_in_the_folder_of_its_screen(name: str) -> None:
    assert (ROOT / "detection" / "indicators" / CARDS[name].screen / f"{name}.toml").exists()
