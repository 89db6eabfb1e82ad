"""The preset is a valid mapping under every choice, and docs/nhsa.md describes all of it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from support.paths import DOCS

from features.intake.mapping.entries import MappingFile
from features.intake.mapping.model import column_of
from features.intake.mapping.preset import AUTO, load_preset
from features.intake.planning.options import OPTIONS

PAGE = (DOCS / "nhsa.md").read_text(encoding="utf-8")
PRESET = load_preset("nhsa")
NOT_NATIONAL = {"item_kind", "district_code", "admdvs", "tabname"}
"""Names of the contract, and those that the page describes without their names."""


@pytest.mark.parametrize("values", list(itertools.product(*PRESET.options.values())))
def test_every_choice_gives_a_mapping(values: tuple[str, ...]) -> None:
    mapping = PRESET.mapping(dict(zip(PRESET.options, values, strict=True)), MappingFile(), "nhsa")
    assert {"persons", "enrolments", "providers", "settlements"} <= set(mapping.tables)
    assert "level" in mapping.tables["providers"].columns


def fields() -> Iterator[str]:
    """The fields that the preset reads."""
    for values in ("yes", "no"):
        chosen = dict.fromkeys(PRESET.options, AUTO) | {"mutual_aid_included_in_account": values}
        mapping = PRESET.mapping(chosen, MappingFile(), "nhsa")
        for table in mapping.tables.values():
            for part in (table, *table.parts.values()):
                for column in part.columns.values():
                    yield from (column_of(name).rpartition(".")[2] for name in column.reads())


def files() -> Iterator[str]:
    for table in PRESET.base.tables.values():
        for part in (table, *(table.parts or {}).values()):
            yield from (part.file or ())[:1]


def test_the_page_names_every_field_file_list_and_option() -> None:
    words = set(re.findall(r"[A-Za-z_]+", PAGE))
    named = {*fields(), *files(), *PRESET.options, *PRESET.variants} - NOT_NATIONAL - {""}
    assert sorted(named - words) == []


def test_every_code_list_has_a_source_and_a_confidence() -> None:
    lists = PRESET.base.codes
    assert len(lists) >= 10
    for name, entry in lists.items():
        assert entry.source, name
        assert re.match("high|medium|low", entry.sure or ""), name


def test_every_option_of_the_preset_is_an_option_object() -> None:
    assert set(PRESET.options) == set(PRESET.variants) == set(OPTIONS)
    for name, values in PRESET.options.items():
        assert values == (AUTO, *values[1:])
        assert set(values[1:]) == set(PRESET.variants[name])
