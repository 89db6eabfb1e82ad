"""An evaluation at a terminal."""

from __future__ import annotations

import polars as pl
from rich.table import Table

from detection.cli.language.choice import in_terminal_language
from detection.cli.summaries import console as wide_console
from detection.evaluation.report import Report
from detection.evaluation.tables import summary, tables


def print_tables(evaluation: Report) -> None:
    """Every table, then the three figures that a reader asks for first."""
    console = wide_console()
    for name, rows in tables(evaluation).items():
        console.print(_table(name, rows))
    for name, figure in summary(evaluation).items():
        console.print(f"{in_terminal_language(name)}: {figure}", markup=False)


def _table(title: str, rows: pl.DataFrame) -> Table:
    table = Table(title=title, title_justify="left")
    for column, kind in rows.schema.items():
        table.add_column(column, justify="right" if kind.is_numeric() else "left", no_wrap=True)
    for row in rows.iter_rows():
        table.add_row(*("" if value is None else str(value) for value in row))
    return table
