"""Errors of a mapping file name the entry and what is expected; invalid entries hide no other errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from features.errors import MappingError
from features.intake.mapping.file import load_mapping

CASES = {
    "loose_names = 1": "the file: loose_names must be true or false",
    "tables = 5": "the file: tables must be a table",
    "[tables]\npersons = 5": "tables: persons must be a table",
    "[tables.persons]\nabsent = 'sex'": "tables.persons: absent must be a list",
    "[tables.persons]\ncolumns.sex = 5": "tables.persons.columns: sex must be a table",
    "[tables.persons.columns]\nsex = { from = ['a'] }": "tables.persons.columns.sex: from must be a text",
    "[tables.persons.columns]\nsex = { from = 'a', match = 'near' }": (
        "tables.persons.columns.sex: match must be 'exact' or 'prefix'"
    ),
    "[tables.persons.columns]\nsex = { from = 'a', match = 'prefix', lengths = ['2'] }": (
        "tables.persons.columns.sex.lengths: 0 must be a whole number"
    ),
    "[tables.persons]\nexclude = [{ values = ['0'] }]": "tables.persons.exclude[0]: column is missing",
    "[codes.sex]\nsource = 'here'": "codes.sex: values is missing",
    "[tables.persons]\nfiel = 'a'": (
        "tables.persons: unknown entry fiel (known: absent, columns, date_formats, day_precision, delimiter, "
        "distinct, exclude, fallback, file, guessed, header_line, join, link_reversals, month_formats, null, only, "
        "optional, parts, refund_mark, sheet, time_formats, zone)"
    ),
    "[options]\nhosp_lv = 'grade'": "options: only an import preset has options (--preset)",
}


def problems(text: str, folder: Path) -> tuple[str, ...]:
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MappingError) as caught:
        load_mapping(path)
    return tuple(caught.value.problems)


@pytest.mark.parametrize("text", CASES)
def test_an_invalid_entry_is_named(text: str, tmp_path: Path) -> None:
    assert problems(text, tmp_path) == (CASES[text],)


def test_an_invalid_entry_hides_no_other_error(tmp_path: Path) -> None:
    text = """
    [tables.persons]
    absent = "sex"
    link_reversals = true
    [tables.persons.columns]
    sex = { from = "a", constant = "b" }
    birth_date = { from = "b", formats = "%Y", not_before = "sex" }
    """
    assert problems(text, tmp_path) == (
        "tables.persons.columns.birth_date: formats must be a list",
        "tables.persons: absent must be a list",
        "tables.persons.columns.sex: needs exactly one of from, constant, sum, first_of; has from, constant",
        "tables.persons.columns.birth_date: not_before compares a date or time with another one of the table",
        "tables.persons: link_reversals is for settlements only",
    )
