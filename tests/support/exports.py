"""A small valid export, written as text tables, that each test changes where it matters."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import polars as pl

from detection.detectors.case_tables import parse
from features.intake import Snapshot, create_snapshot, open_snapshot
from features.workspace import open_workspace

SOUND = {
    "persons": """
        person_id | sex    | birth_date
        001       | female | 1950-06-01
        002       | male   | 1975-06-01
    """,
    "enrolments": """
        person_id | scheme   | person_category | status | pooling_area | start_date
        001       | employee | retired         | active | 320600       | 2020-01-01
        002       | employee | active          | active | 320600       | 2020-01-01
    """,
    "providers": """
        provider_id | provider_name | provider_kind | level    | pooling_area
        p1          | 健民药店      | pharmacy      | ungraded | 320600
    """,
    "settlements": """
        settlement_id | person_id | provider_id | settled_at          | total_amount | pool_paid | account_paid
        s1            | 001       | p1          | 2024-03-01 10:00:00 | 100.00       | 60.00     | 40.00
        s2            | 002       | p1          | 2024-03-02 11:30:00 | 55.50        | 0         | 55.5
    """,
}

PLAIN = {
    "settlements": {"scheme": "employee", "person_category": "active", "care_type": "pharmacy"},
    "account_entries": {"entry_kind": "adjustment"},
}
"""Columns that a text table may leave out."""


class Ingested:
    """The snapshot of an export."""

    def __init__(self, result: Snapshot) -> None:
        self.result = result
        self.manifest = result.manifest
        self.tables = open_snapshot(result.folder)

    def column(self, name: str) -> list[Any]:
        """Values of ``table.column``, in the order of rows."""
        table, _, column = name.partition(".")
        return self.tables.frame(table).to_native().select(column).collect()[column].to_list()

    def rows(self, table: str = "settlements") -> dict[str, int]:
        """Counts of rows by outcome."""
        return self.manifest.tables[table].rows.model_dump()

    def quarantine(self) -> list[tuple[Any, ...]]:
        """Rows of quarantine.parquet: table, row, column, reason."""
        rows = pl.read_parquet(self.result.folder / "quarantine.parquet")
        return rows.select("table", "row", "column", "reason").rows()

    def flags(self) -> list[tuple[Any, ...]]:
        """Rows of flags.parquet: table, row, column, flag."""
        rows = pl.read_parquet(self.result.folder / "flags.parquet")
        return rows.select("table", "source_row", "column", "flag").rows()


class Export:
    """A data folder and a workspace next to it."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.data.mkdir(parents=True)
        self.workspace = open_workspace(folder / "workspace", create=True)
        for table, text_table in SOUND.items():
            self.write_table(table, text_table)

    def write_table(self, table: str, text_table: str) -> None:
        """Write ``<table>.csv`` from a text table."""
        with (self.data / f"{table}.csv").open("w", encoding="utf-8", newline="") as handle:
            plain = PLAIN.get(table, {})
            rows = [plain | row for row in parse(text_table)]
            writer = csv.DictWriter(handle, list(dict.fromkeys([*header(text_table), *plain])))
            writer.writeheader()
            writer.writerows(rows)

    def write(self, name: str, content: str | bytes) -> Path:
        """Write any file into the data folder."""
        path = self.data / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def change(self, table: str, row: int, **cells: str) -> None:
        """Write other cells into a row (1 is the first) of ``<table>.csv``; new columns are added."""
        frame = self.frame(table)
        for name, value in cells.items():
            if name not in frame.columns:
                frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias(name))
            here = pl.int_range(1, pl.len() + 1) == row
            frame = frame.with_columns(pl.when(here).then(pl.lit(value)).otherwise(pl.col(name)).alias(name))
        frame.write_csv(self.data / f"{table}.csv")

    def frame(self, table: str = "settlements") -> pl.DataFrame:
        """The cells of ``<table>.csv`` as text."""
        return pl.read_csv(self.data / f"{table}.csv", infer_schema=False)

    def as_parquet(self, table: str, frame: pl.DataFrame, path: str | None = None) -> None:
        """Replace ``<table>.csv`` by Parquet."""
        (self.data / f"{table}.csv").unlink(missing_ok=True)
        target = self.data / (path or f"{table}.parquet")
        target.parent.mkdir(parents=True, exist_ok=True)
        frame.write_parquet(target)

    def mapping(self, text: str) -> Path:
        """Write a mapping file next to the data."""
        path = self.data.parent / "mapping.toml"
        path.write_text(text, encoding="utf-8")
        return path

    def ingest(self, mapping: str | None = None) -> Ingested:
        """Read the data folder into a snapshot."""
        path = None if mapping is None else self.mapping(mapping)
        return Ingested(create_snapshot(self.data, self.workspace, mapping=path))


def header(text_table: str) -> list[str]:
    """Column names of a text table."""
    return [cell.strip() for cell in text_table.strip().splitlines()[0].split("|")]
