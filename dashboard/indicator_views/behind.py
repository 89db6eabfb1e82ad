"""The list behind a number: its rows, and the count and sums of all of them, which are the number's own."""

from __future__ import annotations

import streamlit as st

from dashboard.indicator_views.figures import cell_name, integer
from dashboard.markup import bold, element, join, render, section, styled, table
from dashboard.navigation import link
from dashboard.query_cache import query
from dashboard.wording import figures, label, localized, t
from detection.indicators.card import IndicatorCard
from detection.store.queries import indicators as queries

PAGE_ROWS = 25
_TEXTS = ("provider", "district", "person_category", "age_band", "group", "part")
"""Columns of a list that say something of some indicators only."""


def draw_list(screen: str, tile: queries.Tile) -> None:
    """The list of the chosen indicator, of one cell where the address names one."""
    card, window = tile.card, tile.point.window
    by, cell = st.query_params.get("by", ""), st.query_params.get("cell", "")
    cells = {by: cell} if cell and by in card.cuts else {}
    counted = _counted()
    filters = queries.ListFilters(cells=cells, rows=counted)
    pages_at = st.query_params.get("sheet", "1")
    page = int(pages_at) if pages_at.isdigit() and int(pages_at) > 0 else 1
    found = query(queries.listed, card.name, window, filters, page=page, size=PAGE_ROWS)
    section(t("indicator.list"), _narrowed(card, cells))
    if cells:
        render(link(t("indicator.whole_list"), screen, indicator=card.name, window=window, by=by))
    _choose_rows(screen, card, {"window": window, "by": by, "cell": cell}, counted)
    if found.reason_en:
        st.caption(localized(found, "reason"))
        return
    if found.hidden:
        st.caption(t("indicator.list.hidden"))
        return
    there = [name for name in _TEXTS if any(getattr(one, name) for one in found.rows)]
    whose = any(one.person for one in found.rows)
    rows = [_row(one, card, found.record, there, whose=whose) for one in found.rows]
    columns = [
        *([t("indicator.person")] if whose else []),
        *([label("record", found.record)] if found.record else []),
        *(t(f"indicator.column.{name}") for name in there),
        t("indicator.numerator"),
        t("indicator.denominator"),
    ]
    numeric = (len(columns) - 2, len(columns) - 1)
    for side, totals in enumerate(found.totals):
        one_only = len(found.totals) == 1
        name = (
            t("indicator.total", n=figures().count(found.count)) if one_only else t(f"indicator.total.{side}")
        )
        sums = [bold(integer(fen, of)) for fen, of in zip(totals, card.of, strict=True)]
        rows.append([bold(name), *[""] * (len(columns) - 3), *sums])
    table(columns, rows, numeric=numeric)
    pages = -(-found.count // PAGE_ROWS)
    if pages > 1:
        _pager(
            screen,
            {"indicator": card.name, "window": window, "by": by, "cell": cell, "rows": counted},
            page,
            pages,
        )


def _choose_rows(screen: str, card: IndicatorCard, asked: dict[str, str], counted: queries.RowChoice) -> None:
    """Links to all rows, to those that count in the numerator, and to the others; the one that is shown is no link."""
    choices: tuple[queries.RowChoice, ...] = ("all", "numerator", "rest")
    parts = [
        bold(t(f"indicator.rows.{one}"))
        if one == counted
        else link(t(f"indicator.rows.{one}"), screen, indicator=card.name, **asked, rows=one)
        for one in choices
    ]
    render(element("div", join(parts, " · "), "fw-pager"))


def _counted() -> queries.RowChoice:
    known: dict[str, queries.RowChoice] = {"numerator": "numerator", "rest": "rest"}
    return known.get(st.query_params.get("rows", ""), "all")


def _narrowed(card: IndicatorCard, cells: dict[str, str]) -> str:
    if not cells:
        return t("indicator.list.note")
    by, cell = next(iter(cells.items()))
    return t("indicator.list.cell", cut=label("cut", by), cell=cell_name(by, cell, card.parts))


def _row(
    one: queries.ListRow, card: IndicatorCard, record: str, texts: list[str], *, whose: bool
) -> list[str]:
    said_so = "" if record == "question" else "mono"
    return [
        *([styled(one.person or "–", "mono")] if whose else []),
        *([styled(one.record, said_so)] if record else []),
        *(_text(name, getattr(one, name), card) for name in texts),
        integer(one.numerator, card.of[0]),
        integer(one.denominator, card.of[1]),
    ]


def _text(name: str, value: str, card: IndicatorCard) -> str:
    """An institution's name as it is; anything else is a code."""
    return value if name == "provider" or not value else cell_name(name, value, card.parts)


def _pager(screen: str, asked: dict[str, str], page: int, pages: int) -> None:
    """Links to the pages before and after; the address keeps everything else."""
    parts: list[str] = []
    if page > 1:
        parts.append(link(t("indicator.page.before"), screen, **asked, sheet=page - 1))
    parts.append(t("indicator.page", page=figures().count(page), pages=figures().count(pages)))
    if page < pages:
        parts.append(link(t("indicator.page.after"), screen, **asked, sheet=page + 1))
    render(element("div", join(parts, " · "), "fw-pager"))
