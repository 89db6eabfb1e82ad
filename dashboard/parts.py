"""A choice that the address keeps: which part of a page is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from dashboard.wording import language


def choose_part(
    parameter: str,
    title: str,
    parts: Sequence[str],
    asked: str,
    named: Callable[[str], str],
    *,
    forget: Iterable[str] = (),
) -> str:
    """The part that the reader wants; another choice goes into the address, and the page is drawn anew.

    Args:
        parameter: of the address.
        title: of the choice, for those who cannot see it.
        parts: what there is to choose from, the first by default.
        asked: what the address asks for; anything unknown is the first part.
        named: how a part is called.
        forget: parameters that belong to the part shown before.
    """
    now = asked if asked in parts else parts[0]
    picked = st.segmented_control(
        title,
        parts,
        default=now,
        format_func=named,
        key=f"{parameter}_{now}_{language()}",
        label_visibility="collapsed",
    )
    if picked and picked != now:
        st.query_params[parameter] = picked
        for name in forget:
            st.query_params.pop(name, None)
        st.rerun()
    return now
