"""Flags on accepted rows: what is noticed is kept beside the row, which is used all the same."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from features.intake.checks.duplicates import PLACE
from features.intake.checks.rows import ROW_CHECKS
from features.intake.checks.tables import Noticed, across
from features.intake.sinks import FLAGS, Progress
from features.intake.spool import Spool
from features.intake.tally import Tally
from features.intake.tolerances import Tolerances, load_tolerances


def flag_tables(
    frames: Mapping[str, pl.LazyFrame], tallies: Mapping[str, Tally], flags: Spool, progress: Progress
) -> dict[str, dict[str, int]]:
    """Check all accepted rows and write what is noticed.

    Args:
        frames: accepted rows by table.
        tallies: counts by table.
        flags: where flags go.
        progress: told which check runs.

    Returns:
        For each identity how many rows were checked and how many broke it.
    """
    allowed = load_tolerances()
    identities = _check_rows(frames, flags, allowed)
    rows = {name: tally.rows["accepted"] for name, tally in tallies.items()}
    checks = list(across(frames, rows, allowed))
    for done, noticed in enumerate(checks, 1):
        flags.add(_as_flags(noticed, noticed.places.select(PLACE).collect(engine="streaming")))
        progress("checking rows against each other", done, len(checks))
    return identities


def _check_rows(
    frames: Mapping[str, pl.LazyFrame], flags: Spool, allowed: Tolerances
) -> dict[str, dict[str, int]]:
    """One pass over each table for all checks of single rows."""
    identities: dict[str, dict[str, int]] = {}
    for table, frame in frames.items():
        there = frame.collect_schema()
        checks = {
            f"\0{number}": check
            for number, check in enumerate(ROW_CHECKS)
            if check.table == table and all(name in there for name in check.needs)
        }
        if not checks:
            continue
        tested = frame.select(*PLACE, *(check.breaks(allowed).alias(name) for name, check in checks.items()))
        checked = tested.select(pl.col(list(checks)).count()).collect(engine="streaming").row(0, named=True)
        broken = tested.filter(pl.any_horizontal(pl.col(list(checks)))).collect(engine="streaming")
        for name, check in checks.items():
            hit = broken.filter(pl.col(name))
            flags.add(_as_flags(Noticed(table, check.column, check.flag, hit.lazy()), hit))
            if check.flag.endswith("_identity"):
                identities[check.flag] = {"checked": int(checked[name]), "broken": hit.height}
    return identities


def _as_flags(noticed: Noticed, places: pl.DataFrame) -> pl.DataFrame:
    return places.select(
        pl.lit(noticed.table).alias("table"),
        *PLACE,
        pl.lit(noticed.column).alias("column"),
        pl.lit(noticed.flag).alias("flag"),
    )


def finish_flags(spool: Spool, gone: pl.LazyFrame, tallies: Mapping[str, Tally]) -> pl.LazyFrame:
    """The flags of accepted rows, counted; those of rows that went as duplicates are dropped.

    Args:
        spool: all flags.
        gone: table, file and row of the rows that were accepted at first and quarantined later.
        tallies: counts by table, completed here.
    """
    flags = spool.close().join(gone, on=["table", *PLACE], how="anti")
    counted = flags.group_by("table", "flag").len().collect(engine="streaming")
    for table, flag, count in counted.iter_rows():
        tallies[table].flags[flag] = count
    rows = flags.select("table", *PLACE).unique().group_by("table").len().collect(engine="streaming")
    for table, count in rows.iter_rows():
        tallies[table].rows["flagged"] = count
    return flags.sort(list(FLAGS))
