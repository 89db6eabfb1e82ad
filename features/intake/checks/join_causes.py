"""Name the likely cause where ids of one table do not occur in the other: what a program did to the ids of either."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import polars as pl

from features.contract import TABLES
from features.intake.checks.tables import ORPHAN
from features.intake.manifest import BrokenJoin, TableRecord
from features.intake.tolerances import Tolerances

_ID, _ROWS = "id", "rows"
_OLD_LENGTH, _NEW_LENGTH = 15, 18
_CENTURY = 6


def _short_number(cells: pl.Expr) -> pl.Expr:
    """The fifteen digits of an identity number before 1999: without the century and the check digit."""
    short = pl.concat_str(cells.str.slice(0, _CENTURY), cells.str.slice(_CENTURY + 2, _OLD_LENGTH - _CENTURY))
    return pl.when(cells.str.len_chars() == _NEW_LENGTH).then(short).otherwise(cells)


REPAIRS: Mapping[str, Callable[[pl.Expr], pl.Expr]] = {
    "full-width characters": lambda cells: cells.str.normalize("NFKC"),
    "blanks inside": lambda cells: cells.str.replace_all(r"\s", ""),
    "letter case": lambda cells: cells.str.to_uppercase(),
    "lost leading zeros": lambda cells: cells.str.strip_chars_start("0"),
    "hyphens": lambda cells: cells.str.replace_all("-", "", literal=True),
    "identity numbers of 15 and of 18 digits": _short_number,
}
"""What may have happened to ids, and how ids become equal without it."""


def broken_joins(
    frames: Mapping[str, pl.LazyFrame],
    flags: pl.LazyFrame,
    tables: Mapping[str, TableRecord],
    allowed: Tolerances,
) -> Iterator[BrokenJoin]:
    """References of which a large share names no row, with the likely cause.

    Args:
        frames: accepted rows by table.
        flags: flags of the accepted rows.
        tables: counts by table.
        allowed: tolerances: the share from which a join is broken, and the share of it that a cause explains.
    """
    counted = flags.filter(pl.col("flag") == ORPHAN).group_by("table", "column").len().collect()
    for table, column, orphans in counted.sort("table", "column").iter_rows():
        references = frames[table].select(pl.col(column).alias(_ID)).drop_nulls()
        rows = int(references.select(pl.len()).collect().item())
        target = TABLES[table].columns[column].refers or ""
        if orphans >= allowed.join_share * rows and tables[table].rows.accepted:
            cause, repaired = _cause(references, frames, target, allowed.cause_share * orphans)
            yield BrokenJoin(
                table=table,
                column=column,
                target=target,
                rows=rows,
                orphans=orphans,
                cause=cause,
                repaired=repaired,
            )


def _cause(
    references: pl.LazyFrame, frames: Mapping[str, pl.LazyFrame], target: str, enough: float
) -> tuple[str | None, int]:
    """The change of ids that most of the orphans share, and how many rows it explains."""
    name, _, key = target.partition(".")
    known = frames[name].select(pl.col(key).alias(_ID)).unique()
    orphans = references.group_by(_ID).len(_ROWS).join(known, on=_ID, how="anti").collect()
    known_ids = known.collect()
    best: tuple[str | None, int] = (None, 0)
    for cause, repair in REPAIRS.items():
        alike = known_ids.select(repair(pl.col(_ID)).alias(_ID)).unique()
        repaired = orphans.with_columns(repair(pl.col(_ID))).join(alike, on=_ID, how="semi")
        rows = int(repaired[_ROWS].sum())
        if rows >= enough and rows > best[1]:
            best = (cause, rows)
    return best
