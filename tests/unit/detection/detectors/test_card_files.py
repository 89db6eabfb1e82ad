"""Reading a card: all problems at once, keys of earlier versions, stored cards, and the schema for editors."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from support.golden import assert_up_to_date
from support.schemas import CARD_SCHEMA

import detection
from detection.detectors.card_content import card_from_json, card_json
from detection.detectors.card_files import read_card
from detection.detectors.catalogue import catalogue
from features.errors import CardError

PACKAGE = Path(detection.__file__ or "").parent
CARD = PACKAGE / "rules" / "family_accounts" / "family_authorization_violation.toml"
LEDGER = PACKAGE / "rules" / "personal_account" / "ledger_break.toml"
OLD_KEYS = {
    "[[threshold]]": "[[line]]",
    "\nthresholds = ": "\nlines = ",
    "\nobserved = ": "\nseen = ",
    "\nwhy_it_matters = ": "\nmatters = ",
    "\ninnocent_explanations = ": "\ninnocent = ",
    "\nsubject_table = ": "\njudged = ",
    "\njudgment = ": "\njudgement = ",
}


def written(tmp_path: Path, *changes: tuple[str, str], card: Path = CARD) -> Path:
    """A copy of a card with parts of its text replaced."""
    text = card.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "copy.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_problem_of_a_card_is_named_at_once(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        ('typology = "family_authorization_violation"\n', ""),
        ('family = "family_accounts"', 'family = "weather"'),
        ('picture = "', 'weather = "rain"\npicture = "'),
        ('unit = "min"\n', ""),
        ("[cause.never]\n", '[cause.never]\nthresholds = ["nowhere"]\n'),
        ("why_it_matters = ", "why_it_matter = "),
        ("why = ", "because = "),
    )
    with pytest.raises(CardError) as error:
        read_card(path)
    assert error.value.where == "copy.toml"
    problems = "\n".join(error.value.problems)
    for problem in (
        "lacks 'typology'",
        "family = 'weather' is not one of visit_frequency",
        "'weather' is not one of detector, kind",
        "threshold 1: lacks 'unit'",
        "[cause.never] names threshold 'nowhere', which has no [[threshold]]",
        "[en] lacks 'why_it_matters'",
        "[zh] lacks 'why_it_matters'",
        "[en] 'why_it_matter' is not one of label, title, observed",
        "[[case]] 1 lacks 'why'",
    ):
        assert problem in problems


def test_a_rule_needs_three_cases(tmp_path: Path) -> None:
    text = CARD.read_text(encoding="utf-8")
    path = tmp_path / "copy.toml"
    path.write_text(text[: text.index("[[case]]")], encoding="utf-8")
    with pytest.raises(CardError, match=r"fewer than three \[\[case\]\]"):
        read_card(path)


def test_a_file_that_is_not_toml_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text("= 1", encoding="utf-8")
    with pytest.raises(CardError, match="not TOML"):
        read_card(path)


@pytest.mark.parametrize(("new", "old"), OLD_KEYS.items())
def test_a_key_of_the_previous_version_is_read_with_a_warning_that_names_the_new_key(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, new: str, old: str
) -> None:
    card = next(path for path in PACKAGE.glob("rules/*/*.toml") if new in path.read_text(encoding="utf-8"))
    path = written(tmp_path, (new, old), card=card)
    with caplog.at_level(logging.WARNING):
        renamed = read_card(path)
    names = [name.strip("[]\n= ") for name in (old, new)]
    assert f"{names[0]!r} is now named {names[1]!r}" in caplog.text
    assert card_json(renamed) == card_json(read_card(card))


def test_the_cards_of_this_version_give_no_warning(caplog: pytest.LogCaptureFixture) -> None:
    paths = sorted(PACKAGE.glob("rules/*/*.toml"))
    assert paths
    with caplog.at_level(logging.WARNING):
        for path in paths:
            read_card(path)
    assert not caplog.records


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_a_stored_card_is_read_as_it_was(name: str) -> None:
    card = catalogue()[name].card
    assert card_from_json(json.loads(card_json(card)), detector=name, digest=card.digest) == card


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_a_card_that_the_previous_version_stored_is_read(name: str) -> None:
    """It has the keys of that version, no detector name, and perhaps a key that no longer exists."""
    card = catalogue()[name].card
    stored = previous(json.loads(card_json(card))) | {"withdrawn": 1}
    del stored["detector"]
    assert card_from_json(stored, detector=name, digest=card.digest) == card


def previous(card: Mapping[str, Any]) -> dict[str, Any]:
    """Stored content with the keys of the previous version."""
    texts = {"observed": "seen", "why_it_matters": "matters", "innocent_explanations": "innocent"}
    causes = {"thresholds": "lines", "judgment": "judgement"}  # codespell:ignore judgement
    old = renamed(card, {"threshold": "line", "subject_table": "judged"})
    old |= {language: renamed(old[language], texts) for language in ("en", "zh")}
    old["cause"] = {name: renamed(cause, causes) for name, cause in old.get("cause", {}).items()}
    old["case"] = [renamed(case, {"thresholds": "lines"}) for case in old.get("case", [])]
    return old


def renamed(table: Mapping[str, Any], keys: Mapping[str, str]) -> dict[str, Any]:
    return {keys.get(key, key): value for key, value in table.items()}


def test_stored_content_that_is_no_card_is_an_error() -> None:
    with pytest.raises(CardError, match="catalogue"):
        card_from_json({"detector": "a_rule"}, detector="a_rule", digest="d")


def test_the_schema_is_up_to_date() -> None:
    assert_up_to_date(CARD_SCHEMA)
