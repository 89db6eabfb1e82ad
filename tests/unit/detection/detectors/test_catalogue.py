"""Detectors are discovered by their files; the golden list shows them to a reviewer."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from support.golden import DETECTORS, assert_up_to_date

import detection
from detection.detectors.card_files import stored_name
from detection.detectors.catalogue import catalogue
from features.errors import CardError

DAY = dt.date(2024, 1, 1)
FAMILY = Path("rules") / "family_accounts"


def test_the_golden_list_is_up_to_date() -> None:
    assert_up_to_date(DETECTORS)


def test_code_is_there_for_all_but_anomalies() -> None:
    for detector in catalogue().values():
        assert callable(detector.hits) == (detector.card.kind != "model")


def write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def test_a_trial_has_other_thresholds_and_leaves_the_catalogue_alone() -> None:
    trial = catalogue()["family_authorization"].with_thresholds({"grace_minutes": 7})
    assert trial.card.thresholds.at("grace_minutes", DAY).value == 7
    assert catalogue()["family_authorization"].card.thresholds.at("grace_minutes", DAY).value == 0


def test_a_rule_without_its_card_and_a_card_without_its_rule_are_both_named(tmp_path: Path) -> None:
    write(tmp_path / FAMILY / "alone.py", '"""No card."""\n')
    write(tmp_path / FAMILY / "silent.toml", "")
    with pytest.raises(CardError) as error:
        catalogue(tmp_path)
    assert error.value.problems == (
        "family_accounts/alone.py has no card",
        "family_accounts/silent.toml has no code",
    )


def test_a_name_used_twice_is_refused(tmp_path: Path) -> None:
    for theme in ("benefit", "family_accounts"):
        write(tmp_path / "rules" / theme / "same.py", "")
        write(tmp_path / "rules" / theme / "same.toml", "")
    with pytest.raises(
        CardError, match=r"'same' is used twice: benefit/same\.toml, family_accounts/same\.toml"
    ):
        catalogue(tmp_path)


def test_a_module_without_a_query_next_to_a_network_needs_no_card(tmp_path: Path) -> None:
    write(tmp_path / "networks" / "explanations.py", '"""Words only."""\n')
    assert catalogue(tmp_path) == {}


def test_a_card_lies_where_its_kind_does(tmp_path: Path) -> None:
    real = Path(detection.__file__ or "").parent / FAMILY / "family_authorization_violation.toml"
    write(tmp_path / "anomalies" / "wrong.toml", real.read_text(encoding="utf-8"))
    with pytest.raises(CardError, match="kind = 'rule'"):
        catalogue(tmp_path)


def test_a_rule_lies_under_its_family_and_is_named_after_its_typology() -> None:
    for path in sorted((Path(detection.__file__ or "").parent / "rules").glob("*/*.toml")):
        card = catalogue()[stored_name(path)].card
        assert path.parent.name == card.family == card.theme
        assert path.stem.partition("__")[0] == card.typology
