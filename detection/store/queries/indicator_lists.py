"""The list behind an indicator's value: a page of its rows, and the count and the sums of all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import narwhals as nw
import polars as pl

from detection.indicators.card import IndicatorCard
from detection.indicators.disclosure import bound, hidden_cells
from detection.indicators.measure import sums
from detection.store.queries.indicator_files import Files, card_of, open_files
from detection.store.queries.reader import Reader
from features.errors import UsageError
from features.indicators.periods import Period, month_text
from features.indicators.registry import all_indicators
from features.registry import Frame

Counted = Literal["all", "numerator", "rest"]
"""Which rows of a list: all, those that count in the numerator, or the others."""

SORTS = ("numerator", "denominator")
_NAMED = ("provider_id", "district", "person_category", "age_band", "respondent_group")
"""Cuts whose cells a row of a list names."""
_IDS = {"employer_id": "employer", "provider_id": "provider"}
"""Cuts whose cells are ids, and the kinds of them: addresses hold their pseudonyms."""


@dataclass(frozen=True)
class ListFilters:
    """Which part of a list.

    Attributes:
        cells: by cut, the key of a cell.
        counted: all rows, those in the numerator, or the rest.
        side: of a difference, 0 or 1; None for both.
    """

    cells: Mapping[str, str] = field(default_factory=dict)
    counted: Counted = "all"
    side: int | None = None


@dataclass(frozen=True)
class ListRow:
    """One row of a list: ids masked, institutions named; empty where the list has none or the cut hides it.

    ``record`` is what the row counts beside the person: a masked settlement or record, a month, a question. ``side`` is
    1 for what a difference takes off; numerator and denominator are counts or fen, as the card says.
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
        hidden: whether it rests on too few people to be shown: then there is nothing in it.
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
    files, card, asked = open_files(reader), card_of(name), filters or ListFilters()
    if sort not in SORTS:
        raise UsageError(f"Lists are not sorted by {sort!r}.", next_step="use one of: " + ", ".join(SORTS))
    period, record = files.period(window), all_indicators()[name].record
    point = files.point(card, period)
    if point.value is None:
        return Listed((), 0, (), record, reason_en=point.reason_en, reason_zh=point.reason_zh)
    found = _asked(reader, files, card, period, asked)
    if found is None or point.value.sufficiency == "hidden" or _too_few(found, period):
        return Listed((), 0, (), record, hidden=True)
    if asked.counted != "all":
        counts = nw.col("numerator") != 0
        found = found.filter(counts if asked.counted == "numerator" else ~counts)
    native: pl.LazyFrame = found.to_native()
    totals = native.group_by("side").agg(pl.len(), pl.col("numerator", "denominator").sum()).sort("side")
    by_side = totals.collect()
    order = [name for name in ("person", "record", "month", "part") if name in native.collect_schema()]
    shown = native.sort(sort, *order, descending=[True, *(False for _ in order)]).slice(
        (page - 1) * size, size
    )
    page_rows = shown.collect().with_columns(_nameless(files, card, period))
    return Listed(
        tuple(_row(reader, record, one) for one in page_rows.iter_rows(named=True)),
        int(by_side["len"].sum()),
        tuple(by_side.select("numerator", "denominator").iter_rows()),
        record,
    )


def _asked(
    reader: Reader, files: Files, card: IndicatorCard, period: Period, asked: ListFilters
) -> Frame | None:
    """The rows of the cells that are asked for; None where one of the cells may not be shown.

    Of a part, the other rows stay in the denominator and leave the numerator: as in the cut's cell.
    """
    found = files.rows(card, period)
    for by, key in asked.cells.items():
        refuse_unknown_cut(card, by)
        shown = {key_of(reader, by, cell): cell for cell, value in files.cells(card, period, by).items()
                 if value.sufficiency != "hidden"}  # fmt: skip
        if key not in shown:
            return None
        inside = (nw.col(by) == shown[key]).fill_null(value=False)
        if by == "part":
            found = found.with_columns(
                numerator=nw.when(inside).then(nw.col("numerator")).otherwise(nw.lit(0))
            )
        else:
            found = found.filter(inside)
    return found if asked.side is None else found.filter(nw.col("side") == asked.side)


def _nameless(files: Files, card: IndicatorCard, period: Period) -> list[pl.Expr]:
    """Columns without the names of cells that are hidden in their cut: a list names no cell that it may not open."""
    return [
        pl.when(~pl.col(by).is_in(hidden)).then(pl.col(by)).alias(by)
        for by in _NAMED
        if by in card.cuts and (hidden := hidden_cells(files.cells(card, period, by)))
    ]


def _too_few(found: Frame, period: Period) -> bool:
    """Whether a part of a list rests on too few people to be shown."""
    native: pl.LazyFrame = sums(found).to_native()
    units = native.collect()["units"].to_list()
    return min(units, default=0) < bound("hidden_below", period.last_day)


def refuse_unknown_cut(card: IndicatorCard, by: str) -> None:
    """An indicator is cut by what its card says.

    Raises:
        UsageError: it is not cut by that.
    """
    if by not in card.cuts:
        raise UsageError(
            f"{card.name} is not cut by {by!r}.", next_step="use one of: " + ", ".join(card.cuts)
        )


def key_of(reader: Reader, by: str, cell: str) -> str:
    """What an address holds of a cell: its code, or the pseudonym of an id."""
    return reader.masked(_IDS[by], cell) if by in _IDS and cell != "unknown" else cell


def label_of(reader: Reader, by: str, cell: str) -> str:
    """What is shown of a cell: its code, an institution's name, or a pseudonym."""
    return reader.shown(_IDS[by], cell) if by in _IDS and cell != "unknown" else cell


def _row(reader: Reader, record: str, one: Mapping[str, Any]) -> ListRow:
    named = month_text(one["month"]) if record == "month" else one.get("record") or ""
    return ListRow(
        person=reader.masked("person", one.get("person_id")),
        record=reader.masked(record, named) if record in ("settlement", "record") else str(named),
        provider=reader.shown("provider", one.get("provider_id")),
        district=one.get("district") or "",
        person_category=one.get("person_category") or "",
        age_band=one.get("age_band") or "",
        group=one.get("respondent_group") or "",
        part=one.get("part") or "",
        side=int(one["side"]),
        numerator=int(one["numerator"]),
        denominator=int(one["denominator"]),
    )
