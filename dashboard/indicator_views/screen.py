"""A screen of indicators: the cards on the left, and next to them the indicator that the address names."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from dashboard.indicator_views.cut_view import draw_cut
from dashboard.indicator_views.detail_view import draw_figures, draw_overview
from dashboard.indicator_views.figures import month_name, period_name
from dashboard.indicator_views.fund_view import draw_fund
from dashboard.indicator_views.grid_view import draw_grid
from dashboard.indicator_views.list_view import draw_list
from dashboard.markup import empty_state, heading, section
from dashboard.query_cache import query
from dashboard.url_tabs import choose_tab
from dashboard.wording import figures, label, language, t
from detection.indicators.disclosure import bound
from detection.language.sentences import in_language
from detection.store.queries.indicators import values as queries
from detection.store.queries.reader import ReadError

KINDS = ("rolling12", "month", "before", "after", "whole")
VIEWS = ("overview", "cut", "list")
_MORE_VIEWS = {"fund_risk": ("fund",)}
"""Views of a screen that are about no single indicator; the first is shown while none is chosen."""
_COLUMNS = {"fund": (1, 2.4), "overview": (1, 1.55), "cut": (1, 2.4), "list": (1, 2.4)}
"""Widths of the cards and of what is next to them: tables need more."""


def draw_screen(screen: str) -> None:
    """Draw one of the six screens."""
    left, right = st.columns([1, 1], vertical_alignment="bottom")
    with left:
        heading(t(f"nav.{screen}"), t(f"question.{screen}"))
    try:
        known = query(queries.kinds)
        with right:
            kind = _choose_kind(known)
        tiles = query(queries.grid, screen, kind) if kind in known else []
    except ReadError as error:
        empty_state(
            t("indicator.none"), in_language(error.what, language()), in_language(error.next_step, language())
        )
        return
    if kind not in known:
        _draw_missing(kind)
        return
    if not tiles:
        empty_state(t("indicator.none"), t("indicator.none.text"))
        return
    _draw_tiles(screen, tiles)


def _draw_tiles(screen: str, tiles: list[queries.Tile]) -> None:
    """The cards, and next to them the chosen one in full: one of its views, or one of the screen."""
    chosen, views = _chosen(tiles), (*_MORE_VIEWS.get(screen, ()), *VIEWS)
    view = _view(views)
    cards, full = st.columns(_COLUMNS[view], gap="small")
    with cards:
        draw_grid(tiles, None if view in _MORE_VIEWS.get(screen, ()) else chosen)
        day = dt.date.fromisoformat(f"{chosen.point.end}-01")
        st.caption(
            t(
                "indicator.grid.note",
                few=bound("not_assessed_below", day),
                hidden=bound("hidden_below", day),
            )
        )
    with full:
        with st.container(horizontal=True, gap="small"):
            view = _choose_view(view, views)
            if view in VIEWS:
                chosen = _choose_period(chosen)
        if view not in VIEWS:
            draw_fund()
            return
        section(chosen.card.words[language()].title, period_name(chosen.point.window))
        draw_figures(chosen)
        draw = {"overview": draw_overview, "cut": draw_cut, "list": draw_list}
        draw[view](chosen)


def _draw_missing(kind: str) -> None:
    """Says that the data have no such period, and which months they have."""
    (first, last), cut_over = query(queries.months), query(queries.cut_over)
    span = {"first": month_name(first), "last": month_name(last)}
    text = (
        t("indicator.no_kind.text", **span, cut_over=figures().day(cut_over))
        if cut_over
        else t("indicator.no_kind.unknown", **span)
    )
    empty_state(t(f"indicator.no_kind.{kind}"), text)


def _choose_kind(known: frozenset[str]) -> str:
    """The kind of period that the grid shows; one that the data have not says so."""

    def name(kind: str) -> str:
        text = label("period_kind", kind)
        return text if kind in known else t("indicator.kind.none", kind=text)

    return choose_tab(
        "kind",
        t("indicator.kind"),
        KINDS,
        _kind_of_address(known),
        name,
        forget=("window", "sheet", "cell"),
    )


def _kind_of_address(known: frozenset[str]) -> str:
    """The kind of the period that the address names, else the kind that was picked, else twelve months or all."""
    kind = st.query_params.get("window", "").partition(":")[0] or st.query_params.get("kind", "")
    if kind in KINDS:
        return kind
    return KINDS[0] if KINDS[0] in known else KINDS[-1]


def _view(views: tuple[str, ...]) -> str:
    """The view that the address names, else the trend of the indicator that it names, else the screen's first."""
    view = st.query_params.get("view", "")
    if view in views:
        return view
    return VIEWS[0] if "indicator" in st.query_params else views[0]


def _choose_view(view: str, views: tuple[str, ...]) -> str:
    return choose_tab(
        "view",
        t("indicator.view"),
        views,
        view,
        lambda name: t(f"indicator.view.{name}"),
        forget=("sheet", "cell"),
    )


def _chosen(tiles: list[queries.Tile]) -> queries.Tile:
    """The indicator that the address names, else the first that needs attention, else the first with a value."""
    name, window = st.query_params.get("indicator", ""), st.query_params.get("window", "")
    tile = next((tile for tile in tiles if tile.card.name == name), None)
    if tile is None:
        return max(tiles, key=lambda tile: (tile.point.attention, tile.point.value is not None))
    if window in ("", tile.point.window):
        return tile
    try:
        return query(queries.tile, name, window)
    except ReadError:
        return tile  # the data have no such period any more


def _choose_period(chosen: queries.Tile) -> queries.Tile:
    """A selection of another period of the same kind; picked anew, the address changes."""
    points = query(queries.trend, chosen.card.name, chosen.point.kind)
    windows = [point.window for point in reversed(points)]
    if len(windows) < 2:
        st.caption(period_name(chosen.point.window))
        return chosen
    now = chosen.point.window
    picked = st.selectbox(
        t("indicator.period"),
        windows,
        index=windows.index(now),
        format_func=period_name,
        key=f"window_{chosen.card.name}_{now}_{language()}",
        label_visibility="collapsed",
        width=230,
    )
    if picked != now:
        st.query_params["indicator"] = chosen.card.name
        st.query_params["window"] = picked
        st.query_params.pop("sheet", None)
        st.rerun()
    return chosen
