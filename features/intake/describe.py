"""Describe what was read: files, tables, and counts that add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from features.intake.manifest import Counts, FileRecord, IdentityCount, RefundCounts
from features.intake.reading.inspection import Inspected
from features.intake.reading.table_plan import TablePlan
from features.intake.tally import Tally
from features.intake.unused import likely_columns


def files_of(plans: Sequence[TablePlan]) -> dict[str, Inspected]:
    """Every file that is read, sorted by name. The ``source_file`` of a row is an index into this order."""
    files = {file.file.name: file for plan in plans for file in (*plan.files, *plan.lookups.values())}
    return dict(sorted(files.items()))


def tables_of(plans: Sequence[TablePlan]) -> dict[str, list[TablePlan]]:
    """The parts of each table, by its name."""
    tables: dict[str, list[TablePlan]] = {}
    for plan in plans:
        tables.setdefault(plan.table.table, []).append(plan)
    return tables


def _known(parts: Sequence[TablePlan]) -> list[str]:
    """Columns with real values, without those that the mapping filled in by a guess."""
    guessed = set().union(*(plan.mapping.guessed for plan in parts))
    return [name for name in parts[0].together if name not in guessed]


def _unused(parts: Sequence[TablePlan], plans: Sequence[TablePlan]) -> list[str]:
    """Columns of a table's files that are read neither by a part of it nor by another table."""
    files = {file.file.name for plan in parts for file in plan.files}
    sharing = [plan for plan in plans if any(file.file.name in files for file in plan.files)]
    return sorted(
        set().union(*(plan.unused() for plan in parts)).difference(*(plan.reads() for plan in sharing))
    )


def _missing(parts: Sequence[TablePlan]) -> list[str]:
    """Names of columns that no part of a table has, and that would have been read."""
    return sorted(set.intersection(*(set(plan.missing) for plan in parts)))


def describe(
    plans: Sequence[TablePlan],
    tallies: Mapping[str, Tally],
    rows_of: Mapping[str, int],
    settlements: pl.LazyFrame,
    *,
    identities: Mapping[str, IdentityCount],
    reversals: RefundCounts | None,
    turned_refunds: int | None,
) -> Counts:
    """The manifest's counts of what was read.

    Args:
        plans: the tables.
        tallies: their counts.
        rows_of: rows by file.
        settlements: the accepted settlements.
        identities: checks of accounting identities, by flag.
        reversals: links of refunds, or None.
        turned_refunds: refunds with a positive sign that were turned; None for none.
    """
    tables = tables_of(plans)
    settled = pl.col("settled_at").cast(pl.Date)
    first, last = settlements.select(settled.min().alias("a"), settled.max().alias("b")).collect().row(0)
    return Counts(
        files=tuple(
            FileRecord(
                name=name,
                sha256=file.sha256,
                encoding=file.encoding,
                rows=rows_of[name],
                notes=file.notes,
            )
            for name, file in files_of(plans).items()
        ),
        tables={
            name: tallies[name].record(
                columns=_known(parts),
                ignored_columns=_unused(parts, plans),
                likely=likely_columns(_unused(parts, plans), _missing(parts)),
            )
            for name, parts in tables.items()
        },
        day_precision=tuple(
            sorted(
                f"{name}.{column}"
                for name, parts in tables.items()
                for column in tallies[name].day_precision().union(*(plan.day_precision for plan in parts))
            )
        ),
        first_settled_day=first,
        last_settled_day=last,
        identities=identities,
        reversals=reversals,
        turned_refunds=turned_refunds,
    )
