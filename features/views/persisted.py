"""Views that a run keeps: one Parquet file each, sorted, with the columns that the view declares."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl

from features.ids.codes import IdCodes
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


def write_sorted(
    folder: Path,
    view: View,
    built: pl.LazyFrame,
    ids: IdCodes | None = None,
    coded_folder: Path | None = None,
) -> Path | pl.DataFrame:
    """Write a view to its file, in the order that it declares, ids as texts.

    Args:
        folder: of the views that a run keeps.
        view: the view.
        built: its rows.
        ids: what the codes of ids stand for; None where ids are texts.
        coded_folder: folder for the rows with codes, which other views read.

    Returns:
        What other views read: the file; where ids are codes, one in the other folder, or the rows without that.

    Raises:
        IntegrityError: it does not have the columns that it declares.
    """
    rows = check_schema(view, built.collect(engine="streaming").sort(view.order))
    texts = rows if ids is None else ids.in_text(rows, rows.columns)
    file = file_of(folder, view.name)
    texts.write_parquet(file, row_group_size=_ROW_GROUP)
    if texts.schema == rows.schema:
        return file
    if coded_folder is None:
        return rows
    coded = file_of(coded_folder, view.name)
    rows.write_parquet(coded, compression="uncompressed", statistics=False)
    return coded


def file_of(folder: Path, name: str) -> Path:
    """Where a view of a name is kept."""
    return folder / f"{name}.parquet"
