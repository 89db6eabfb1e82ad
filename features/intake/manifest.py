"""The content of a snapshot's manifest.json: files, counts that add up, and what the source has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from features.intake.reading.inspection import Inspected
from features.intake.reading.table_plan import TablePlan
from features.intake.tally import Tally

MANIFEST_VERSION = 1


def files_of(plans: Sequence[TablePlan]) -> dict[str, Inspected]:
    """Every file that is read, by name, in order of names: a row's ``source_file`` is its place here."""
    found = {file.file.name: file for plan in plans for file in (*plan.files, *plan.lookups.values())}
    return dict(sorted(found.items()))


def tables_of(plans: Sequence[TablePlan]) -> dict[str, list[TablePlan]]:
    """The parts of each table, by its name."""
    tables: dict[str, list[TablePlan]] = {}
    for plan in plans:
        tables.setdefault(plan.table.table, []).append(plan)
    return tables


def _known(parts: Sequence[TablePlan]) -> list[str]:
    """Columns that may be believed: not those filled in so that the table can be read."""
    guessed = set().union(*(plan.mapping.guessed for plan in parts))
    return [name for name in parts[0].together if name not in guessed]


def _unused(parts: Sequence[TablePlan]) -> list[str]:
    """Columns that no part of a table reads."""
    return sorted(
        set().union(*(plan.unused() for plan in parts)).difference(*(plan.reads() for plan in parts))
    )


def describe(
    plans: Sequence[TablePlan],
    tallies: Mapping[str, Tally],
    rows_of: Mapping[str, int],
    settlements: pl.LazyFrame,
) -> dict[str, Any]:
    """What was read and what became of it.

    Args:
        plans: the tables.
        tallies: their counts.
        rows_of: rows by file.
        settlements: the accepted settlements.
    """
    return {
        "manifest_version": MANIFEST_VERSION,
        "files": [
            {"name": name, "sha256": file.sha256, "encoding": file.encoding, "rows": rows_of[name]}
            for name, file in files_of(plans).items()
        ],
        "tables": {
            name: tallies[name].as_dict() | {"columns": _known(parts), "ignored_columns": _unused(parts)}
            for name, parts in tables_of(plans).items()
        },
        "day_precision": sorted(
            f"{name}.{column}"
            for name, parts in tables_of(plans).items()
            for column in tallies[name].day_precision().union(*(plan.day_precision for plan in parts))
        ),
        **_period(settlements),
    }


def _period(settlements: pl.LazyFrame) -> dict[str, str]:
    settled = pl.col("settled_at").cast(pl.Date)
    first, last = settlements.select(settled.min().alias("a"), settled.max().alias("b")).collect().row(0)
    return {"first_settled_day": first.isoformat(), "last_settled_day": last.isoformat()}
