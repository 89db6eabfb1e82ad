"""The index of a run: which row a pseudonym stands for. It holds no id of the source.

A row is found by its number: that of a subject in its file of totals, that of a settlement in the accepted tables.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from detection.masking import masked_all
from detection.subjects.files import SubjectFiles
from detection.subjects.kinds import KINDS

_ROW_GROUP = 16_384
_BATCH = 500_000
"""Ids that are masked at a time: as Python's texts they take much more memory."""


def index_file(run_folder: Path, name: str) -> Path:
    """The index of a run: ``subjects`` or ``settlements``."""
    return run_folder / "search" / f"{name}.parquet"


def write_index(settlements: pl.LazyFrame, files: SubjectFiles, run_folder: Path, key: bytes) -> None:
    """Write ``search/subjects.parquet`` (pseudonym, kind, row) and ``search/settlements.parquet`` (pseudonym, row).

    Args:
        settlements: the accepted ones of the data set, in its order.
        files: of the subjects, written before.
        run_folder: of the run.
        key: secret of the pseudonyms.
    """
    subjects = [
        _masked(rows, kind, key) for kind in KINDS if (rows := files.scan(kind, "totals")) is not None
    ]
    _write(pl.concat(subjects), index_file(run_folder, "subjects"), "kind")
    numbered = _masked(settlements.select(id="settlement_id"), "settlement", key).drop("kind")
    _write(numbered, index_file(run_folder, "settlements"))


def _masked(rows: pl.LazyFrame, kind: str, key: bytes) -> pl.DataFrame:
    """Pseudonym, kind and number of each row."""
    ids = rows.select("id").collect().to_series()
    batches = (ids.slice(start, _BATCH) for start in range(0, max(len(ids), 1), _BATCH))
    pseudonyms = pl.concat(pl.Series(masked_all(key, kind, batch), dtype=pl.String) for batch in batches)
    return pl.DataFrame({"pseudonym": pseudonyms}).select(
        "pseudonym",
        kind=pl.lit(kind),
        row=pl.int_range(pl.len(), dtype=pl.UInt32),
    )


def _write(rows: pl.DataFrame, file: Path, *order: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    rows.sort("pseudonym", *order, "row").write_parquet(file, row_group_size=_ROW_GROUP)
