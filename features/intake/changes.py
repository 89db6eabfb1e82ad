"""What the last delivery changed: the rows that it added, and the earlier rows whose place it took."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from features.intake.increment import combined_of
from features.intake.manifest import Manifest
from features.intake.superseding import known_superseded
from features.tables import SOURCE_COLUMNS


@dataclass(frozen=True)
class Changes:
    """The difference between a data set and the one that its last delivery was added to.

    Attributes:
        before, now: folders of the two data sets.
        earlier_files: number of files of the earlier one; files of the delivery count from there.
        delivery: id of the delivery; None where the two are the same data set.
        tables: names of the tables that one of them has.
    """

    before: Path
    now: Path
    earlier_files: int
    delivery: str | None
    tables: frozenset[str]

    def of(self, table: str) -> pl.DataFrame:
        """Rows of a table that are in one of the two data sets only, with their values of then and now.

        A row that was delivered again with the same values is no change. Both versions of a corrected row are here.
        Columns are those of the table without the place of a row in the source; no row where nothing changed.
        """
        if self.delivery is None or table not in self.tables:
            return pl.DataFrame()
        before, now = _rows(self.before, table), _rows(self.now, table)
        if before is None or now is None:
            present = now if before is None else before
            return pl.DataFrame() if present is None else _values(present).collect(engine="streaming")
        added = _values(now.filter(pl.col("source_file") >= self.earlier_files)).collect(engine="streaming")
        places = known_superseded(self.now).filter(
            pl.col("table") == table, pl.col("delivery") == self.delivery, ~pl.col("outdated")
        )
        place = list(SOURCE_COLUMNS)
        removed = before.join(places.select(place), on=place, how="semi")
        old = _values(removed).select(added.columns).collect(engine="streaming")
        changed = [_without(added, old), _without(old, added)]
        return pl.concat(changed)


def last_changes(before: tuple[Path, Manifest], now: tuple[Path, Manifest], code: str) -> Changes | None:
    """What one delivery changed; None where the later data set is not the earlier one and one delivery.

    Args:
        before: folder and manifest of the earlier data set.
        now: those of the later one.
        code: version of intake, see `features.intake.snapshot.code_version`.
    """
    (folder, earlier), (later_folder, later) = before, now
    tables = frozenset({*earlier.tables, *later.tables})
    if earlier.snapshot_id == later.snapshot_id:
        return Changes(folder, later_folder, len(earlier.files), None, tables)
    delivery = later.deliveries[-1] if later.deliveries else None
    if delivery is None or combined_of(earlier.snapshot_id, delivery, code) != later.snapshot_id:
        return None
    return Changes(folder, later_folder, len(earlier.files), delivery, tables)


def _rows(folder: Path, table: str) -> pl.LazyFrame | None:
    files = sorted((folder / "tables" / table).glob("*.parquet"))
    return pl.scan_parquet(files) if files else None


def _values(rows: pl.LazyFrame) -> pl.LazyFrame:
    return rows.drop(list(SOURCE_COLUMNS))


def _without(rows: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """Rows without those that are among the others with all values; where one is there twice, both go."""
    return rows.join(others, on=rows.columns, how="anti", nulls_equal=True)
