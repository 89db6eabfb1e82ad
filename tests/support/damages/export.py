"""A small export with every table of a simulated city: sixty people, their relatives, and all that is theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from support.cities import Frames, frames

from features.contract import TABLES, Column, Kind

PEOPLE = 60
_SECONDS = "%Y-%m-%d %H:%M:%S"
_OWNERS: Mapping[str, Sequence[str]] = {
    "persons": ("person_id",),
    "enrolments": ("person_id",),
    "settlements": ("person_id",),
    "contributions": ("person_id",),
    "account_entries": ("account_id",),
    "family_authorizations": ("payer_id", "beneficiary_id"),
    "programme_registrations": ("person_id",),
}
"""Columns that name whose row it is; rows of others are left out."""
_OF_SETTLEMENTS = ("charge_lines", "drug_trace_scans")


@dataclass(frozen=True)
class SmallExport:
    """Tables as CSV has them: every cell a text, a null an empty one."""

    tables: Frames

    def write(self, folder: Path) -> Path:
        """Write the tables as a folder of CSV files that says that it is simulated."""
        folder.mkdir(parents=True)
        (folder / "SIMULATED.json").write_text("{}")
        for name, table in self.tables.items():
            table.write_csv(folder / f"{name}.csv")
        return folder

    def replacing(self, name: str, table: pl.DataFrame) -> SmallExport:
        """The export with another table of this name."""
        return SmallExport({**self.tables, name: table})

    def without(self, name: str) -> SmallExport:
        """The export without a table."""
        return SmallExport({table: rows for table, rows in self.tables.items() if table != name})

    def filled(self, kinds: Sequence[Kind], tables: Sequence[str] | None = None) -> list[tuple[str, str]]:
        """Tables and columns of these kinds with a value in some rows."""
        return [
            (name, column)
            for name, table in self.tables.items()
            if tables is None or name in tables
            for column in table.columns
            if column_of(name, column).kind in kinds and (table[column] != "").sum() > 1
        ]


def column_of(table: str, column: str) -> Column:
    """The contract's column."""
    return TABLES[table].columns[column]


def small_export(city: Path, people: Sequence[str] = ()) -> SmallExport:
    """About sixty people of a simulated city: whole families, so that nothing of theirs is cut off.

    Args:
        city: its folder.
        people: who is among them, with their families.
    """
    whole = frames(city)
    chosen = pl.Series(_chosen(whole, people))
    tables: Frames = {}
    for name, table in whole.items():
        own = table
        for owner in _OWNERS.get(name, ()):
            own = own.filter(pl.col(owner).is_in(chosen.implode()))
        tables[name] = own
    ids = tables["settlements"]["settlement_id"].implode()
    for name in _OF_SETTLEMENTS:
        if name in tables:
            tables[name] = tables[name].filter(pl.col("settlement_id").is_in(ids))
    named = pl.format("第{}定点机构", pl.int_range(pl.len())).alias("provider_name")
    tables["providers"] = tables["providers"].with_columns(named)
    return SmallExport({name: as_text(table) for name, table in tables.items() if table.height})


def as_text(table: pl.DataFrame) -> pl.DataFrame:
    """Every cell as CSV has it."""
    times = [pl.col(name).dt.strftime(_SECONDS) for name, kind in table.schema.items() if kind == pl.Datetime]
    return table.with_columns(times).cast(pl.String).fill_null("")


def _chosen(whole: Frames, people: Sequence[str]) -> list[str]:
    """Whole families: those of ``people`` first, then half of the sixty with relatives, then people without any."""
    related = [
        *whole["family_authorizations"].select("payer_id", "beneficiary_id").iter_rows(),
        *whole["settlements"]
        .drop_nulls("mutual_aid_payer_id")
        .select("mutual_aid_payer_id", "person_id")
        .iter_rows(),
    ]
    family = {person: {person} for person in whole["persons"]["person_id"].sort()}
    for payer, beneficiary in sorted(set(related)):
        joined = family.setdefault(payer, {payer}) | family.setdefault(beneficiary, {beneficiary})
        family |= dict.fromkeys(joined, joined)
    with_relatives = [person for person, members in family.items() if len(members) > 1]
    chosen: dict[str, None] = {}
    known = [person for person in people if person in family]
    for group, most in (
        (known, 2 * PEOPLE // 3),
        (with_relatives, PEOPLE // 2 if not known else PEOPLE),
        (family, PEOPLE),
    ):
        for person in group:
            if len(chosen) < most and (group is not family or len(family[person]) == 1):
                chosen |= dict.fromkeys(sorted(family[person]))
    return list(chosen)
