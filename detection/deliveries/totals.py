"""Control totals: rows and yuan by table and month, as the sender of a delivery states them.

    [settlements]
    rows = 5928
    yuan = "1421604.11"             # of total_amount; charge_lines and account_entries: of amount

    [settlements.months."2024-03"]
    rows = 980
    yuan = "236110.02"

Totals of a table are compared with what was read, those of a month with what is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pydantic import Field

from detection.deliveries.coverage import Coverage
from features.contract import TABLES
from features.dated import TomlModel, problems, read_toml
from features.errors import InputError, UsageError
from features.figures import plain_yuan
from features.intake.manifest import Manifest
from features.message import Message, verbatim
from features.money import to_fen

MONEY = {"settlements": "total_amount", "charge_lines": "amount", "account_entries": "amount"}
"""Column whose yuan stand for a table."""


class MonthTotals(TomlModel):
    """Rows, and yuan as text, of a table's month; what is not stated is not compared."""

    rows: int | None = None
    yuan: str | None = None


class TableTotals(MonthTotals):
    """Rows and yuan of a table, and of its months (``2024-03``)."""

    months: Mapping[str, MonthTotals] = Field(default={})


def read_totals(path: Path) -> dict[str, TableTotals]:
    """The control totals of a file, by table.

    Raises:
        UsageError: there is no such file.
        InputError: it is not TOML, or has entries that are no totals of tables; all of them at once.
    """
    if not path.is_file():
        raise UsageError("There is no file of control totals.", where=str(path), next_step="check --expect")
    content = read_toml(path, InputError)
    wrong = [
        Message("[{name}] is no table of the data contract", name=name)
        for name in content
        if name not in TABLES
    ]
    wrong += [
        Message("[{name}] {problem}", name=name, problem=problem)
        for name, table in content.items()
        if name in TABLES
        for problem in problems(TableTotals, table)
    ]
    totals = {} if wrong else {name: TableTotals.model_validate(table) for name, table in content.items()}
    wrong += [
        Message(
            "[{name}] yuan = {yuan!r} is no amount, or the table has no money", name=name, yuan=stated.yuan
        )
        for name, table in totals.items()
        for stated in (table, *table.months.values())
        if stated.yuan is not None and (name not in MONEY or _fen(stated.yuan) is None)
    ]
    if wrong:
        raise InputError(
            "The control totals cannot be read.",
            where=path.name,
            problems=wrong,
            next_step='state rows = 123 and yuan = "45.67" by table, and by month under months."2024-03"',
        )
    return totals


def refuse_other_totals(totals: Mapping[str, TableTotals], manifest: Manifest, coverage: Coverage) -> None:
    """Stop where what came in is not what the sender states.

    Raises:
        InputError: with every total that differs.
    """
    differing = [
        line for name, stated in totals.items() for line in _differing(name, stated, manifest, coverage)
    ]
    if differing:
        raise InputError(
            "What came in is not what the control totals state.",
            problems=differing,
            next_step="ask the sender for the files again, or for the totals of these files",
        )


def _differing(name: str, stated: TableTotals, manifest: Manifest, coverage: Coverage) -> Iterator[Message]:
    record = manifest.tables.get(name)
    money = record.money.get(MONEY.get(name, "")) if record else None
    rows = record.rows.read if record else 0
    yield from _compared(verbatim(name), Message("read"), stated, rows, money.read if money else None)
    covered = coverage.tables.get(name)
    for month, of_month in sorted(stated.months.items()):
        rows = covered.months.get(month, 0) if covered else 0
        fen = covered.fen.get(month, 0) if covered and name == "settlements" else None
        part = Message("{table} of {month}", table=name, month=month)
        yield from _compared(part, Message("used"), of_month, rows, fen)


def _compared(
    part: Message, outcome: Message, stated: MonthTotals, rows: int, fen: int | None
) -> Iterator[Message]:
    named = {"part": part, "outcome": outcome}
    if stated.rows is not None and stated.rows != rows:
        yield Message(
            "{part}: {stated:,} rows stated, {rows:,} {outcome}", **named, stated=stated.rows, rows=rows
        )
    if stated.yuan is not None:
        expected = _fen(stated.yuan)
        if fen is None:
            yield Message("{part}: CN¥{stated} stated, no money {outcome}", **named, stated=stated.yuan)
        elif expected != fen:
            yuan = plain_yuan(fen)
            yield Message(
                "{part}: CN¥{stated} stated, CN¥{yuan} {outcome}", **named, stated=stated.yuan, yuan=yuan
            )


def _fen(yuan: str) -> int | None:
    try:
        return to_fen(Decimal(yuan))
    except (InvalidOperation, ValueError, OverflowError):
        return None
