"""The examples on docs/mapping.md are valid mapping files, and the page and the schema name every entry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.golden import assert_up_to_date
from support.paths import DOCS
from support.schemas import MAPPING_SCHEMA

from features.dated import keys_of
from features.intake.mapping.entries import ColumnEntry, MappingFile, TableEntry
from features.intake.mapping.file import load_mapping

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
    known = {key for model in (MappingFile, TableEntry, ColumnEntry) for key in keys_of(model)}
    assert {"loose_names", "refund_mark", "first_of", "from", "sum"} <= known
    assert {entry for entry in known if f"`{entry}`" not in PAGE} - {"tables"} == set()


def test_the_schema_is_up_to_date() -> None:
    assert_up_to_date(MAPPING_SCHEMA)
