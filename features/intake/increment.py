"""Add a delivery to an earlier data set: both together are a data set of their own.

A row of the delivery takes the place of an earlier row with the same key, unless that one was updated later at the
source (``updated_at``). Where both have a table, the columns that
both have are kept: what one of them lacks is not known. Checks across rows are made again over all of them.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from features.contract import TABLES, Kind
from features.errors import InputError
from features.intake.added_counts import outcomes, quarantined, refunds, summed
from features.intake.aliases import refuse_wrong_aliases, with_current_ids
from features.intake.checks.duplicates import ROW_KEY
from features.intake.checks.flags import CHECKED_AGAIN, finish_flags, flag_tables
from features.intake.checks.join_causes import broken_joins
from features.intake.checks.remarks import remarks
from features.intake.manifest import (
    FileRecord,
    Manifest,
    MoneyCounts,
    RowCounts,
    TableRecord,
    write_manifest,
)
from features.intake.part_files import PLACE, PartFiles
from features.intake.sinks import FLAGS, QUARANTINE, UNREAD_FILE, unread_settlements
from features.intake.spool import Spool
from features.intake.superseding import SCHEMA, SUPERSEDED_FILE, known_superseded, merge
from features.intake.tally import Tally
from features.intake.tolerances import load_tolerances
from features.progress import Progress

SUPERSEDED = "superseded by a later delivery"
"""Rule by which the earlier version of a row is excluded."""
_ID_LENGTH = 16
_SHOWN_ID = 8
_SAMPLE = 1_000
"""Rows in which most columns have a value: only the others are read as a whole."""


@dataclass(frozen=True)
class Delivery:
    """A data set that was read: its folder and its manifest."""

    folder: Path
    manifest: Manifest

    def files(self, name: str) -> list[Path]:
        """The files of a table that it has, in order."""
        return sorted((self.folder / "tables" / name).glob("*.parquet"))

    def table(self, name: str) -> pl.LazyFrame:
        """The accepted rows of a table that it has."""
        return pl.scan_parquet(self.files(name))


def combined_id(earlier: Manifest, added: Manifest, code: str) -> str:
    """Id of the data set of both; the earlier one's own id where it contains the delivery already."""
    if added.snapshot_id in (earlier.snapshot_id, *(earlier.deliveries or ())):
        return earlier.snapshot_id
    return combined_of(earlier.snapshot_id, added.snapshot_id, code)


def combined_of(earlier: str, added: str, code: str) -> str:
    """Id of the data set of an earlier one and a delivery that it does not contain, from their ids."""
    return hashlib.sha256(json.dumps([earlier, added, code]).encode()).hexdigest()[:_ID_LENGTH]


def combine(draft: Path, identity: str, earlier: Delivery, added: Delivery, progress: Progress) -> None:
    """Write the data set of an earlier data set and a delivery.

    Args:
        draft: an empty folder; gets the parts of a snapshot.
        identity: id of the combined data set.
        earlier: what is known already.
        added: the delivery; its rows are the later ones.
        progress: called with the step, and how much of it is done.

    Raises:
        InputError: one is simulated and the other is not, or ids that were issued again contradict each other.
    """
    if earlier.manifest.simulated != added.manifest.simulated:
        raise InputError(
            "Simulated and real data cannot be added to each other.",
            next_step="use a workspace of its own for each",
        )
    combination = _Combination(draft, earlier, added)
    frames = {name: combination.write_table(name) for name in combination.names}
    write_manifest(draft, combination.finish(identity, frames, progress))


