"""Data: "What came in, what was left out, what cannot be assessed?"."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from sqlalchemy import select

from detection.language.stored import stored_text
from detection.language.text import Text
from detection.store.queries import stored
from detection.store.queries.reader import Reader
from detection.store.run_manifest import ReadingRecord, RunManifest
from detection.store.schema import Run
from features.intake.manifest import MoneyCounts, TableRecord

PARTS = ("read", "accepted", "quarantined", "excluded", "flagged")


@dataclass(frozen=True)
class MoneyCount:
    """One money column of a table in fen, and the cells that could not be read."""

    column: str
    read: int
    accepted: int
    quarantined: int
    excluded: int
    unreadable: int


@dataclass(frozen=True)
class TableCount:
    """Rows of one table: read = accepted + quarantined + excluded; flagged are among the accepted."""

    table: str
    read: int
    accepted: int
    quarantined: int
    excluded: int
    flagged: int
    money: tuple[MoneyCount, ...]
    reasons: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Intake:
    """What was read, over all tables."""

    tables: tuple[TableCount, ...]

    def rows(self, part: str) -> int:
        """Rows of a part over all tables."""
        return sum(getattr(table, part) for table in self.tables)


@dataclass(frozen=True)
class SourceRow:
    """A row that was not used, or a remark on one that was, by its place in the source; never its content."""

    table: str
    file: str
    row: int
    column: str
    reason: str


@dataclass(frozen=True)
class Coverage:
    """How much of the data a detector could assess, and why not all of it."""

    detector: str
    status: str
    reason: Text
    rows_assessed: int
    rows_total: int


@dataclass(frozen=True)
class RunRow:
    """One run and what makes it repeatable."""

    run_id: str
    number: int
    finished_at: str
    as_of: str
    area: str
    first_day: str
    last_day: str
    snapshot_id: str
    code_version: str
    config_digest: str
    models: str


_STATES = ("balance_after", "account_balance_after")
"""Columns of money that is there and not paid: their sum over rows is no amount."""


def intake(manifest: RunManifest) -> Intake:
    """The intake's counts of a run."""
    return Intake(tuple(_table(name, table) for name, table in manifest.tables.items()))


def _table(name: str, table: TableRecord) -> TableCount:
    reasons = {
        "quarantined": table.quarantined_by_reason,
        "excluded": table.excluded_by_rule,
        "flagged": table.flags,
    }
    return TableCount(
        table=name,
        read=table.rows.read,
        accepted=table.rows.accepted,
        quarantined=table.rows.quarantined,
        excluded=table.rows.excluded,
        flagged=table.rows.flagged,
        money=tuple(_money(column, fen) for column, fen in table.money.items() if column not in _STATES),
        reasons=tuple(
            (part, reason, rows)
            for part, counts in reasons.items()
            for reason, rows in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ),
    )


def _money(column: str, fen: MoneyCounts) -> MoneyCount:
    return MoneyCount(
        column=column,
        read=fen.read,
        accepted=fen.accepted,
        quarantined=fen.quarantined,
        excluded=fen.excluded,
        unreadable=fen.unreadable_cells,
    )


def current_intake(reader: Reader) -> Intake:
    """The intake's counts of the current run."""
    return intake(reader.manifest)


def quarantined(reader: Reader, table: str = "", *, page: int, size: int) -> list[SourceRow]:
    """One page of rows that were not used, of one table or of all."""
    return _page(_parquet(reader, "quarantine", table), page, size)


def quarantined_count(reader: Reader, table: str = "") -> int:
    """Number of rows that were not used, of one table or of all."""
    return _height(_parquet(reader, "quarantine", table))


def flagged(reader: Reader, table: str = "", *, page: int, size: int) -> list[SourceRow]:
    """One page of remarks on rows that are used all the same."""
    frame = _parquet(reader, "flags", table)
    if frame is None:
        return []
    files = dict(enumerate(file.name for file in reader.manifest.files))
    name = pl.col("source_file").replace_strict(files, default="", return_dtype=pl.String)
    renamed = frame.with_columns(file=name, row=pl.col("source_row"), reason=pl.col("flag"))
    return _page(renamed, page, size)


def flagged_count(reader: Reader, table: str = "") -> int:
    """Number of remarks."""
    return _height(_parquet(reader, "flags", table))


def _page(frame: pl.LazyFrame | None, page: int, size: int) -> list[SourceRow]:
    if frame is None:
        return []
    rows = frame.slice((page - 1) * size, size).select("table", "file", "row", "column", "reason")
    return [SourceRow(*row) for row in rows.collect().iter_rows()]


def _height(frame: pl.LazyFrame | None) -> int:
    return 0 if frame is None else int(frame.select(pl.len()).collect().item())


def _parquet(reader: Reader, name: str, table: str) -> pl.LazyFrame | None:
    """A file of the current run's snapshot, of one table or of all; None where it is not kept any more."""
    path = reader.snapshot_part(f"{name}.parquet")
    if not path.exists():
        return None
    frame = pl.scan_parquet(path)
    return frame.filter(pl.col("table") == table) if table else frame


def matrix(reader: Reader) -> list[Coverage]:
    """Every detector of the current run with what it could assess."""
    return [
        Coverage(
            row.detector, row.status, Text(row.reason_en, row.reason_zh), row.rows_judged, row.rows_total
        )
        for row in stored.assessability(reader)
    ]


def readings(reader: Reader) -> list[ReadingRecord]:
    """How the current run read words that exports use in two ways."""
    return list(reader.manifest.readings)


def remarks(reader: Reader) -> list[Text]:
    """What is odd about the columns of the current run's data."""
    return [stored_text(remark) for remark in reader.manifest.remarks]


def runs(reader: Reader) -> list[RunRow]:
    """Every run, the latest first."""
    return [
        RunRow(
            run.run_id,
            run.number,
            run.finished_at,
            run.as_of,
            run.area,
            run.first_day or "",
            run.last_day or "",
            run.snapshot_id,
            run.code_version,
            run.config_digest,
            ", ".join(model["version"] for _, model in sorted(run.models.items()) if model["version"]),
        )
        for run in reader.session.scalars(select(Run).order_by(Run.number.desc()))
    ]
