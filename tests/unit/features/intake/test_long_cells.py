"""Files that would take all memory, or have names that nobody can write down, are refused in words."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from support.exports import Export

from features.errors import InputError
from features.intake.values.long_cells import MOST_BYTES, LongCellError, refuse_long_cells


def written(file: Path, text: str, rows: int) -> Path:
    codes = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array([text]))
    pq.write_table(pa.table({"provider_id": ["p1"] * rows, "provider_name": codes}), file)
    return file


def test_few_bytes_that_stand_for_long_cells_are_refused(tmp_path: Path) -> None:
    bomb = written(tmp_path / "providers.parquet", "x" * 5_000_000, 20_000)
    assert bomb.stat().st_size < 500_000
    with pytest.raises(LongCellError, match="column provider_name has a cell of 5,000,000 bytes"):
        refuse_long_cells(bomb)


def test_long_names_are_none_and_many_names_neither(tmp_path: Path) -> None:
    refuse_long_cells(written(tmp_path / "one.parquet", "x" * MOST_BYTES, 1_000))
    many = pa.table({"person_id": [f"person-{number:030d}" for number in range(20_000)]})
    pq.write_table(many, tmp_path / "many.parquet")
    refuse_long_cells(tmp_path / "many.parquet")


def test_a_bomb_and_a_column_twice_are_refused_by_intake(export: Export) -> None:
    (export.data / "providers.csv").unlink()
    written(export.data / "providers.parquet", "x" * 200_000, 100)
    with pytest.raises(InputError, match="cell of 200,000 bytes"):
        export.ingest()
    twice = pa.table([pa.array(["p1"]), pa.array(["p1"])], names=["provider_id", "provider_id"])
    pq.write_table(twice, export.data / "providers.parquet")
    with pytest.raises(InputError, match="column given twice: provider_id"):
        export.ingest()


def test_a_name_in_another_encoding_is_written_down_readably(export: Export) -> None:
    name = os.fsdecode(b"\xd6\xd0.csv")
    (export.data / name).write_text("a,b\n1,2\n")
    assert "\\xd6\\xd0.csv" in export.ingest().manifest.ignored_files
