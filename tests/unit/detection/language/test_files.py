"""Every sentence of the card and policy files has a Chinese entry, and no entry is without a sentence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest
from support.paths import ROOT

from detection.detectors.case_tables import parse
from detection.language.files import case_text, cell_text, chinese, column_title, source_text
from features.contract import TABLES

_HAN = re.compile(r"[\u4e00-\u9fff]")
FILES = sorted(
    path for package in ("detection", "features", "models") for path in (ROOT / package).rglob("*.toml")
)
RULE = "give it an entry in detection/language/file_texts/zh/LC_MESSAGES/{name}_*.po"


def contents() -> Iterator[dict[str, object]]:
    for path in FILES:
        yield tomllib.loads(path.read_text(encoding="utf-8"))


def sources(content: object) -> Iterator[str]:
    """Every ``source`` that has no Chinese beside it."""
    if isinstance(content, list):
        for entry in content:
            yield from sources(entry)
    if not isinstance(content, dict):
        return
    if isinstance(content.get("source"), str) and "source_zh" not in content:
        yield content["source"]
    for key, entry in content.items():
        if key != "case":
            yield from sources(entry)


def cases() -> Iterator[dict[str, object]]:
    for content in contents():
        entries = content.get("case", ())
        assert isinstance(entries, list | tuple)
        yield from entries


SENTENCES = {
    "sources": {source for content in contents() for source in sources(content) if source},
    "cases": {str(case[key]) for case in cases() for key in ("name", "why")},
}


@pytest.mark.parametrize(("name", "least"), [("sources", 400), ("cases", 700)])
def test_every_sentence_is_translated_and_no_other(name: str, least: int) -> None:
    translated = chinese(name)
    assert len(SENTENCES[name]) > least
    assert sorted(SENTENCES[name] - translated.keys()) == [], RULE.format(name=name)
    assert sorted(translated.keys() - SENTENCES[name]) == []
    names = {"Liu, Ting, Zhou: Isolation Forest (2008)"}
    assert [
        text for english, text in translated.items() if not _HAN.search(text) and english not in names
    ] == []


def test_a_sentence_of_a_funds_own_file_stays_as_it_is() -> None:
    assert source_text("市医保〔2023〕9号", "zh") == "市医保〔2023〕9号"
    assert case_text("our own case", "zh") == "our own case"
    known = next(iter(sorted(SENTENCES["sources"])))
    assert source_text(known, "en") == known
    assert source_text(known, "zh") != known


def test_every_column_and_code_of_the_contract_and_of_the_cases_has_a_chinese_name() -> None:
    columns = {(name, column) for name, table in TABLES.items() for column in table.columns}
    columns |= {
        (name, column)
        for case in cases()
        for name, content in case.items()
        if name in TABLES
        for row in parse(str(content))[:1]
        for column in row
    }
    assert len(columns) > 150
    assert sorted({column for _, column in columns if not _HAN.search(column_title(column, "zh"))}) == []
    codes = {
        (name, code)
        for table in TABLES.values()
        for name, column in table.columns.items()
        for code in column.values
    }
    assert len(codes) > 60
    assert sorted(code for code in codes if not _HAN.search(cell_text(*code, "zh"))) == []


def test_ids_and_numbers_of_a_case_stay_as_they_are() -> None:
    assert cell_text("person", "wang", "zh") == "wang"
    assert cell_text("care_type", "outpatient", "en") == "outpatient"
    assert column_title("pool_paid", "en") == "pool paid"
