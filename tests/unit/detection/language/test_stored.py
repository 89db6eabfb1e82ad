"""Sentences that intake stores in English, in Chinese."""

from __future__ import annotations

import ast
import re

import pytest
from support.paths import ROOT

from detection.language.messages import messages
from detection.language.stored import CATALOGUE, stored_text
from features.intake.checks.duplicates import CONFLICT, SAME
from features.intake.mapping.model import RECOGNIZE
from features.intake.reading.layout import SEPARATORS, recognize
from features.intake.sinks import MISSING, UNREADABLE, WRONG_FIELDS
from features.message import Message

_HAN = re.compile(r"[\u4e00-\u9fff]")


def test_a_sentence_is_translated_with_its_parts() -> None:
    text = "cells are separated by tabs (setting: delimiter)"
    assert stored_text(text).en == text
    assert stored_text(text).zh == "单元格以 制表符 分隔（设置：delimiter）"


def test_a_sentence_that_is_not_known_stays() -> None:
    assert stored_text("unknown sentence").zh == "unknown sentence"


def test_sentences_have_the_same_places_in_both_languages() -> None:
    def places(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)", text))

    sentences = messages("zh", CATALOGUE)
    assert len(sentences) > 30
    assert {english for english, chinese in sentences.items() if places(english) != places(chinese)} == set()


@pytest.mark.parametrize("reason", [MISSING, UNREADABLE, WRONG_FIELDS, SAME, CONFLICT])
def test_reasons_of_quarantine_are_known(reason: str) -> None:
    assert _HAN.search(stored_text(reason).zh)


@pytest.mark.parametrize("separator", sorted(set(SEPARATORS) - {","}))
@pytest.mark.parametrize("titles", [0, 1, 3])
def test_notes_on_the_layout_of_a_file_are_known(separator: str, titles: int) -> None:
    lines = ["a title"] * titles + [separator.join("abcd")] + [separator.join("1234")] * 5
    notes = recognize(lines, RECOGNIZE).notes
    assert len(notes) == 1 + bool(titles)
    for note in notes:
        translated = stored_text(note).zh
        assert _HAN.search(translated)
        assert not re.search(r"[a-z]{3}", translated.replace("delimiter", "").replace("header_line", ""))


def test_the_example_of_an_unreadable_value_is_known() -> None:
    example = Message("{file} row {row:,}: {shape}", file="s.csv", row=1_234, shape="9999/99")
    assert stored_text(str(example)).zh == "s.csv 第 1,234 行：9999/99"


def explanations() -> list[str]:
    """The reasons that options of a preset state, with 7 for each value."""
    texts = []
    for path in [*(ROOT / "features/intake/planning").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                given = node.args if node.func.id == "_by_data" else []
                given = given + [word.value for word in node.keywords if word.arg == "explanation"]
                texts += [_sample(text) for text in given]
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "self.skipped[name]":
                texts.append(_sample(node.value))
    return sorted({text for text in texts if " " in text})


def _sample(text: ast.expr) -> str:
    match text:
        case ast.Constant(value=str(words)):
            return words
        case ast.JoinedStr(values=parts):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in parts)
    return ""


@pytest.mark.parametrize("text", explanations())
def test_reasons_of_options_are_known(text: str) -> None:
    assert _HAN.search(stored_text(text).zh)


def test_there_are_reasons_of_options() -> None:
    assert len(explanations()) > 8
