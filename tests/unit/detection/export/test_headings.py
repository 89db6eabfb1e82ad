"""Headings that people read stand above the same rows, and a workbook says which column each of them is."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from support.drafts import a_draft
from support.sheets import read_sheets
from support.store_runs import Store

from detection.export.export import LISTS, export
from detection.export.headings import headings
from detection.store.queries.sheets import ALERT_FIELDS, ALERT_ROW_FIELDS
from features.errors import UsageError

COLUMNS = {
    "alerts": ALERT_FIELDS,
    "evidence": ALERT_ROW_FIELDS,
    "scores": ("entity_id", "score", "rank", "spend_rank", "reasons"),
}


@pytest.fixture
def full(store: Store) -> Store:
    store.run("r1", a_draft("ben", pool=123_456), a_draft("carl", account=7))
    return store


def written(store: Store, what: str, file_format: str, headed: str) -> Path:
    out = store.workspace.root.parent / f"{what}-{headed}.{file_format}"
    rows = export(
        store.workspace, what, file_format=file_format, out=out, actor="li", at="noon", headed=headed
    )
    assert rows > 0
    return out


def lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("what", ["alerts", "evidence"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_only_the_first_line_changes(full: Store, what: str, language: str) -> None:
    machine, headed = (lines(written(full, what, "csv", name)) for name in ("", language))
    assert machine[0] == list(COLUMNS[what])
    assert headed[0] == list(headings(COLUMNS[what], language, what=what).values()) != machine[0]
    assert headed[1:] == machine[1:] != []


@pytest.mark.parametrize("what", LISTS)
def test_every_column_has_a_heading_of_its_own_in_both_languages(what: str) -> None:
    for language in ("en", "zh"):
        texts = list(headings(COLUMNS[what], language, what=what).values())
        assert len(set(texts)) == len(texts) == len(COLUMNS[what])
    assert not any(text.isascii() for text in texts), "Chinese"


def test_a_workbook_keeps_the_machine_names_on_a_second_sheet(full: Store) -> None:
    sheets = read_sheets(written(full, "alerts", "xlsx", "zh"))
    assert list(sheets)[:2] == ["疑点列表", "说明"]
    pairs = [tuple(row[:2]) for row in sheets["说明"][-len(ALERT_FIELDS) :]]
    assert pairs == [(heading, name) for name, heading in headings(ALERT_FIELDS, "zh").items()]
    assert sheets["疑点列表"][0] == [heading for heading, _ in pairs]
    amount = sheets["疑点列表"][0].index("涉及统筹基金（元）")
    assert 1234.56 in [row[amount] for row in sheets["疑点列表"][1:]]


@pytest.mark.parametrize("file_format", ["json", "parquet"])
def test_what_programs_read_has_machine_names_only(full: Store, file_format: str) -> None:
    with pytest.raises(UsageError, match="machine names only"):
        written(full, "alerts", file_format, "zh")
    assert not (full.workspace.root.parent / f"alerts-zh.{file_format}").exists()


def test_a_repeated_heading_has_its_machine_name() -> None:
    own = {"first": "Day", "last": "Day"}
    assert list(headings(own, "en", own=own).values()) == ["Day (first)", "Day (last)"]
