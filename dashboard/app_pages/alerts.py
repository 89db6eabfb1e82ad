"""Alerts: which of these next? Rows are filtered, sorted and paged in the store."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st
from markupsafe import Markup

from dashboard.alert_views.actions import offer_actions
from dashboard.alert_views.alert_table import draw_alerts
from dashboard.alert_views.filters import draw_filters, draw_lists, filters_from_url
from dashboard.markup import amount, bold, empty_state, heading, lines, message_markup, ribbon
from dashboard.query_cache import query
from dashboard.url_tabs import choose_tab
from dashboard.wording import figures, label, language, t
from detection.store.queries import alerts as queries

PAGE_ROWS = 25


def main() -> None:
    """Draw the page."""
    heading(t("nav.alerts"), t("alerts.question"))
    filters = filters_from_url()
    draw_filters(filters)
    counts = query(queries.counts_by_list, filters)
    lists, sorts, pages = st.columns([1.75, 0.9, 0.75], vertical_alignment="center")
    with lists:
        draw_lists(filters, counts)
    with sorts:
        sort = choose_tab(
            "sort",
            t("alerts.sort"),
            queries.SORTS,
            st.query_params.get("sort", "risk"),
            lambda name: label("sort", name),
        )
    with pages:
        page = _page(counts[filters.list], sort)
    st.session_state["last_list"] = {name: value for name, value in st.query_params.items() if name != "lang"}
    above = st.container()  # above the totals: the table's own tools float over what is next to it
    _totals(query(queries.totals_apart, filters))
    if not counts[filters.list]:
        empty_state(t("alerts.none"), t("alerts.none.text"))
        return
    rows = query(queries.rows, filters, sort=sort, page=page, size=PAGE_ROWS)
    selected = draw_alerts(rows, key=f"{asdict(filters)}|{sort}|{page}|{language()}")
    with above:
        offer_actions(selected, key="list")
    st.caption(t("alerts.picked", n=len(selected)))


def _page(total: int, sort: str) -> int:
    """The page that is shown; the key changes with what is paged, so that another list starts at its first page."""
    pages = -(-total // PAGE_ROWS)
    if pages <= 1:
        return 1
    with st.container(horizontal=True, horizontal_alignment="right"):
        return st.pagination(pages, key=f"page_{total}_{sort}", max_visible_pages=5)


def _totals(parts: dict[str, queries.Totals]) -> None:
    """Count and money of the list; of the list of everything, the money of each of its parts."""
    if len(parts) == 1:
        [totals] = parts.values()
        ribbon(message_markup("alerts.totals", **_figures(totals)))
        return
    everything = sum(totals.alerts for totals in parts.values())
    texts = [message_markup("alerts.totals.apart", n=bold(figures().count(everything)))]
    texts += [
        message_markup("alerts.totals.part", list=label("list", name), **_figures(totals))
        for name, totals in parts.items()
    ]
    ribbon(lines(texts))


def _figures(totals: queries.Totals) -> dict[str, Markup]:
    return {
        "n": bold(figures().count(totals.alerts)),
        "pool": _short_and_exact(totals.pool),
        "account": _short_and_exact(totals.account),
    }


def _short_and_exact(fen: int) -> Markup:
    """Money in short, and to the fen where that differs."""
    exact = figures().money(fen)
    return bold(amount(fen)) + ("" if figures().short_money(fen) == exact else f" ({exact})")


main()
