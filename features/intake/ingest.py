"""Read, sort, deduplicate, flag and count every planned table."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from features.contract import Kind
from features.errors import InputError
from features.intake.aliases import refuse_wrong_aliases, with_current_ids
from features.intake.checks.duplicates import ROW_KEY, SAME, repeated_rows, without
from features.intake.checks.flags import finish_flags, flag_tables
from features.intake.checks.join_causes import broken_joins
from features.intake.checks.links import correct_links
from features.intake.checks.positive_refunds import (
    REVERSES,
    SETTLEMENT,
    PositiveRefunds,
    positive_refunds,
    turn_signs,
)
from features.intake.checks.remarks import remarks
from features.intake.checks.reversals import link_reversals
from features.intake.describe import describe, files_of, tables_of
from features.intake.manifest import Counts, RefundCounts
from features.intake.reading.table_plan import TablePlan
from features.intake.reading.table_reading import TableReading
from features.intake.sinks import (
    FLAGS,
    QUARANTINE,
    UNREAD,
    UNREAD_FILE,
    WRONG_FIELDS,
    TableSinks,
    stored_columns,
)
from features.intake.spool import Spool
from features.intake.tally import OUTCOMES, Tally, money_of
from features.intake.tolerances import load_tolerances
from features.message import Message, stored
from features.progress import Progress

logger = logging.getLogger(__name__)

_DUPLICATES: dict[str, pl.DataType] = {name: FLAGS[name] for name in ("table", *ROW_KEY)}


@dataclass(frozen=True)
class _SharedSinks:
    """Sinks that all tables share."""

    quarantine: Spool
    flags: Spool
    duplicates: Spool
    unread: Spool


def ingest_tables(draft: Path, plans: Sequence[TablePlan], progress: Progress) -> Counts:
    """Read, sort, deduplicate, flag, count and write all tables.

    Args:
        draft: an empty folder; gets ``tables/``, ``quarantine.parquet``, ``flags.parquet`` and ``unread.parquet``.
        plans: the tables.
        progress: called with the step, and how much of it is done.

    Returns:
        The counts for the manifest.

    Raises:
        InputError: a file is truncated, no settlement can be used, or ids that were issued again contradict each other.
    """
    files = list(files_of(plans))
    scratch = draft / "scratch"
    sinks = _SharedSinks(
        Spool(scratch / "quarantine", QUARANTINE),
        Spool(scratch / "flags", FLAGS),
        Spool(scratch / "duplicates", _DUPLICATES),
        Spool(scratch / "unread", UNREAD),
    )
    rows_of = dict.fromkeys(files, 0)
    tallies: dict[str, Tally] = {}
    written: dict[str, pl.LazyFrame] = {}
    reversals: RefundCounts | None = None
    for name, parts in tables_of(plans).items():
        whole = parts[0]
        tallies[name] = Tally(money_of(whole.together, whole.table.of_kind(Kind.MONEY)))
        accepted = Spool(draft / "tables" / name, stored_columns(whole))
        table_sinks = TableSinks(accepted, sinks.quarantine, sinks.flags, sinks.unread, tallies[name])
        numbers = {file: index for index, file in enumerate(files)}
        for plan in parts:
            rows_of |= TableReading(plan, numbers, table_sinks, progress, scratch).read()
        written[name] = accepted.close()
        rows = _Accepted(whole, table_sinks, sinks.duplicates, files)
        rows.quarantine_duplicates()
        if name == "settlements":
            refunds = rows.settle_refunds()
        elif name == "charge_lines" and refunds is not None:
            rows.turn(refunds)
        if any(plan.mapping.link_reversals for plan in parts):
            progress(Message("linking refunds to their originals"), 0, 1)
            reversals = link_reversals(accepted.parts(), sinks.flags)
        tallies[name].add_accepted(written[name])
        tallies[name].prove(name)
        counted = ", ".join(f"{share} {tallies[name].rows[share]:,}" for share in OUTCOMES)
        logger.info("%s: rows %s", name, counted)
    _refuse_empty(tallies["settlements"])
    refuse_wrong_aliases(written, files)
    current = with_current_ids(written)
    identities = flag_tables(current, tallies, sinks.flags, progress)
    sinks.quarantine.close().sort(list(QUARANTINE)).sink_parquet(draft / "quarantine.parquet")
    sinks.unread.close().unique().sort("settlement_id").sink_parquet(draft / UNREAD_FILE)
    flags = finish_flags(sinks.flags, sinks.duplicates.close(), tallies)
    flags.sink_parquet(draft / "flags.parquet")
    for sink in (sinks.quarantine, sinks.flags, sinks.duplicates, sinks.unread):
        sink.remove()
    scratch.rmdir()
    counts = describe(
        plans,
        tallies,
        rows_of,
        written["settlements"],
        identities=identities,
        reversals=reversals,
        turned_refunds=None if refunds is None else refunds.turned.height or None,
    )
    stored = pl.scan_parquet(draft / "flags.parquet")
    allowed = load_tolerances()
    broken = tuple(broken_joins(current, stored, counts.tables, allowed))
    filled = {name: tally.filled for name, tally in tallies.items() if tally.rows["accepted"]}
    odd = tuple(remarks(current, stored, filled, allowed, broken))
    return counts.model_copy(update={"broken_joins": broken, "remarks": odd})


@dataclass(frozen=True)
class _Accepted:
    """The accepted rows of one table, and where what is taken from them goes."""

    plan: TablePlan
    out: TableSinks
    duplicates: Spool
    files: Sequence[str]

    def quarantine_duplicates(self) -> None:
        """Move rows with a repeated key to the quarantine."""
        rows = repeated_rows(self.plan.table, self.plan.together, self.out.accepted.parts())
        self._quarantine(list(rows), ", ".join(self.plan.table.key))

    def settle_refunds(self) -> PositiveRefunds:
        """Correct links to refunds, turn positive ones, and set those aside that agree with no original."""
        for form, rows in correct_links(self.out.accepted.parts(), self.plan.together).items():
            self.out.tally.unusual[REVERSES, form] += rows
        refunds = positive_refunds(self.out.accepted.parts(), self.plan.together, self.out.tally.money)
        self._quarantine([refunds.aside] if refunds.aside.height else [], REVERSES)
        self.turn(refunds)
        return refunds

    def turn(self, refunds: PositiveRefunds) -> None:
        """Turn the signs of the rows of these refunds."""
        ids = refunds.turned[SETTLEMENT]
        self.out.tally.add_read(turn_signs(self.out.accepted.parts(), ids, self.out.tally.money))

    def _quarantine(self, frames: Sequence[pl.DataFrame], columns: str) -> None:
        """Move rows (`ROW_KEY`, money columns, ``reason``) to the quarantine because of some columns."""
        table, column = pl.lit(self.plan.table.table).alias("table"), pl.lit(columns).alias("column")
        for rows in frames:
            self.out.tally.add("quarantined", rows)
            self.out.note_unread(rows.filter(pl.col("reason") != SAME), self.plan.table.table)
            self.out.tally.add_why(rows.with_columns(column))
            names = pl.Series("file", [self.files[index] for index in rows["source_file"]], dtype=pl.String)
            self.out.quarantine.add(
                rows.with_columns(names).select(
                    table, "file", pl.col("source_row").alias("row"), column, "reason"
                )
            )
            self.duplicates.add(rows.select(table, *ROW_KEY))
        if frames:
            row_keys = pl.concat([rows.select(ROW_KEY) for rows in frames])
            for part in self.out.accepted.parts():
                without(part, row_keys)


def _example(tally: Tally, columns: str) -> str:
    """File, row and shape of the first unreadable value of these columns."""
    shown = [name for name in columns.split(", ") if name in tally.examples]
    if not shown:
        return ""
    return Message(" (for example {column} in {example})", column=shown[0], example=tally.examples[shown[0]])


def _refuse_empty(settlements: Tally) -> None:
    if settlements.rows["accepted"]:
        return
    reasons = [
        Message(
            "{reason}{columns}: {rows:,} rows{example}",
            reason=stored(reason),
            columns=f" ({column})" if column else "",
            rows=count,
            example=_example(settlements, column),
        )
        for (reason, column), count in sorted(settlements.why.items())
    ]
    raise InputError(
        "No settlement can be used." if reasons else "The settlements have a header and no rows.",
        where="settlements",
        problems=reasons,
        next_step=_what_helps(settlements),
    )


def _what_helps(settlements: Tally) -> Message:
    """What to do next, by what could not be read."""
    if {reason for reason, _ in settlements.why} == {WRONG_FIELDS}:
        return Message(
            "count the separators of the header and of a row, and write the file again with as many in each"
        )
    names = {name for _, columns in settlements.why for name in columns.split(", ")}
    if names and names <= set(settlements.money):
        return Message(
            "state how amounts are written as `replace`, or where values come from, in a mapping file: "
            "--mapping FILE.toml (docs/mapping.md)"
        )
    return Message(
        "state how dates and times are written as `formats`, or where values come from, in a mapping file: "
        "--mapping FILE.toml (docs/mapping.md)"
    )
