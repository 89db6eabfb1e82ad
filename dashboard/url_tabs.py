"""Tabs whose selection is kept in the URL query string."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from dashboard.wording import language


def choose_tab(
    parameter: str,
    title: str,
    tabs: Sequence[str],
    requested: str,
    tab_label: Callable[[str], str],
    *,
    forget: Iterable[str] = (),
) -> str:
    """The selected tab; another selection is written to the URL, and the script runs again.

    Args:
        parameter: query parameter that keeps the selection.
        title: accessible name of the control.
        tabs: tabs to choose from; the first is the default.
        requested: tab that the URL names; an unknown name selects the first.
        tab_label: text of a tab.
        forget: query parameters that belong to the tab shown before.
    """
    current = requested if requested in tabs else tabs[0]
    picked = st.segmented_control(
        title,
        tabs,
        default=current,
        format_func=tab_label,
        key=f"{parameter}_{current}_{language()}",
        label_visibility="collapsed",
    )
    if picked and picked != current:
        st.query_params[parameter] = picked
        for name in forget:
            st.query_params.pop(name, None)
        st.rerun()
    return current
