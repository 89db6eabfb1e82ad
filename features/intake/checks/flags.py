"""Flag accepted rows that look wrong. A flagged row is still used."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from features.intake.checks.duplicates import ROW_KEY
from features.intake.checks.rows import ROW_CHECKS
from features.intake.checks.tables import (
    AGE_TOO_HIGH,
    BEFORE_BIRTH,
    FAR_FUTURE,
    FAR_PAST,
    LEDGER_BREAK,
    ORPHAN,
    Noticed,
    across,
)
from features.intake.manifest import IdentityCount
from features.intake.sinks import FLAGS
from features.intake.spool import Spool
from features.intake.tally import Tally
from features.intake.tolerances import Tolerances, load_tolerances
from features.message import Message
from features.progress import Progress

CHECKED_AGAIN = frozenset(
    {check.flag for check in ROW_CHECKS}
    | {ORPHAN, LEDGER_BREAK, BEFORE_BIRTH, AGE_TOO_HIGH, FAR_FUTURE, FAR_PAST}
)
"""Flags that `flag_tables` writes; all others come from the reading of cells."""


def flag_tables(
    frames: Mapping[str, pl.LazyFrame], tallies: Mapping[str, Tally], flags: Spool, progress: Progress
) -> dict[str, IdentityCount]:
    """Check all accepted rows and write flags.

    Args:
        frames: accepted rows by table.
        tallies: counts by table.
        flags: sink of the flags.
        progress: called after each check.

    Returns:
        For each identity how many rows were checked and how many broke it.
    """
    allowed = load_tolerances()
    identities = _check_rows(frames, flags, allowed)
    rows = {name: tally.rows["accepted"] for name, tally in tallies.items()}
    checks = list(across(frames, rows, allowed))
    for done, noticed in enumerate(checks, 1):
        flags.add(_as_flags(noticed, noticed.rows.select(ROW_KEY).collect(engine="streaming")))
        progress(Message("checking rows across tables"), done, len(checks))
    return identities


def _check_rows(
    frames: Mapping[str, pl.LazyFrame], flags: Spool, allowed: Tolerances
) -> dict[str, IdentityCount]:
    """One pass over each table for all checks of single rows."""
    identities: dict[str, IdentityCount] = {}
    for table, frame in frames.items():
        columns = frame.collect_schema()
        checks = {
            f"\0{number}": check
            for number, check in enumerate(ROW_CHECKS)
            if check.table == table and all(name in columns for name in check.needs)
        }
        if not checks:
            continue
        tested = frame.select(
            *ROW_KEY, *(check.breaks(allowed).alias(name) for name, check in checks.items())
        )
        checked = tested.select(pl.col(list(checks)).count()).collect(engine="streaming").row(0, named=True)
        broken = tested.filter(pl.any_horizontal(pl.col(list(checks)))).collect(engine="streaming")
        for name, check in checks.items():
            broken_rows = broken.filter(pl.col(name))
            flags.add(_as_flags(Noticed(table, check.column, check.flag, broken_rows.lazy()), broken_rows))
            if check.flag.endswith("_identity"):
                identities[check.flag] = IdentityCount(checked=int(checked[name]), broken=broken_rows.height)
    return identities


def _as_flags(noticed: Noticed, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        pl.lit(noticed.table).alias("table"),
        *ROW_KEY,
        pl.lit(noticed.column).alias("column"),
        pl.lit(noticed.flag).alias("flag"),
    )


def finish_flags(spool: Spool, duplicates: pl.LazyFrame, tallies: Mapping[str, Tally]) -> pl.LazyFrame:
    """Count the flags of accepted rows, and drop those of rows quarantined as duplicates.

    Args:
        spool: all flags.
        duplicates: table and `ROW_KEY` of the rows that were quarantined as duplicates.
        tallies: counts by table, completed here.
    """
    flags = spool.close().join(duplicates, on=["table", *ROW_KEY], how="anti")
    counted = flags.group_by("table", "flag").len().collect(engine="streaming")
    for table, flag, count in counted.iter_rows():
        tallies[table].flags[flag] = count
    rows = flags.select("table", *ROW_KEY).unique().group_by("table").len().collect(engine="streaming")
    for table, count in rows.iter_rows():
        tallies[table].rows["flagged"] = count
    return flags.sort(list(FLAGS))