class _Combination:
    """The work on one combined data set."""

    def __init__(self, draft: Path, earlier: Delivery, added: Delivery) -> None:
        self._draft, self._earlier, self._added = draft, earlier, added
        self._shift = len(earlier.manifest.files)
        records = earlier.manifest.tables.keys() | added.manifest.tables.keys()
        self.names = [name for name in TABLES if name in records]
        self._tallies = {name: Tally(()) for name in self.names}
        self._superseded = Spool(draft / "superseded", SCHEMA)

    def write_table(self, name: str) -> pl.LazyFrame:
        """The rows of both, without the earlier versions of rows that were delivered again."""
        folder = self._draft / "tables" / name
        folder.mkdir(parents=True)
        files = PartFiles(folder)
        old = self._earlier.table(name) if name in self._earlier.manifest.tables else None
        new = self._added.table(name) if name in self._added.manifest.tables else None
        if new is not None:
            new = _shifted(new, self._shift)
        if old is not None and new is not None:
            merged = merge(old, new, TABLES[name], self._added.manifest.snapshot_id)
            for rows in (merged.replaced, merged.outdated):
                self._superseded.add(rows)
            files.take(self._earlier.files(name), merged.replaced.select(PLACE), merged.columns)
            files.write(merged.new)
        elif old is not None:
            nothing = pl.DataFrame(schema={column: SCHEMA[column] for column in PLACE})
            files.take(self._earlier.files(name), nothing, list(old.collect_schema()))
        elif new is not None:
            files.write(new)
        return files.scan()

    def finish(self, identity: str, frames: Mapping[str, pl.LazyFrame], progress: Progress) -> Manifest:
        """Flags, quarantine, and the manifest of both."""
        earlier, added = self._earlier.manifest, self._added.manifest
        records = {name: self._record(name, frames[name]) for name in self.names}
        for name, record in records.items():
            self._tallies[name].rows["accepted"] = record.rows.accepted
        flags = Spool(self._draft / "scratch_flags", FLAGS)
        refuse_wrong_aliases(frames, [file.name for file in (*earlier.files, *added.files)])
        frames = with_current_ids(frames)
        for delivery, shift in ((self._earlier, 0), (self._added, self._shift)):
            flags.add(_shifted(_kept_flags(delivery), shift).collect())
        identities = flag_tables(frames, self._tallies, flags, progress)
        superseded = self._superseded.close()
        finish_flags(flags, superseded.select("table", *ROW_KEY), self._tallies).sink_parquet(
            self._draft / "flags.parquet"
        )
        before = known_superseded(self._earlier.folder)
        marked = pl.concat([before, _shifted(known_superseded(self._added.folder), self._shift), superseded])
        marked.select(list(SCHEMA)).sort(list(SCHEMA)).sink_parquet(self._draft / SUPERSEDED_FILE)
        self._write_quarantine()
        flags.remove()
        self._superseded.remove()
        settled = pl.col("settled_at").cast(pl.Date)
        first, last = frames["settlements"].select(a=settled.min(), b=settled.max()).collect().row(0)
        tables = {name: self._with_flags(name, record) for name, record in records.items()}
        stored, allowed = pl.scan_parquet(self._draft / "flags.parquet"), load_tolerances()
        broken = tuple(broken_joins(frames, stored, tables, allowed))
        return Manifest(
            snapshot_id=identity,
            simulated=added.simulated,
            ignored_files=added.ignored_files,
            preset=added.preset,
            files=(*_named(earlier), *_named(added)),
            tables=tables,
            day_precision=tuple(sorted({*earlier.day_precision, *added.day_precision})),
            first_settled_day=first,
            last_settled_day=last,
            identities=identities,
            reversals=refunds(earlier.reversals, added.reversals),
            broken_joins=broken,
            remarks=tuple(remarks(frames, stored, _filled(frames), allowed, broken)),
            turned_refunds=(earlier.turned_refunds or 0) + (added.turned_refunds or 0) or None,
            deliveries=(*(earlier.deliveries or (earlier.snapshot_id,)), added.snapshot_id),
        )

    def _record(self, name: str, frame: pl.LazyFrame) -> TableRecord:
        """Counts of both. Read is what was read in both; an earlier version of a row is excluded."""
        known = [
            delivery.manifest.tables[name]
            for delivery in (self._earlier, self._added)
            if name in delivery.manifest.tables
        ]
        columns = [
            column for column in known[-1].columns if all(column in record.columns for record in known)
        ]
        money = [column for column in TABLES[name].of_kind(Kind.MONEY) if column in columns]
        counted = frame.select(
            pl.len().alias("\0rows"), *(pl.col(column).sum() for column in money)
        ).collect()
        sums = counted.row(0, named=True)
        rows = outcomes([record.rows for record in known], int(sums["\0rows"]))
        excluded = Counter[str]()
        for record in known:
            excluded.update(record.excluded_by_rule)
        superseded = sum(record.rows.accepted for record in known) - int(sums["\0rows"])
        if superseded:
            excluded[SUPERSEDED] += superseded
        return TableRecord(
            rows=RowCounts(**rows, flagged=0),
            money={
                column: MoneyCounts(
                    **outcomes([record.money[column] for record in known], int(sums[column] or 0)),
                    unreadable_cells=sum(record.money[column].unreadable_cells for record in known),
                )
                for column in money
            },
            quarantined_by_reason=summed([record.quarantined_by_reason for record in known]),
            quarantined_by_column=quarantined(known),
            excluded_by_rule=dict(excluded),
            unknown_codes={
                column: summed([record.unknown_codes.get(column, {}) for record in known])
                for column in sorted(set().union(*(record.unknown_codes for record in known)))
            },
            undecided=summed([record.undecided for record in known]),
            columns=tuple(columns),
            ignored_columns=known[-1].ignored_columns,
        )

    def _with_flags(self, name: str, record: TableRecord) -> TableRecord:
        tally = self._tallies[name]
        flagged = record.rows.model_copy(update={"flagged": tally.rows["flagged"]})
        return record.model_copy(update={"rows": flagged, "flags": dict(tally.flags)})

    def _write_quarantine(self) -> None:
        parts = []
        for delivery in (self._earlier, self._added):
            names = {
                old.name: new.name
                for old, new in zip(delivery.manifest.files, _named(delivery.manifest), strict=True)
            }
            rows = pl.scan_parquet(delivery.folder / "quarantine.parquet")
            parts.append(rows.with_columns(pl.col("file").replace(names)))
        pl.concat(parts).sort(list(QUARANTINE)).sink_parquet(self._draft / "quarantine.parquet")
        # What the later delivery has is read.
        now = pl.scan_parquet(self._added.folder / "tables" / "settlements" / "*.parquet")
        before = unread_settlements(self._earlier.folder).join(now, on="settlement_id", how="anti")
        pl.concat([before, unread_settlements(self._added.folder)]).unique().sort(
            "settlement_id"
        ).sink_parquet(self._draft / UNREAD_FILE)


