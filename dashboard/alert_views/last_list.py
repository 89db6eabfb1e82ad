"""The list that an alert was opened from: the way back to it, and the alerts before and after."""

from __future__ import annotations

import streamlit as st

from dashboard.alert_views.filters import filters_from_url
from dashboard.markup import element, join, render
from dashboard.navigation import link
from dashboard.query_cache import query
from dashboard.wording import t
from detection.store.queries import alerts as queries

_LAST = "last_list"


def remember_list() -> None:
    """Keep the address of the list that is shown."""
    st.session_state[_LAST] = {name: value for name, value in st.query_params.items() if name != "lang"}


def draw_way_back(alert_id: str = "") -> None:
    """A link back to the list, and links to the alert before and after in it.

    Args:
        alert_id: of the alert that is shown; empty where there is none.
    """
    address: dict[str, str] = st.session_state.get(_LAST, {})
    links = [link("← " + t("alert.to_list"), "alerts", **address)]
    if alert_id:
        sort = address.get("sort", "")
        near = query(
            queries.neighbors,
            alert_id,
            filters_from_url(address),
            sort=sort if sort in queries.SORTS else queries.SORTS[0],
        )
        links += [
            link(t(f"alert.{side}"), "alert", t(f"alert.{side}.key"), f"fw-chip fw-{side}", id=other)
            for side, other in (("before", near.before), ("after", near.after))
            if other
        ]
    render(element("div", join(links, " "), "fw-way"))
