"""Every column that a card names exists, is computed by one theme, and reads in both languages."""

from __future__ import annotations

import datetime as dt

import pytest
from support.dashboard_proof import proof_of

from detection.detectors.card_content import card_from_json, card_json
from detection.detectors.catalogue import catalogue
from detection.proof.columns import IDS, columns_of, evidence_columns
from detection.proof.themes import THEMES
from detection.proof.values import items_of, to_text
from detection.proof.wording import value_text

CARDS = {name: detector.card for name, detector in catalogue().items()}


def test_every_column_is_computed_by_one_theme() -> None:
    computed = [column for theme in THEMES for column in theme.columns]
    assert len(computed) > 60
    assert sorted(computed) == sorted(evidence_columns())


@pytest.mark.parametrize("name", CARDS)
def test_the_columns_of_a_card_exist_for_its_kind_of_evidence(name: str) -> None:
    card = CARDS[name]
    assert card.proof
    theme_of = {column: theme.evidence for theme in THEMES for column in theme.columns}
    assert {theme_of.get(column) for column in card.proof} == {card.evidence}


def test_a_stored_card_keeps_its_columns_and_an_older_one_has_none() -> None:
    import json

    card = CARDS["impossible_travel"]
    content = json.loads(card_json(card))
    assert card_from_json(content, detector=card.detector, digest="d").proof == card.proof
    del content["proof"]
    older = card_from_json(content, detector=card.detector, digest="d")
    assert older.proof == ()
    assert [column.name for column in columns_of(older)][:2] == ["care_type", "diagnosis"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_values_of_every_kind_read_in_both_languages(language: str) -> None:
    day, seen = dt.date(2024, 3, 1), set()
    for card in CARDS.values():
        for column in columns_of(card):
            text = value_text(column, proof_of(card, 1, day)[column.name], language)
            assert bool(text) is not column.hidden, column.name
            seen.add(column.kind)
    assert {*IDS, "items", "amount", "km", "code", "month", "point"} - {"payer_account"} <= seen


def test_nothing_known_is_nothing_stored() -> None:
    assert to_text({"km": None, "items": []}) is None
    text = to_text({"km": 1.5, "items": [{"name": "Tea", "amount": 200}], "diagnosis": ""})
    assert text == '{"km":1.5,"items":[["Tea",200]]}'
    assert items_of([["Tea", 200]]) == [("Tea", 200)]
