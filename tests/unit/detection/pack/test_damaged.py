"""Files of a pack that no reader can read are named, and end no command in an error that was not foreseen."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.commands import fundwatch
from support.packs import members, pack_of, with_member
from support.store_runs import Store

from detection.followup.packs import pack_faults
from detection.pack.tables import csv_rows

LONG_CELL = b'row,alert\r\n1,"' + b"x" * 200_000 + b'"\r\n'
"""Longer than what a reader of CSV takes as one cell."""
DEEP = b"[" * 100_000


@pytest.fixture
def pack(store: Store, case_id: str) -> bytes:
    return pack_of(store, case_id).content


def test_a_cell_that_is_too_long_is_no_table() -> None:
    with pytest.raises(ValueError, match="field limit"):
        csv_rows(LONG_CELL)


@pytest.mark.parametrize("path", ["rows.csv", "sums.csv", "law.csv", "money.csv"])
def test_a_table_that_cannot_be_read_is_named(pack: bytes, path: str) -> None:
    assert f"{path} was altered" in "\n".join(pack_faults(with_member(pack, path, LONG_CELL)))


def test_json_in_very_many_brackets_is_named(pack: bytes) -> None:
    for path in members(pack):
        if path.endswith((".json", ".jsonl")):
            assert path in "\n".join(pack_faults(with_member(pack, path, DEEP))), path


def test_such_a_pack_is_no_error_of_the_program_at_a_terminal(
    store: Store, pack: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "pack.zip"
    file.write_bytes(with_member(pack, "pack.json", DEEP))
    alone = fundwatch("pack", "verify", file)
    assert alone.code == 9 and "pack.json" in alone.err
    with_store = fundwatch("pack", "verify", file, "--workspace", store.workspace.root)
    assert with_store.code == 3 and "pack.json" in with_store.err
