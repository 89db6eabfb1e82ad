"""The examples on docs/mapping.md are mapping files that can be read."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from support.paths import DOCS

from features.intake.mapping.file import TOP_KEYS, load_mapping
from features.intake.mapping.model import ColumnMapping, TableMapping
from features.intake.mapping.tables import COLUMN_KEYS, TABLE_KEYS

PAGE = (DOCS / "mapping.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_of_the_page_can_be_read(example: str, tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(example, encoding="utf-8")
    mapping = load_mapping(path)
    assert all(isinstance(table, TableMapping) for table in mapping.tables.values())
    assert all(table.columns or table.parts for table in mapping.tables.values())


def test_the_page_names_every_entry_of_the_format() -> None:
    known = TOP_KEYS | TABLE_KEYS | COLUMN_KEYS
    assert {entry for entry in known if f"`{entry}`" not in PAGE} - {"tables"} == set()
    assert len(dataclasses.fields(ColumnMapping)) == len(COLUMN_KEYS)
