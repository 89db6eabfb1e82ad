"""The examples on docs/mapping.md are valid mapping files, and the page and the schema name every entry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.paths import DOCS

from features.intake.mapping.entries import ColumnEntry, MappingFile, TableEntry, keys_of
from features.intake.mapping.file import load_mapping
from features.intake.mapping.schema import schema

PAGE = (DOCS / "mapping.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_of_the_page_can_be_read(example: str, tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(example, encoding="utf-8")
    mapping = load_mapping(path)
    assert mapping.tables
    assert all(table.columns or table.parts for table in mapping.tables.values())


def test_the_page_names_every_entry_of_the_format() -> None:
    known = keys_of(MappingFile) | keys_of(TableEntry) | keys_of(ColumnEntry)
    assert {"loose_names", "refund_mark", "first_of", "from", "sum"} <= known
    assert {entry for entry in known if f"`{entry}`" not in PAGE} - {"tables"} == set()


def test_the_schema_is_up_to_date() -> None:
    written = (DOCS / "schemas" / "mapping.schema.json").read_text(encoding="utf-8")
    assert written == schema(), (
        "write it again: python -m features.intake.mapping.schema > docs/schemas/mapping.schema.json"
    )
