"""A screen of indicators: the grid, and below it the one that the address names."""

from __future__ import annotations

import streamlit as st

from dashboard.indicator_views.behind import draw_list
from dashboard.indicator_views.detail import draw_detail
from dashboard.indicator_views.figures import period_name
from dashboard.indicator_views.grid import draw_grid
from dashboard.markup import empty_state, heading
from dashboard.query_cache import query
from dashboard.url_tabs import choose_tab
from dashboard.wording import label, language, t
from detection.store.queries import indicators as queries
from detection.store.queries.reader import ReadError

KINDS = ("rolling12", "month", "before", "after", "whole")


def draw_screen(screen: str) -> None:
    """Draw one of the six screens."""
    heading(t(f"nav.{screen}"), t(f"question.{screen}"))
    kind = _kind()
    try:
        tiles = query(queries.grid, screen, kind)
        chosen = _chosen(screen)
    except ReadError as error:
        empty_state(t("indicator.none"), error.what, error.next_step)
        return
    if not tiles:
        empty_state(t("indicator.none"), t("indicator.none.text"))
        return
    st.caption(t("indicator.grid.note"))
    draw_grid(screen, tiles, chosen.card.name if chosen else "")
    if chosen is None:
        st.caption(t("indicator.choose"))
        return
    chosen = _period(chosen)
    draw_detail(screen, chosen)
    draw_list(screen, chosen)


def _kind() -> str:
    """The kind of period that the grid shows."""
    return choose_tab(
        "kind",
        t("indicator.kind"),
        KINDS,
        _asked_kind(),
        lambda one: label("period_kind", one),
        forget=("window", "sheet", "cell"),
    )


def _chosen(screen: str) -> queries.Tile | None:
    """The indicator that the address names, if it stands on this screen."""
    name, window = st.query_params.get("indicator", ""), st.query_params.get("window", "")
    here = {one.card.name: one for one in query(queries.grid, screen, _asked_kind())}
    if name not in here:
        return None
    if window and window != here[name].point.window:
        try:
            return query(queries.tile, name, window)
        except ReadError:
            return here[name]  # the data have no such period any more
    return here[name]


def _asked_kind() -> str:
    """Of the period that the address names, else the one that was picked."""
    asked = st.query_params.get("window", "").partition(":")[0] or st.query_params.get("kind", "")
    return asked if asked in KINDS else KINDS[0]


def _period(chosen: queries.Tile) -> queries.Tile:
    """Another period of the same kind."""
    points = query(queries.trend, chosen.card.name, chosen.point.kind)
    windows = [one.window for one in points][::-1]
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
