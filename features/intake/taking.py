"""Takes every planned table into a draft folder and gives the manifest's content."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from features.contract import Kind
from features.errors import InputError
from features.intake.acceptance import FLAGS, QUARANTINE, Acceptance, Outlets, Progress, held_columns
from features.intake.batches import Reader
from features.intake.inspection import Inspected
from features.intake.plan import TablePlan
from features.intake.spool import Spool
from features.intake.tally import Tally, money_of

MANIFEST_VERSION = 1


def take_tables(draft: Path, plans: Sequence[TablePlan], progress: Progress) -> dict[str, Any]:
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
    files = _files(plans)
    quarantine = Spool(draft / "_quarantine", QUARANTINE)
    flags = Spool(draft / "_flags", FLAGS)
    rows_of: dict[str, int] = dict.fromkeys(files, 0)
    tallies: dict[str, Tally] = {}
    written: dict[str, pl.LazyFrame] = {}
    for plan in plans:
        name = plan.table.table
        money = money_of(tuple(plan.columns), plan.table.of_kind(Kind.MONEY))
        tallies[name] = Tally(money)
        accepted = Spool(draft / "tables" / name, held_columns(plan))
        outlets = Outlets(accepted, quarantine, flags, tallies[name])
        for file in plan.files:
            rows_of[file.file.name] = _take_file(
                plan, file, list(files).index(file.file.name), outlets, progress
            )
        written[name] = accepted.close()
        tallies[name].add_accepted(written[name])
        tallies[name].prove(name)
    _refuse_empty(tallies["settlements"])
    _one_file(quarantine, draft / "quarantine.parquet", list(QUARANTINE))
    _one_file(flags, draft / "flags.parquet", list(FLAGS))
    return {
        "manifest_version": MANIFEST_VERSION,
        "files": [
            {"name": name, "sha256": file.sha256, "encoding": file.encoding, "rows": rows_of[name]}
            for name, file in files.items()
        ],
        "tables": {
            plan.table.table: tallies[plan.table.table].as_dict()
            | {"columns": list(plan.columns), "ignored_columns": plan.unused()}
            for plan in plans
        },
        "day_precision": sorted(
            f"{plan.table.table}.{column}" for plan in plans for column in plan.mapping.day_precision
        ),
        **_period(written["settlements"]),
    }


def _files(plans: Sequence[TablePlan]) -> dict[str, Inspected]:
    found = {file.file.name: file for plan in plans for file in (*plan.files, *plan.lookups.values())}
    return dict(sorted(found.items()))


def _take_file(plan: TablePlan, file: Inspected, index: int, outlets: Outlets, progress: Progress) -> int:
    before = outlets.tally.rows["read"]
    wanted = tuple(name for column in plan.columns.values() for name in column.reads())
    wanted += tuple(rule.column for rule in plan.mapping.exclude)
    acceptance = Acceptance(plan, file.columns, index, file.file.name, outlets)
    reader = Reader(file, wanted, plan.mapping.null)
    for batch in reader:
        acceptance.take(batch)
        progress(f"reading {plan.table.table}", reader.done, file.size)
    acceptance.take_ragged(reader.ragged)
    return outlets.tally.rows["read"] - before


def _refuse_empty(settlements: Tally) -> None:
    if settlements.rows["accepted"]:
        return
    reasons = [f"{reason}: {count} rows" for reason, count in sorted(settlements.reasons.items())]
    raise InputError(
        "No settlement can be used." if reasons else "The settlements have a header and no rows.",
        where="settlements",
        problems=reasons,
        next_step="complete the export, or describe it with --mapping FILE.toml (docs/mapping.md)",
    )


def _one_file(spool: Spool, path: Path, order: list[str]) -> None:
    spool.close().sort(order).sink_parquet(path)
    for part in spool.parts():
        part.unlink()
    spool.folder.rmdir()


def _period(settlements: pl.LazyFrame) -> dict[str, str | None]:
    settled = pl.col("settled_at").cast(pl.Date)
    first, last = settlements.select(settled.min().alias("a"), settled.max().alias("b")).collect().row(0)
    return {"first_settled_day": first.isoformat(), "last_settled_day": last.isoformat()}
