"""A small lawful-looking export as CSV: sixty people of the small city and all that is theirs."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from support.cities import Frames, frames

TABLES = ("persons", "enrolments", "providers", "settlements")
_PEOPLE = 60


def mini(city: Path) -> Frames:
    """The tables of sixty people who have settlements, as text, with the columns of the contract."""
    tables = frames(city)
    people = tables["settlements"]["person_id"].unique().sort().head(_PEOPLE)
    own = {
        name: tables[name].filter(pl.col("person_id").is_in(people.implode()))
        for name in ("persons", "enrolments", "settlements")
    }
    ids = own["settlements"]["settlement_id"].implode()
    known = pl.col("reverses_settlement_id").is_null() | pl.col("reverses_settlement_id").is_in(ids)
    own["settlements"] = own["settlements"].filter(known).sort("settlement_id")
    named = pl.format("海门第{}诊所", pl.int_range(pl.len())).alias("provider_name")
    return {**own, "providers": tables["providers"].with_columns(named)}


def as_text(table: pl.DataFrame) -> pl.DataFrame:
    """Every cell as CSV has it; a null is an empty text."""
    times = [
        pl.col(name).dt.strftime("%Y-%m-%d %H:%M:%S")
        for name, kind in table.schema.items()
        if kind == pl.Datetime
    ]
    return table.with_columns(times).cast(pl.String).fill_null("")


def write_mini(city: Path, folder: Path) -> None:
    """Write the export as a folder of CSV files."""
    folder.mkdir(parents=True)
    for name, table in mini(city).items():
        as_text(table).write_csv(folder / f"{name}.csv")


def read(folder: Path, table: str) -> pl.DataFrame:
    """A table of the export, every cell as text."""
    return pl.read_csv(folder / f"{table}.csv", infer_schema=False).fill_null("")
