"""One sheet of the annex, whatever writes it."""

from __future__ import annotations

from dataclasses import dataclass

Cell = str | int | float | None
"""Text, a count, yuan or another number; None for an empty cell."""


@dataclass(frozen=True)
class Sheet:
    """A sheet.

    Attributes:
        name: of the sheet.
        above: what stands above the table.
        columns: headings.
        rows: texts and numbers; money in yuan.
        money: columns of money.
        totals: how many of the last rows are totals.
    """

    name: str
    above: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    money: tuple[int, ...] = ()
    totals: int = 0
