"""Takes every planned table into a draft folder: read, sorted, freed of duplicates, flagged, counted."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from features.contract import Kind
from features.errors import InputError
from features.intake.acceptance import held_columns
from features.intake.checks.duplicates import PLACE, repeated_rows, without
from features.intake.checks.flags import finish_flags, flag_tables
from features.intake.checks.reversals import link_reversals
from features.intake.manifest import describe, files_of, tables_of
from features.intake.reading.table_plan import TablePlan
from features.intake.reading.table_reading import TableReading
from features.intake.sinks import FLAGS, QUARANTINE, Outlets, Progress
from features.intake.spool import Spool
from features.intake.tally import SHARES, Tally, money_of

logger = logging.getLogger(__name__)

_GONE: dict[str, pl.DataType] = {name: FLAGS[name] for name in ("table", *PLACE)}


@dataclass(frozen=True)
class _Sinks:
    """What all tables write to."""

    quarantine: Spool
    flags: Spool
    gone: Spool


def ingest_tables(draft: Path, plans: Sequence[TablePlan], progress: Progress) -> dict[str, Any]:
    """Read, sort and write all tables.

    Args:
        draft: an empty folder; gets ``tables/``, ``quarantine.parquet`` and ``flags.parquet``.
        plans: the tables.
        progress: told what is done.

    Returns:
        The manifest, without what is known of the data folder only.

    Raises:
        InputError: a file breaks off, or no settlement can be used.
    """
    files = list(files_of(plans))
    scratch = draft / "scratch"
    sinks = _Sinks(
        Spool(scratch / "quarantine", QUARANTINE),
        Spool(scratch / "flags", FLAGS),
        Spool(scratch / "gone", _GONE),
    )
    rows_of = dict.fromkeys(files, 0)
    tallies: dict[str, Tally] = {}
    written: dict[str, pl.LazyFrame] = {}
    linked: dict[str, int] = {}
    for name, parts in tables_of(plans).items():
        whole = parts[0]
        tallies[name] = Tally(money_of(whole.together, whole.table.of_kind(Kind.MONEY)))
        accepted = Spool(draft / "tables" / name, held_columns(whole))
        outlets = Outlets(accepted, sinks.quarantine, sinks.flags, tallies[name])
        numbers = {file: index for index, file in enumerate(files)}
        for plan in parts:
            rows_of |= TableReading(plan, numbers, outlets, progress, scratch).take()
        written[name] = accepted.close()
        _leave_out_repeated(whole, accepted, tallies[name], sinks, files)
        if any(plan.mapping.link_reversals for plan in parts):
            progress("finding what refunds reverse", 0, 1)
            linked = link_reversals(accepted.parts(), sinks.flags)
        tallies[name].add_accepted(written[name])
        tallies[name].prove(name)
        counted = ", ".join(f"{share} {tallies[name].rows[share]:,}" for share in SHARES)
        logger.info("%s: rows %s", name, counted)
    _refuse_empty(tallies["settlements"])
    identities = flag_tables(written, tallies, sinks.flags, progress)
    sinks.quarantine.close().sort(list(QUARANTINE)).sink_parquet(draft / "quarantine.parquet")
    kept = finish_flags(sinks.flags, sinks.gone.close(), tallies)
    kept.sink_parquet(draft / "flags.parquet")
    for sink in (sinks.quarantine, sinks.flags, sinks.gone):
        sink.remove()
    scratch.rmdir()
    manifest = describe(plans, tallies, rows_of, written["settlements"]) | {"identities": identities}
    return manifest | ({"reversals": linked} if linked else {})


def _leave_out_repeated(
    plan: TablePlan, accepted: Spool, tally: Tally, sinks: _Sinks, files: Sequence[str]
) -> None:
    """Move rows with a repeated key from the accepted parts to the quarantine."""
    gone: list[pl.DataFrame] = []
    for rows in repeated_rows(plan.table, plan.together, accepted.parts()):
        tally.add("quarantined", rows)
        table = pl.lit(plan.table.table).alias("table")
        key = pl.lit(", ".join(plan.table.key)).alias("column")
        tally.add_why(rows.with_columns(key))
        names = pl.Series("file", [files[index] for index in rows["source_file"]], dtype=pl.String)
        sinks.quarantine.add(
            rows.with_columns(names).select(table, "file", pl.col("source_row").alias("row"), key, "reason")
        )
        sinks.gone.add(rows.select(table, *PLACE))
        gone.append(rows.select(PLACE))
    if gone:
        places = pl.concat(gone)
        for part in accepted.parts():
            without(part, places)


def _refuse_empty(settlements: Tally) -> None:
    if settlements.rows["accepted"]:
        return
    reasons = [
        f"{reason}{f' ({column})' if column else ''}: {count} rows"
        for (reason, column), count in sorted(settlements.why.items())
    ]
    raise InputError(
        "No settlement can be used." if reasons else "The settlements have a header and no rows.",
        where="settlements",
        problems=reasons,
        next_step="complete the export, or describe it with --mapping FILE.toml (docs/mapping.md)",
    )
