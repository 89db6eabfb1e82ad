"""What the last run had and a delivery lacks.

A month that is not delivered looks like a month without violations: alerts would close, and sums fall. So a run stops
where a table, a month, or a large part of their rows or money is gone, until somebody confirms each loss by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detection.deliveries.coverage import Coverage, TableCoverage
from detection.deliveries.limits import Limits
from features.contract import TABLES
from features.errors import InputError, UsageError
from features.figures import plain_yuan
from features.intake.manifest import Manifest
from features.message import Message, chained, stored

ALL = "all"
"""Confirms every loss."""
LATER = "later"
"""Name of the loss of the last days: the delivery ends before the last run did."""
MODELS = "models"
"""Name of the loss of models that earlier runs scored with: they are fitted anew."""


@dataclass(frozen=True)
class Loss:
    """Something that the last run had.

    Attributes:
        name: by which it is confirmed: ``settlements``, ``settlements:2024-05`` or `LATER`.
        sentence: what was there, and what is.
    """

    name: str
    sentence: Message


def losses(before: Coverage, now: Coverage, limits: Limits, *, until: str | None = None) -> list[Loss]:
    """Everything that the last run had and this delivery lacks, by table and month.

    Args:
        before: coverage of the last run.
        now: coverage of the delivery.
        limits: how much may be gone.
        until: last month (``2024-06``) that is compared; all months when None.
    """
    return [
        loss
        for name, table in before.tables.items()
        for loss in _of_table(name, table, now.tables.get(name, TableCoverage(rows=0)), limits, until)
    ]


def earlier_months(missing: Sequence[Loss], first: str) -> list[Loss]:
    """The losses of months before the first month (``2024-03``) that a delivery has settlements of."""
    return [loss for loss in missing if ":" in loss.name and loss.name.partition(":")[2] < first]


def refuse_earlier_months(missing: Sequence[Loss]) -> None:
    """Stop a run whose data begin later than those of the last run, where nobody said what they are.

    Raises:
        InputError: months are missing at the beginning.
    """
    if missing:
        raise InputError(
            "The data begin later than those of the last run. Are they the whole history, or an addition to it?",
            problems=[loss.sentence for loss in missing],
            next_step=(
                "--delivery increment adds them to the data of the last run; "
                "--delivery full gives up what is gone"
            ),
        )


def ends_earlier(last_before: str | None, last: str) -> list[Loss]:
    """The loss of the last days, where the delivery ends before the last run did; ISO days."""
    if last_before is None or last >= last_before:
        return []
    return [
        Loss(
            LATER,
            Message(
                "settlements: the last run reached {before}, this delivery ends on {last}",
                before=last_before,
                last=last,
            ),
        )
    ]


def quarantined(manifest: Manifest, limits: Limits) -> list[Loss]:
    """The tables of which a large part was quarantined, with the main reasons."""
    losses = []
    for name, record in manifest.tables.items():
        rows = record.rows
        if rows.quarantined < limits.least_rows or rows.quarantined <= rows.read * limits.quarantined_share:
            continue
        reasons = [
            Message(
                "{rows:,} {reason} ({columns})",
                rows=each.rows,
                reason=stored(each.reason),
                columns=each.column,
            )
            if each.column
            else Message("{rows:,} {reason}", rows=each.rows, reason=stored(each.reason))
            for each in sorted(record.quarantined_by_column, key=lambda each: -each.rows)
        ]
        sentence = Message(
            "{table}: {rows:,} of {total:,} rows are quarantined ({reasons})",
            table=name,
            rows=rows.quarantined,
            total=rows.read,
            reasons=chained(reasons),
        )
        losses.append(Loss(f"{name}.quarantined", sentence))
    return losses


def refuse_losses(missing: Sequence[Loss], confirmed: Sequence[str]) -> None:
    """Stop a run at losses that nobody confirmed.

    Raises:
        InputError: with every loss and the option that confirms it.
        UsageError: a confirmation names nothing that a delivery can have.
    """
    _refuse_unknown(confirmed)
    open_losses = [loss for loss in missing if not {ALL, loss.name, _table(loss.name)} & set(confirmed)]
    if not open_losses:
        return
    options = " ".join(f"--accept-missing {loss.name}" for loss in open_losses[:3]) + " …" * (
        len(open_losses) > 3
    )
    raise InputError(
        "A large part of the data is missing: patterns there could not be looked for, and alerts would close.",
        problems=[Message("{loss} [{name}]", loss=loss.sentence, name=loss.name) for loss in open_losses],
        next_step=(
            "deliver what is missing; or, where it is meant to be gone, run again with {options} "
            "(or --accept-missing all)"
        ),
        options=options,
    )


def _refuse_unknown(confirmed: Sequence[str]) -> None:
    unknown = [
        name
        for name in confirmed
        if name not in (ALL, LATER, MODELS) and _table(name).split(".")[0] not in TABLES
    ]
    if unknown:
        raise UsageError(
            "These are no tables of the data contract.",
            where="--accept-missing " + ", ".join(unknown),
            next_step="name a table, table:YYYY-MM, table.column, later, models or all",
        )


def _table(name: str) -> str:
    return name.partition(":")[0]


def _of_table(
    name: str, before: TableCoverage, now: TableCoverage, limits: Limits, until: str | None
) -> Iterator[Loss]:
    if before.rows and not now.rows:
        yield Loss(
            name,
            Message("{table}: {before:,} rows in the last run, none now", table=name, before=before.rows),
        )
        return
    for column in sorted(set(before.columns) - set(now.columns)):
        yield Loss(
            f"{name}.{column}",
            Message("{table}.{column}: a column of the last run, not there now", table=name, column=column),
        )
    if before.rows < limits.least_rows:
        return
    if not before.months:
        if _lost(before.rows, now.rows, limits):
            sentence = Message(
                "{table}: {before:,} rows in the last run, {now:,} now",
                table=name,
                before=before.rows,
                now=now.rows,
            )
            yield Loss(name, sentence)
        return
    for month, rows in sorted(before.months.items()):
        if rows < limits.least_rows or (until is not None and month > until):
            continue
        yield from _of_month(name, month, before, now, limits)


def _of_month(
    name: str, month: str, before: TableCoverage, now: TableCoverage, limits: Limits
) -> Iterator[Loss]:
    loss = f"{name}:{month}"
    rows, left = before.months[month], now.months.get(month, 0)
    if _lost(rows, left, limits):
        sentence = Message(
            "{table} of {month}: {before:,} rows in the last run, {now:,} now",
            table=name,
            month=month,
            before=rows,
            now=left,
        )
        yield Loss(loss, sentence)
        return
    fen, fen_left = before.fen.get(month, 0), now.fen.get(month, 0)
    if fen > 0 and _lost(fen, fen_left, limits):
        sentence = Message(
            "{table} of {month}: CN¥{before} in the last run, CN¥{now} now",
            table=name,
            month=month,
            before=plain_yuan(fen),
            now=plain_yuan(fen_left),
        )
        yield Loss(loss, sentence)


def _lost(before: int, now: int, limits: Limits) -> bool:
    return now < before * (1 - limits.lost_share)
