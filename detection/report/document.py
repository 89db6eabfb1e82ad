"""A report as text, whatever file it becomes: a title block, and sections of sentences, tables and small charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "right"]
_RIGHT: Align = "right"
Values = tuple[float | None, ...]
"""A small chart: values in order of time; None where there is none."""


def first_left(columns: int) -> tuple[Align, ...]:
    """Names to the left, figures to the right."""
    return "left", *((columns - 1) * (_RIGHT,))


@dataclass(frozen=True)
class Table:
    """A table of texts.

    Attributes:
        columns: headings.
        align: side that each column is aligned to.
        rows: cells; every row has as many as there are columns.
        widths: relative widths of the columns.
        totals: how many of the last rows are totals.
        note: a remark below it.
        charts: a chart for each row, in a last column of its own; empty for none.
        chart_heading: of that column.
    """

    columns: tuple[str, ...]
    align: tuple[Align, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    totals: int = 0
    note: str = ""
    charts: tuple[Values, ...] = ()
    chart_heading: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the report.

    Attributes:
        heading: its title.
        sentences: paragraphs.
        points: numbered sentences.
        table: None where there is none.
        boxed: whether a frame sets it apart.
        new_page: whether it begins a page.
    """

    heading: str
    sentences: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    table: Table | None = None
    boxed: bool = False
    new_page: bool = False


@dataclass(frozen=True)
class Document:
    """The whole report.

    Attributes:
        title, subtitle: of the first page.
        details: who issues it, its number, its date, and for whom it is: those that are known.
        warnings: what it has to say first: simulated data, illustrative policy values, a part of the period.
        sections: in order.
    """

    title: str
    subtitle: str
    details: tuple[str, ...]
    warnings: tuple[str, ...]
    sections: tuple[Section, ...]
