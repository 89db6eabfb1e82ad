"""Names and prose use the standard terms: the retired ones of CONTRIBUTING.md occur nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.paths import ROOT
from support.words import (
    bound_names,
    headings,
    project_files,
    retired_names,
    retired_phrases,
    retired_words,
    toml_keys,
    words_of,
)

from detection.detectors.catalogue import catalogue
from detection.indicators.card_files import indicator_cards
from detection.store import schema
from features.contract import TABLES
from features.registry import all_features

WORDS = retired_words()
PHRASES = retired_phrases()


def stored_names() -> set[str]:
    """Names that are stored, exported or agreed with those who send data: they stay as they are."""
    cards = [detector.card for detector in catalogue().values()]
    return {
        *(name for table in TABLES.values() for name in table.columns),
        *(column.name for table in schema.Base.metadata.tables.values() for column in table.columns),
        *(name for card in cards for name in (card.detector, *card.causes, *card.thresholds.values)),
        *all_features(),
        *indicator_cards(),
    }


STORED = stored_names()


def where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_tables_of_retired_terms_are_read() -> None:
    assert {"one", "found", "told", "asked", "held", "drawn", "said", "door", "ground"} <= WORDS
    assert len(PHRASES) >= 10
    assert words_of("nothing_is_said") & WORDS == {"said"}
    assert words_of("one") & WORDS == {"one"}
    assert not words_of("one_day") & WORDS


def test_no_identifier_uses_a_retired_word() -> None:
    files = project_files(".py")
    assert len(files) > 500
    assert [
        f"{where(path)}:{line}: {name}"
        for path in files
        for line, name in bound_names(path)
        if words_of(name) & WORDS and name not in STORED
    ] == []


def test_no_identifier_or_module_has_a_retired_name() -> None:
    names = retired_names()
    assert {"Facts", "Lines", "Ground", "Room", "Outlets", "take_in"} <= names
    files = project_files(".py")
    assert [
        f"{where(path)}:{line}: {name}" for path in files for line, name in bound_names(path) if name in names
    ] == []
    assert [where(path) for path in files if path.stem in names] == []


def test_no_module_or_folder_uses_a_retired_word() -> None:
    names = {part for path in project_files(".py", ".toml", ".md") for part in Path(where(path)).parts}
    assert len(names) > 300
    stems = {name.partition(".")[0] for name in names} - STORED
    assert [stem for stem in sorted(stems) if words_of(stem) & WORDS] == []


def test_no_key_of_a_card_or_value_file_uses_a_retired_word() -> None:
    files = project_files(".toml")
    assert len(files) > 50
    assert [
        f"{where(path)}: {key}"
        for path in files
        for key in set(toml_keys(path)) - STORED
        if words_of(key) & WORDS
    ] == []


def test_no_heading_uses_a_retired_word() -> None:
    pages = project_files(".md")
    assert len(pages) > 10
    assert [
        f"{where(path)}: {heading}"
        for path in pages
        for heading in headings(path)
        if {word.lower() for word in re.findall(r"[A-Za-z]+", heading)} & (WORDS - {"one"})
    ] == []


@pytest.mark.parametrize("phrase", PHRASES)
def test_no_prose_uses_a_retired_phrase(phrase: str) -> None:
    words = re.compile(r"\b" + r"\s+".join(map(re.escape, phrase.split())) + r"\b", re.IGNORECASE)
    files = [path for path in project_files(".py", ".md", ".toml", ".po") if path.name != "CONTRIBUTING.md"]
    assert [where(path) for path in files if words.search(path.read_text(encoding="utf-8"))] == []
