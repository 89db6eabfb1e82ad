"""The list behind a value: its rows, and the count and sums of all of them, which are those of the value."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from dashboard.downloads import offer_list
from dashboard.indicator_views.figures import cell_name, integer
from dashboard.indicator_views.links import tile_link
from dashboard.markup import bold, element, join, render, section, styled, table
from dashboard.pager import PAGE_ROWS, draw_pager, page_from_url
from dashboard.query_cache import query
from dashboard.subjects import settlement_link, subject_link
from dashboard.wording import figures, label, localized, t
from detection.followup.exports import IndicatorList
from detection.indicators.card import IndicatorCard
from detection.store.queries.indicators import values as queries

_PAGE = "sheet"
"""Parameter of the address."""
_OPTIONAL_COLUMNS = ("provider", "district", "person_category", "age_band", "group", "part")
"""Columns that are shown where the list has values in them."""
_CHOICES: tuple[queries.RowChoice, ...] = ("all", "numerator", "rest")


def draw_list(tile: queries.Tile) -> None:
    """The list of the chosen indicator, or of one cell where the address names one."""
    card, window = tile.card, tile.point.window
    by, cell = st.query_params.get("by", ""), st.query_params.get("cell", "")
    cells = {by: cell} if cell and by in card.cuts else {}
    choice = _row_choice()
    filters = queries.ListFilters(cells=cells, rows=choice)
    first = query(queries.listed, card.name, window, filters, page=1, size=PAGE_ROWS)
    page = page_from_url(first.count, parameter=_PAGE)
    listed = query(queries.listed, card.name, window, filters, page=page, size=PAGE_ROWS)
    section(t("indicator.list"), _note(card, cells))
    if cells:
        render(tile_link(t("indicator.whole_list"), tile, by=by, view="list"))
    choices, files = st.columns([8, 1], vertical_alignment="center")
    with choices:
        _choose_rows(tile, choice, by=by, cell=cell)
    if listed.reason_en:
        st.caption(localized(listed, "reason"))
        return
    if listed.withheld:
        st.caption(t("indicator.list.withheld"))
    if listed.hidden:
        st.caption(t("indicator.list.hidden"))
        return
    with files:
        offer_list(IndicatorList(card.name, window, filters), listed.count, key=f"list_{card.name}")
    _table(card, listed)
    if listed.count > PAGE_ROWS:
        draw_pager(listed.count, page, key=f"list_{card.name}_{window}_{by}_{cell}_{choice}", parameter=_PAGE)


def _table(card: IndicatorCard, listed: queries.Listed) -> None:
    optional = [name for name in _OPTIONAL_COLUMNS if any(getattr(row, name) for row in listed.rows)]
    with_person = any(row.person for row in listed.rows)
    columns = [
        *([t("indicator.person")] if with_person else []),
        *([label("record", listed.record)] if listed.record else []),
        *(t(f"indicator.column.{name}") for name in optional),
        t("indicator.numerator"),
        t("indicator.denominator"),
    ]
    rows = [_row(row, card, listed.record, optional, with_person=with_person) for row in listed.rows]
    for name, totals in zip(_total_names(listed), listed.totals, strict=True):
        sums = [bold(integer(total, of)) for total, of in zip(totals, card.of, strict=True)]
        rows.append([bold(name), *[""] * (len(columns) - 3), *sums])
    table(columns, rows, numeric=(len(columns) - 2, len(columns) - 1))


def _total_names(listed: queries.Listed) -> list[str]:
    if len(listed.totals) == 1:
        return [t("indicator.total", n=figures().count(listed.count))]
    return [t(f"indicator.total.{side}") for side in range(len(listed.totals))]


def _row(
    row: queries.ListRow, card: IndicatorCard, record: str, optional: Sequence[str], *, with_person: bool
) -> list[str]:
    css = "" if record == "question" else "mono"
    return [
        *([subject_link("person", row.person)] if with_person else []),
        *([_record(row, record, css)] if record else []),
        *(
            subject_link("provider", row.institution, row.provider)
            if name == "provider"
            else _text(name, getattr(row, name), card)
            for name in optional
        ),
        integer(row.numerator, card.of[0]),
        integer(row.denominator, card.of[1]),
    ]


def _record(row: queries.ListRow, record: str, css: str) -> Markup:
    """A settlement leads to who, where and which alerts cite it."""
    return settlement_link(row.record) if record == "settlement" else styled(row.record, css)


def _text(name: str, value: str, card: IndicatorCard) -> str:
    """The name of a code."""
    return value and cell_name(name, value, card.parts)


def _note(card: IndicatorCard, cells: dict[str, str]) -> str:
    if not cells:
        return t("indicator.list.note")
    by, cell = next(iter(cells.items()))
    return t("indicator.list.cell", cut=label("cut", by), cell=cell_name(by, cell, card.parts))


def _row_choice() -> queries.RowChoice:
    """Which rows the address names."""
    wanted = st.query_params.get("rows", "")
    return next((choice for choice in _CHOICES if choice == wanted), "all")


def _choose_rows(tile: queries.Tile, current: queries.RowChoice, **parameters: str) -> None:
    """Links to all rows, to those that count in the numerator, and to the others; the current one is no link."""
    texts = {choice: t(f"indicator.rows.{choice}") for choice in _CHOICES}
    parts = [
        bold(text) if choice == current else tile_link(text, tile, **parameters, view="list", rows=choice)
        for choice, text in texts.items()
    ]
    render(element("div", join(parts, " · "), "fw-pager"))
