"""Alerts: which of these next? Rows are filtered, sorted and paged in the store."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from dashboard.alert_views.actions import offer_actions
from dashboard.alert_views.alert_table import draw_alerts
from dashboard.alert_views.filters import draw_filters, draw_lists, filters_from_url
from dashboard.alert_views.last_list import remember_list
from dashboard.alert_views.list_name import list_name
from dashboard.alert_views.money import money_lines
from dashboard.downloads import offer_list
from dashboard.glossary import explained
from dashboard.markup import bold, empty_state, heading, join, lines, message_markup, ribbon, styled
from dashboard.pager import PAGE_ROWS, draw_pager, page_from_url
from dashboard.query_cache import query, store_key
from dashboard.wording import figures, label, language, t
from detection.followup.exports import AlertList
from detection.store.queries import alerts as queries


def main() -> None:
    """Draw the page."""
    heading(list_name() or t("nav.alerts"), t("alerts.question"))
    filters = filters_from_url()
    draw_filters(filters)
    counts = query(queries.counts_by_list, filters)
    with st.container(key="lists"):
        lists, sorts, files = st.columns([3.2, 1, 0.75], vertical_alignment="center")
    with lists:
        draw_lists(filters, counts)
    with sorts:
        sort = _sort()
    with files:
        offer_list(AlertList(filters, sort), counts[filters.list], key="alerts")
    remember_list()
    _totals(query(queries.totals_apart, filters), filters, sort)
    total = counts[filters.list]
    selected: list[queries.Row] = []
    if total:
        page = page_from_url(total)
        rows = query(queries.rows, filters, sort=sort, page=page, size=PAGE_ROWS)
        selected = draw_alerts(rows, key=f"{asdict(filters)}|{sort}|{page}|{store_key()}")
        draw_pager(total, page, key=f"{filters.list}_{sort}")
    else:
        empty_state(t("alerts.none"), t("alerts.none.text"))
    with st.bottom:
        number = figures().count(len(selected))
        offer_actions(
            selected, key="list", about=t("alerts.picked", n=number), submit=t("act.submit", n=number)
        )


def _sort() -> str:
    """The order of the list, from the URL; another choice is written to it."""
    named = st.query_params.get("sort", "")
    current = named if named in queries.SORTS else queries.SORTS[0]
    chosen = st.selectbox(
        t("alerts.sort"),
        queries.SORTS,
        index=queries.SORTS.index(current),
        format_func=lambda name: label("sort", name),
        key=f"sort_{current}_{language()}",
        label_visibility="collapsed",
    )
    if chosen != current:
        st.query_params["sort"] = chosen
        st.query_params.pop("page", None)
        st.rerun()
    return current


def _totals(parts: dict[str, queries.Totals], filters: queries.Filters, sort: str) -> None:
    """Count of the list, and its money by kind; of the list of everything, that of each of its parts.

    The order by risk is explained beside them: a box of choices without a visible label has no hint of its own.
    """
    everything = sum(totals.alerts for totals in parts.values())
    head = message_markup("alerts.totals", n=bold(figures().count(everything)))
    rule = styled(t("alerts.totals.rule"), "muted")
    if sort == "risk":
        rule = join([rule, styled(explained(label("sort", "risk"), "order_by_risk"), "muted nowrap")], " · ")
    if len(parts) == 1:  # all in one line, so that more rows are in view
        (totals,) = parts.values()
        texts = [join([head, *money_lines(totals), rule], " · ")]
    else:
        texts = [join([head, rule], " · ")]
        for name, totals in parts.items():
            part = message_markup(
                "alerts.totals.part", list=label("list", name), n=bold(figures().count(totals.alerts))
            )
            texts.append(join([part, *money_lines(totals)], " · "))
    if filters.start or filters.end:
        texts.append(styled(t("alerts.totals.period"), "muted"))
    ribbon(lines(texts))


main()
