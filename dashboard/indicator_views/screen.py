"""A screen of indicators: the grid, and below it the indicator that the address names."""

from __future__ import annotations

import streamlit as st

from dashboard.indicator_views.detail_view import draw_detail
from dashboard.indicator_views.figures import period_name
from dashboard.indicator_views.grid_view import draw_grid
from dashboard.indicator_views.list_view import draw_list
from dashboard.markup import empty_state, heading
from dashboard.query_cache import query
from dashboard.url_tabs import choose_tab
from dashboard.wording import label, language, t
from detection.language.sentences import in_language
from detection.store.queries.indicators import values as queries
from detection.store.queries.reader import ReadError

KINDS = ("rolling12", "month", "before", "after", "whole")


def draw_screen(screen: str) -> None:
    """Draw one of the six screens."""
    heading(t(f"nav.{screen}"), t(f"question.{screen}"))
    kind = _choose_kind()
    try:
        tiles = query(queries.grid, screen, kind)
        chosen = _chosen(tiles)
    except ReadError as error:
        empty_state(
            t("indicator.none"), in_language(error.what, language()), in_language(error.next_step, language())
        )
        return
    if not tiles:
        empty_state(t("indicator.none"), t("indicator.none.text"))
        return
    st.caption(t("indicator.grid.note"))
    draw_grid(tiles, chosen)
    if chosen is None:
        st.caption(t("indicator.choose"))
        return
    chosen = _choose_period(chosen)
    draw_detail(chosen)
    draw_list(chosen)


def _choose_kind() -> str:
    """The kind of period that the grid shows."""
    return choose_tab(
        "kind",
        t("indicator.kind"),
        KINDS,
        _kind_of_address(),
        lambda kind: label("period_kind", kind),
        forget=("window", "sheet", "cell"),
    )


def _kind_of_address() -> str:
    """The kind of the period that the address names, else the kind that was picked."""
    kind = st.query_params.get("window", "").partition(":")[0] or st.query_params.get("kind", "")
    return kind if kind in KINDS else KINDS[0]


def _chosen(tiles: list[queries.Tile]) -> queries.Tile | None:
    """The indicator that the address names, if this screen has it."""
    name, window = st.query_params.get("indicator", ""), st.query_params.get("window", "")
    tile = next((tile for tile in tiles if tile.card.name == name), None)
    if tile is None or window in ("", tile.point.window):
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
        return chosen
    now = chosen.point.window
    picked = st.selectbox(
        t("indicator.period"),
        windows,
        index=windows.index(now),
        format_func=period_name,
        key=f"window_{chosen.card.name}_{now}_{language()}",
        width=320,
    )
    if picked != now:
        st.query_params["window"] = picked
        st.query_params.pop("sheet", None)
        st.rerun()
    return chosen
