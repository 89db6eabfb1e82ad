"""Views that a run keeps: one Parquet file each, sorted, with the columns that the view declares."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl

from features.registry import Frame, View
from features.views.schemas import check_schema

_ROW_GROUP = 131_072


@dataclass(frozen=True)
class PersistedViews:
    """The views that a run has kept, by name.

    Attributes:
        folder: where their files lie.
    """

    folder: Path

    def __getitem__(self, name: str, /) -> Frame:
        """The view.

        Raises:
            KeyError: the run has kept none of this name.
        """
        file = file_of(self.folder, name)
        if not file.exists():
            raise KeyError(name)
        return nw.from_native(pl.scan_parquet(file))


def write_sorted(folder: Path, view: View, built: pl.LazyFrame) -> Path:
    """Write a view to its file, in the order that it declares.

    Raises:
        IntegrityError: it does not have the columns that it declares.
    """
    rows = check_schema(view, built.collect(engine="streaming").sort(view.order))
    file = file_of(folder, view.name)
    rows.write_parquet(file, row_group_size=_ROW_GROUP)
    return file


def file_of(folder: Path, name: str) -> Path:
    """Where a view of a name is kept."""
    return folder / f"{name}.parquet"
