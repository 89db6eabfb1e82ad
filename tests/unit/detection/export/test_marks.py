"""Every file that leaves says who took it, when, and its number; the audit log has its hash."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from pathlib import Path

import polars as pl
import pytest
from support.drafts import a_draft
from support.sheets import read_sheets
from support.store_runs import Store
from support.written_exports import cells, written

from detection.followup.audit.verifying import verify_log
from features.errors import UsageError

LINE = "Export 1, taken by li on noon"


@pytest.fixture
def full(store: Store) -> Store:
    store.run("r1", a_draft("one"), a_draft("two", score=10.0))
    return store


def entered(store: Store) -> list[tuple[str, dict[str, object]]]:
    """The entries about exports, with what each says."""
    with sqlite3.connect(store.workspace.store_file) as connection:
        query = "SELECT action, after FROM audit_entry WHERE action LIKE 'export%' ORDER BY number"
        return [(action, json.loads(after)) for action, after in connection.execute(query)]


def test_a_csv_file_has_its_mark_next_to_it_and_stays_a_table(full: Store) -> None:
    path = written(full)
    assert len(cells(path)) == 2
    assert path.with_name("out.csv.export.txt").read_text().splitlines()[0] == LINE


def test_a_workbook_has_its_mark_as_a_property_a_line_and_on_paper(full: Store) -> None:
    path = written(full, file_format="xlsx", headed="en")
    assert ["Export", LINE] in [row[:2] for row in read_sheets(path)["About"]]
    with zipfile.ZipFile(path) as book:
        assert LINE in book.read("docProps/core.xml").decode()
        assert "li</dc:creator>" in book.read("docProps/core.xml").decode()
        assert LINE in book.read("xl/worksheets/sheet1.xml").decode()
    assert LINE.replace("1", "2", 1) in str(read_sheets(written(full, file_format="xlsx"))["README"])


def test_json_and_parquet_have_their_mark_as_a_field(full: Store) -> None:
    expected = {"number": 1, "actor": "li", "at": "noon"}
    assert json.loads(written(full, file_format="json").read_text())["export"] == expected
    metadata = pl.read_parquet_metadata(written(full, file_format="parquet"))
    assert json.loads(metadata["export"]) == expected | {"number": 2}


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "json", "parquet"])
def test_the_audit_log_has_the_hash_of_the_file(full: Store, file_format: str) -> None:
    content = written(full, file_format=file_format).read_bytes()
    (first, _), (second, after) = entered(full)
    assert (first, second) == ("export", "export_file")
    assert after["of_export"] == 1
    assert (after["file_hash"], after["bytes"]) == (hashlib.sha256(content).hexdigest(), len(content))
    assert verify_log(full.workspace, actor="root", at="noon").fault is None


def test_no_other_file_is_replaced_by_a_mark(full: Store) -> None:
    mine: Path = full.workspace.root.parent / "out.csv.export.txt"
    mine.write_text("my own notes")
    with pytest.raises(UsageError, match="another file"):
        written(full)
    assert mine.read_text() == "my own notes" and not mine.with_name("out.csv").exists()
    assert entered(full) == []
