"""The list behind an indicator's value: a page of its rows, and the count and the sums of all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import narwhals.stable.v2 as nw
import polars as pl

from detection.indicators.card import IndicatorCard
from detection.indicators.catalogue import Indicator
from detection.indicators.disclosure import bound, hidden_cells
from detection.indicators.measure import sums
from detection.store.queries.indicators.files import Files, indicator_named, open_files
from detection.store.queries.reader import Reader
from features.calendar import month_text
from features.engine import collect
from features.errors import UsageError
from features.indicators.periods import Period
from features.registry import Frame

RowChoice = Literal["all", "numerator", "rest"]
"""Which rows of a list: all, those that count in the numerator, or the others."""
Row = Mapping[str, str | int | None]

SORTS = ("numerator", "denominator")
_SHOWN_CUTS = ("provider_id", "district", "person_category", "age_band", "respondent_group")
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
    is 1 for what a difference subtracts; numerator and denominator are counts or fen, as the card says.
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
    numerator: int
    denominator: int


@dataclass(frozen=True)
class Listed:
    """A page of a list.

    Attributes:
        rows: the page.
        count: rows of the whole list under the filters.
        totals: numerator and denominator of all of those, by side.
        record: kind of id in ``record``; empty where a row is a person.
        hidden: whether it rests on too few people to be shown; then it is empty.
        reason_en, reason_zh: why it is not assessable; empty when it is.
    """

    rows: tuple[ListRow, ...]
    count: int
    totals: tuple[tuple[int, int], ...]
    record: str
    hidden: bool = False
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

    Rows come by numerator or by denominator, the largest first, then in the order of the ids.

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
    rows = _filtered(reader, files, indicator, period, wanted)
    if rows is None or point.value.sufficiency == "hidden" or _too_few(rows, period):
        return Listed((), 0, (), record, hidden=True)
    if wanted.rows != "all":
        counts = nw.col("numerator") != 0
        rows = rows.filter(counts if wanted.rows == "numerator" else ~counts)
    native: pl.LazyFrame = rows.to_native()
    totals = native.group_by("side").agg(pl.len(), pl.col("numerator", "denominator").sum()).sort("side")
    by_side = totals.collect()
    columns = native.collect_schema().names()
    order = [name for name in ("insured_code", "record", "month", "part") if name in columns]
    shown = native.sort(sort, *order, descending=[True, *(False for _ in order)]).slice(
        (page - 1) * size, size
    )
    page_rows = shown.collect().with_columns(_without_hidden(files, indicator, period))
    return Listed(
        tuple(_row(reader, record, row) for row in page_rows.iter_rows(named=True)),
        int(by_side["len"].sum()),
        tuple(by_side.select("numerator", "denominator").iter_rows()),
        record,
    )


def _filtered(
    reader: Reader, files: Files, indicator: Indicator, period: Period, wanted: ListFilters
) -> Frame | None:
    """The rows of the wanted cells; None where one of the cells may not be shown.

    For a part, the other rows stay in the denominator and leave the numerator, as in the cell of the cut.
    """
    rows = files.rows(indicator, period)
    for by, key in wanted.cells.items():
        refuse_unknown_cut(indicator.card, by)
        cells = files.cells(indicator, period, by)
        visible = [cell for cell, value in cells.items() if value.sufficiency != "hidden"]
        shown = {key_of(reader, by, cell): cell for cell in visible}
        if key not in shown:
            return None
        inside = (nw.col(by) == shown[key]).fill_null(value=False)
        if by == "part":
            rows = rows.with_columns(numerator=nw.when(inside).then(nw.col("numerator")).otherwise(nw.lit(0)))
        else:
            rows = rows.filter(inside)
    return rows if wanted.side is None else rows.filter(nw.col("side") == wanted.side)


def _without_hidden(files: Files, indicator: Indicator, period: Period) -> list[pl.Expr]:
    """Columns with null for cells that are hidden in their cut: a list shows no cell that it may not open."""
    return [
        pl.when(~pl.col(by).is_in(hidden)).then(pl.col(by)).alias(by)
        for by in _SHOWN_CUTS
        if by in indicator.card.cuts and (hidden := hidden_cells(files.cells(indicator, period, by)))
    ]


def _too_few(rows: Frame, period: Period) -> bool:
    """Whether a part of a list rests on too few people to be shown."""
    units = collect(sums(rows))["units"].to_list()
    return min(units, default=0) < bound("hidden_below", period.last_day)


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
        numerator=_integer(row, "numerator"),
        denominator=_integer(row, "denominator"),
    )


def _text(row: Row, column: str) -> str:
    return str(row.get(column) or "")


def _integer(row: Row, column: str) -> int:
    return int(row[column] or 0)
