"""The list behind an indicator's value: a page of its rows, and the count and the sums of all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import narwhals.stable.v2 as nw
import polars as pl

from detection.indicators.card import IndicatorCard
from detection.indicators.catalogue import Indicator
from detection.indicators.disclosure import Sufficiency, unnamed_cells
from detection.store.queries.indicators.files import Files, indicator_named, open_files
from detection.store.queries.reader import Reader
from features.calendar import month_text
from features.errors import UsageError
from features.indicators.periods import Period
from features.registry import Frame

RowChoice = Literal["all", "numerator", "rest"]
"""Which rows of a list: all, those that count in the numerator, or the others."""
Row = Mapping[str, str | int | None]

SORTS = ("numerator", "denominator")
_SHOWN_CUTS = ("provider_id", "district", "person_category", "age_band", "respondent_group", "part")
"""Cuts whose cells a row of a list shows."""
_IDS = {"employer_id": "employer", "provider_id": "provider"}
"""Cuts whose cells are ids, and their kinds: addresses contain their pseudonyms."""


@dataclass(frozen=True)
class ListFilters:
    """Which part of a list.

    Attributes:
        cells: by cut, the key of a cell.
        rows: all rows, those in the numerator, or the rest.
        side: of a difference, 0 or 1; None for both.
    """

    cells: Mapping[str, str] = field(default_factory=dict)
    rows: RowChoice = "all"
    side: int | None = None


@dataclass(frozen=True)
class ListRow:
    """One row of a list: ids masked, institutions by name; empty where the list has none or the cut hides it.

    ``record`` is what the row counts besides the person: a masked settlement or record, a month, a question. ``side``
    is 1 for what a difference subtracts; numerator and denominator are counts or fen, as the card says. The numerator
    is None where too few count in it, or do not.
    """

    person: str
    record: str
    provider: str
    district: str
    person_category: str
    age_band: str
    group: str
    part: str
    side: int
    numerator: int | None
    denominator: int
    institution: str = ""


@dataclass(frozen=True)
class Listed:
    """A page of a list.

    Attributes:
        rows: the page.
        count: rows of the whole list under the filters.
        totals: numerator and denominator of all of those, by side; the numerator is None where it is withheld.
        record: kind of id in ``record``; empty where a row is a person.
        hidden: whether it rests on too few people to be shown; then it is empty.
        withheld: whether the rows do not say who counts in the numerator: too few do, or do not.
        reason_en, reason_zh: why it is not assessable; empty when it is.
    """

    rows: tuple[ListRow, ...]
    count: int
    totals: tuple[tuple[int | None, int], ...]
    record: str
    hidden: bool = False
    withheld: bool = False
    reason_en: str = ""
    reason_zh: str = ""


def listed(
    reader: Reader,
    name: str,
    window: str,
    filters: ListFilters | None = None,
    *,
    page: int = 1,
    size: int = 25,
    sort: str = "numerator",
) -> Listed:
    """One page of the list behind a value (1 is the first), and the count and the sums of all of it.

    Rows come by numerator or by denominator, the largest first, then in the order of the ids. Where too few count in
    the numerator, or do not, the list does not say which rows do, and neither of the two opens alone.

    Raises:
        UsageError: there is no such indicator, period, cut or order.
    """
    files, indicator, wanted = open_files(reader), indicator_named(name), filters or ListFilters()
    if sort not in SORTS:
        raise UsageError(
            "Lists are not sorted by {sort!r}.", next_step="use one of: {names}", names=SORTS, sort=sort
        )
    period, record = files.period(window), indicator.record
    point = files.point(indicator, period)
    if point.value is None:
        return Listed((), 0, (), record, reason_en=point.reason_en, reason_zh=point.reason_zh)
    rows, allowed = _filtered(reader, files, indicator, period, wanted)
    withheld = "withheld" in allowed
    if "hidden" in allowed or (withheld and wanted.rows != "all"):
        return Listed((), 0, (), record, hidden=True, withheld=withheld)
    if withheld:
        rows = _without_numerator(rows)
    if wanted.rows != "all":
        counts = nw.col("numerator") != 0
        rows = rows.filter(counts if wanted.rows == "numerator" else ~counts)
    native: pl.LazyFrame = rows.to_native()
    summed = (pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()) for name in SORTS)
    totals = native.group_by("side").agg(pl.len(), *summed).sort("side")
    by_side = totals.collect()
    columns = native.collect_schema().names()
    order = [name for name in ("insured_code", "record", "month", "part") if name in columns]
    shown = native.sort(sort, *order, descending=[True, *(False for _ in order)]).slice(
        (page - 1) * size, size
    )
    page_rows = shown.collect().with_columns(_unnamed(files, indicator, period))
    return Listed(
        tuple(_row(reader, record, row) for row in page_rows.iter_rows(named=True)),
        int(by_side["len"].sum()),
        tuple(by_side.select(SORTS).iter_rows()),
        record,
        withheld=withheld,
    )


def _filtered(
    reader: Reader, files: Files, indicator: Indicator, period: Period, wanted: ListFilters
) -> tuple[Frame, set[Sufficiency]]:
    """The rows of the wanted cells, and how much may be shown of the value, of each cell, and of the rows.

    For a part, the other rows stay in the denominator and leave the numerator, as in the cell of the cut.
    """
    rows, value = files.rows(indicator, period), files.point(indicator, period).value
    allowed: set[Sufficiency] = {value.sufficiency if value else "hidden"}
    for by, key in wanted.cells.items():
        refuse_unknown_cut(indicator.card, by)
        cells = {
            key_of(reader, by, cell): (cell, value)
            for cell, value in files.cells(indicator, period, by).items()
        }
        if key not in cells:
            return rows, {"hidden"}
        name, cell_value = cells[key]
        allowed.add(cell_value.sufficiency)
        inside = (nw.col(by) == name).fill_null(value=False)
        if by == "part":
            rows = rows.with_columns(numerator=nw.when(inside).then(nw.col("numerator")).otherwise(nw.lit(0)))
        else:
            rows = rows.filter(inside)
    if wanted.side is not None:
        rows = rows.filter(nw.col("side") == wanted.side)
    sides = files.sums_of(indicator, rows, wanted.side)
    return rows, allowed | {sides.shown(period.last_day).sufficiency if sides.units else "hidden"}


def _without_numerator(rows: Frame) -> Frame:
    """Rows that do not say which of them count in the numerator; neither does the part that they would be."""
    blank = [nw.lit(None).cast(nw.Int64).alias("numerator")]
    if "part" in rows.collect_schema().names():
        blank.append(nw.lit(None).cast(nw.String).alias("part"))
    return rows.with_columns(*blank)


def _unnamed(files: Files, indicator: Indicator, period: Period) -> list[pl.Expr]:
    """Columns with null for cells that their cut withholds: a list names no cell that it may not open."""
    return [
        pl.when(~pl.col(by).is_in(unnamed)).then(pl.col(by)).alias(by)
        for by in _SHOWN_CUTS
        if by in indicator.card.cuts and (unnamed := unnamed_cells(files.cells(indicator, period, by)))
    ]


def refuse_unknown_cut(card: IndicatorCard, by: str) -> None:
    """Refuse a cut that the card does not have.

    Raises:
        UsageError: the indicator is not cut by that.
    """
    if by not in card.cuts:
        raise UsageError(
            "{indicator} is not cut by {by!r}.",
            next_step="use one of: {names}",
            names=card.cuts,
            indicator=card.name,
            by=by,
        )


def key_of(reader: Reader, by: str, cell: str) -> str:
    """A cell in an address: its code, or the pseudonym of an id."""
    return reader.identity(_IDS[by], cell) if by in _IDS and cell != "unknown" else cell


def label_of(reader: Reader, by: str, cell: str) -> str:
    """A cell on a screen: its code, an institution's name, or a pseudonym."""
    return reader.name(_IDS[by], cell) if by in _IDS and cell != "unknown" else cell


def _row(reader: Reader, record: str, row: Row) -> ListRow:
    record_id = month_text(_integer(row, "month")) if record == "month" else _text(row, "record")
    return ListRow(
        person=reader.identity("person", _text(row, "person_id") or None),
        record=reader.identity(record, record_id) if record in ("settlement", "record") else record_id,
        provider=reader.name("provider", _text(row, "provider_id") or None),
        district=_text(row, "district"),
        person_category=_text(row, "person_category"),
        age_band=_text(row, "age_band"),
        group=_text(row, "respondent_group"),
        part=_text(row, "part"),
        side=_integer(row, "side"),
        numerator=None if row["numerator"] is None else _integer(row, "numerator"),
        denominator=_integer(row, "denominator"),
        institution=reader.identity("provider", _text(row, "provider_id") or None),
    )


def _text(row: Row, column: str) -> str:
    return str(row.get(column) or "")


def _integer(row: Row, column: str) -> int:
    return int(row[column] or 0)
