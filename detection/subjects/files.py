"""Files of subjects in a run's folder: Parquet sorted by subject, in small row groups, so that one is read fast."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from features.ids.codes import IdCodes
from features.ids.enumerated import AS_TEXT

_ROW_GROUP = 16_384


@dataclass(frozen=True)
class SubjectFiles:
    """``subjects/`` of a run: ``<kind>/<name>.parquet``, each with the real ids in ``id``.

    Attributes:
        folder: the folder; it may not exist, or lack files, where a run of an earlier version wrote it.
        ids: what the codes of ids stand for, where rows that are written have codes.
    """

    folder: Path
    ids: IdCodes | None = None

    def file(self, kind: str, name: str) -> Path:
        """Where the rows of a name are kept."""
        return self.folder / kind / f"{name}.parquet"

    def write(self, kind: str, name: str, rows: pl.LazyFrame, *order: str) -> pl.DataFrame:
        """Write rows by subject, ids as texts, and return them as they are: sorted, with codes where they have codes.

        Args:
            kind: of the subjects.
            name: of the rows.
            rows: with the subject's ``id``.
            order: columns that order the rows of a subject, together unique; ``-`` in front: highest first.
        """
        columns = ["id", *(name.removeprefix("-") for name in order)]
        falling = [False, *(name.startswith("-") for name in order)]
        sorted_rows = rows.collect(engine="streaming").sort(columns, descending=falling)
        texts = sorted_rows.with_columns(AS_TEXT)
        if self.ids is not None:
            texts = self.ids.in_text(texts, ("id", "other"))
        file = self.file(kind, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        texts.write_parquet(file, row_group_size=_ROW_GROUP)
        return sorted_rows

    def scan(self, kind: str, name: str) -> pl.LazyFrame | None:
        """All rows of a name; None where the run kept none."""
        file = self.file(kind, name)
        return pl.scan_parquet(file) if file.exists() else None

    def of(self, kind: str, name: str, identity: str) -> pl.LazyFrame | None:
        """The rows of one subject, in the order of the file; None where the run kept none of this name."""
        rows = self.scan(kind, name)
        return None if rows is None else rows.filter(pl.col("id") == identity)


def subject_files(run_folder: Path, ids: IdCodes | None = None) -> SubjectFiles:
    """The files of a run; ``ids`` of the data set where rows with codes are to be written."""
    return SubjectFiles(run_folder / "subjects", ids)
