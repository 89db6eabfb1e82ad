"""A report as text, whatever file it becomes: pages of headings, sentences and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "right"]


@dataclass(frozen=True)
class Table:
    """A table of texts.

    Attributes:
        columns: headings.
        align: side that each column is aligned to.
        rows: cells; every row has as many as there are columns.
        widths: relative widths of the columns; 0 takes what its content needs.
        totals: how many of the last rows are totals.
        note: a remark below it.
    """

    columns: tuple[str, ...]
    align: tuple[Align, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    totals: int = 0
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A heading, sentences, and a table where there is one."""

    heading: str
    sentences: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class Document:
    """The whole report.

    Attributes:
        title, subtitle: of the first page.
        warnings: what every page has to say first: simulated data, illustrative policy values.
        footer: what every page ends with: run and data set.
        pages: sections page by page.
    """

    title: str
    subtitle: str
    warnings: tuple[str, ...]
    footer: str
    pages: tuple[tuple[Section, ...], ...]