def _filled(frames: Mapping[str, pl.LazyFrame]) -> dict[str, set[str]]:
    """Columns with a value in some row, by table that has rows."""
    filled: dict[str, set[str]] = {}
    for name, frame in frames.items():
        columns = set(_with_values(frame.head(_SAMPLE), pl.all()))
        if not columns:
            continue
        left = [column for column in frame.collect_schema() if column not in columns]
        filled[name] = columns | set(_with_values(frame, pl.col(left)) if left else ())
    return filled


def _with_values(rows: pl.LazyFrame, columns: pl.Expr) -> list[str]:
    counts = rows.select(columns.count()).collect(engine="streaming")
    return [column for column in counts.columns if counts[column][0]]


def _shifted(rows: pl.LazyFrame, shift: int) -> pl.LazyFrame:
    """Rows whose index of the file counts from the first file of both data sets."""
    return rows.with_columns((pl.col("source_file") + shift).cast(pl.Int32))


def _kept_flags(delivery: Delivery) -> pl.LazyFrame:
    """Flags from the reading of cells; those of the checks are made again."""
    flags = pl.scan_parquet(delivery.folder / "flags.parquet")
    return flags.filter(~pl.col("flag").is_in(sorted(CHECKED_AGAIN)))


def _named(manifest: Manifest) -> Sequence[FileRecord]:
    """Files under names that tell deliveries apart."""
    if manifest.deliveries:
        return manifest.files
    prefix = manifest.snapshot_id[:_SHOWN_ID]
    return [file.model_copy(update={"name": f"{prefix}/{file.name}"}) for file in manifest.files]
