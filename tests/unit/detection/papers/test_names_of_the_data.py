"""Papers are written whatever a name of the data holds: Word files have no control characters."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import docx
import pytest
from support.commands import fundwatch
from support.dashboard_fixtures import sample, sample_to_change, small_sample

from detection.store.queries import Filters
from detection.store.queries.alerts import rows
from detection.store.queries.reader import open_reader

__all__ = ["sample", "sample_to_change", "small_sample"]


@pytest.fixture
def alert_id(sample_to_change: Path) -> str:
    """An alert at an institution, all of which have a control character in their name."""
    with sqlite3.connect(sample_to_change / "store.sqlite") as connection:
        connection.execute("UPDATE institution SET name = name || ?", ("\x0b\x1b&<b>",))
    with open_reader(sample_to_change) as reader:
        assert reader is not None
        return next(
            row.alert_id for row in rows(reader, Filters()) if row.place and row.subject_kind == "person"
        )


def test_reports_and_letters_are_written_with_a_mark_in_its_place(
    sample_to_change: Path, alert_id: str, tmp_path: Path
) -> None:
    where = ("--workspace", sample_to_change)
    written = {name: tmp_path / f"{name}.docx" for name in ("report", "letter")}
    for words in (
        ("report", "--period", "2024-Q1", "--format", "docx", "--out", written["report"]),
        ("letter", alert_id, "--out", written["letter"]),
    ):
        ended = fundwatch(*words, *where)
        assert ended.code == 0, ended.err
    for name, file in written.items():
        made = docx.Document(str(file))
        cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
        text = "\n".join([*(each.text for each in made.paragraphs), *cells])
        assert "\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}&<b>" in text, name
