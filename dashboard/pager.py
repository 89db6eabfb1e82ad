"""Pages of a long list; the page is in the URL, so that a reload, the browser's Back and a link keep it."""

from __future__ import annotations

import streamlit as st

from dashboard.query_cache import store_key
from dashboard.wording import figures, t

PAGE_ROWS = 25
_MOST_DIGITS = 9
_BUTTONS, _FEW_BUTTONS = 9, 5
_BUTTON_PIXELS = 46
"""Of a button with its gap. A pager that takes the width of its content shows too few buttons."""


def page_from_url(total: int, *, parameter: str = "page", size: int = PAGE_ROWS) -> int:
    """The page that the URL names, 1 is the first; the last where there are fewer.

    Args:
        total: rows of the whole list.
        parameter: of the URL; each list of a screen has its own.
        size: rows of a page.
    """
    named = st.query_params.get(parameter, "1")
    number = named.isascii() and named.isdigit() and len(named) <= _MOST_DIGITS
    requested = int(named) if number else 1
    return min(max(requested, 1), pages_of(total, size))


def pages_of(total: int, size: int = PAGE_ROWS) -> int:
    """Number of pages of a list; an empty list has one."""
    return max(1, -(-total // size))


def draw_pager(
    total: int,
    page: int,
    *,
    key: str,
    parameter: str = "page",
    size: int = PAGE_ROWS,
    narrow: bool = False,
) -> None:
    """Which rows are shown, and a button for each page; another page is written to the URL.

    Args:
        total: rows of the whole list.
        page: that is shown.
        key: distinguishes lists.
        parameter: of the URL; each list of a screen has its own.
        size: rows of a page.
        narrow: whether the list fills a part of the window only.
    """
    if narrow and pages_of(total, size) == 1:
        return
    first, last = (page - 1) * size + 1, min(page * size, total)
    shown, buttons = st.columns([1, 1.6 if narrow else 2.2], vertical_alignment="center")
    shown.caption(t("pager.rows", first=first, last=last, total=figures().count(total)))
    if pages_of(total, size) == 1:
        return
    with buttons, st.container(horizontal=True, horizontal_alignment="right"):
        most = _FEW_BUTTONS if narrow else _BUTTONS
        chosen = st.pagination(
            pages_of(total, size),
            default=page,
            key=f"page_{key}_{total}_{page}_{store_key()}",
            max_visible_pages=most,
            width=_BUTTON_PIXELS * (min(pages_of(total, size), most) + 2),
        )
    if chosen != page:
        st.query_params[parameter] = str(chosen)
        st.rerun()
