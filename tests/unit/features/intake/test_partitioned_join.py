"""A joined file that is too large for memory is joined by partition, with the same rows as in memory."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from support.exports import Ingested
from support.nhsa_files import Extract

from features.errors import InputError, MappingError
from features.intake.reading import partitioned_join

pytestmark = pytest.mark.slow

VISITS = 3_000
SMALL = 1 << 10
"""Bytes in memory: a hundred partitions for a file of a hundred kilobytes."""


@pytest.fixture
def extract(tmp_path: Path) -> Extract:
    """Many settlements, some with an unknown visit, some without a visit, and one with a missing field."""
    made = Extract(tmp_path)
    row = pl.int_range(VISITS, eager=True)
    first = made.frame("SETL_D").head(1)
    settlements = pl.concat([first] * VISITS).with_columns(
        ("s" + row.cast(pl.String)).alias("setl_id"),
        pl.when(row % 50 == 0).then(None).otherwise("v" + (row % 2_900).cast(pl.String)).alias("mdtrt_id"),
        pl.when(row == 77).then(pl.lit("x")).otherwise(pl.lit("60.00")).alias("hifp_pay"),
    )
    settlements.write_csv(made.data / "SETL_D.csv")
    with (made.data / "SETL_D.csv").open("a", encoding="utf-8") as handle:
        handle.write("s-broken,001\n")
    visit = row.head(2_800)
    visits = pl.DataFrame(
        {
            "mdtrt_id": "v" + visit.cast(pl.String),
            "atddr_no": "D" + (visit % 90).cast(pl.String),
            "vali_flag": "1",
        }
    )
    visits.write_csv(made.data / "MDTRT_D.csv")
    return made


def rows(ingested: Ingested) -> pl.DataFrame:
    return ingested.tables.frame("settlements").to_native().sort("source_row").collect()


def test_the_same_rows_as_in_memory(
    extract: Extract, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    whole = extract.read()
    monkeypatch.setattr(partitioned_join, "_PARTITION_BYTES", SMALL)
    other = Extract(tmp_path / "other")
    for path in extract.data.iterdir():
        (other.data / path.name).write_bytes(path.read_bytes())
    parts = other.read()
    assert_frame_equal(rows(whole), rows(parts))
    assert rows(parts)["prescriber_id"].null_count() > 100
    assert rows(parts)["prescriber_id"].n_unique() == 91
    assert whole.manifest == parts.manifest
    assert whole.quarantine() == parts.quarantine() != []


def test_a_key_that_names_several_rows_is_refused(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partitioned_join, "_PARTITION_BYTES", SMALL)
    with (extract.data / "MDTRT_D.csv").open("a", encoding="utf-8") as handle:
        handle.write("v7,D-other,1\n")
    with pytest.raises(MappingError, match="repeat a key with other values"):
        extract.read()


def test_rows_with_a_missing_field_are_refused(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partitioned_join, "_PARTITION_BYTES", SMALL)
    with (extract.data / "MDTRT_D.csv").open("a", encoding="utf-8") as handle:
        handle.write("v9999\n")
    with pytest.raises(InputError, match="wrong number of fields"):
        extract.read()
