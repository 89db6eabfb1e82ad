"""Pages of a long list; the page is in the URL, so that a reload, the browser's Back and a link keep it."""

from __future__ import annotations

import streamlit as st

from dashboard.query_cache import store_key
from dashboard.wording import figures, t

PAGE_ROWS = 25
_BUTTONS = 9


def page_from_url(total: int) -> int:
    """The page that the URL names, 1 is the first; the last where there are fewer."""
    named = st.query_params.get("page", "1")
    requested = int(named) if named.isascii() and named.isdigit() else 1
    return min(max(requested, 1), pages_of(total))


def pages_of(total: int) -> int:
    """Number of pages of a list; an empty list has one."""
    return max(1, -(-total // PAGE_ROWS))


def draw_pager(total: int, page: int, *, key: str) -> None:
    """Which rows are shown, and a button for each page; another page is written to the URL.

    Args:
        total: rows of the whole list.
        page: that is shown.
        key: distinguishes lists.
    """
    first, last = (page - 1) * PAGE_ROWS + 1, min(page * PAGE_ROWS, total)
    shown, buttons = st.columns([1, 2.2], vertical_alignment="center")
    shown.caption(t("pager.rows", first=first, last=last, total=figures().count(total)))
    if pages_of(total) == 1:
        return
    with buttons, st.container(horizontal=True, horizontal_alignment="right"):
        chosen = st.pagination(
            pages_of(total),
            default=page,
            key=f"page_{key}_{total}_{page}_{store_key()}",
            max_visible_pages=_BUTTONS,
        )
    if chosen != page:
        st.query_params["page"] = str(chosen)
        st.rerun()
