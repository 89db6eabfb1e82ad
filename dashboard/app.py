"""Entry script of the screens: chooses workspace, language and page.

``python -m dashboard.server`` serves it behind the gate, and is what ``fundwatch dashboard`` starts. The script itself
asks the store at every run whose session it runs for: without the gate, it shows nothing but a demo, on this machine.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from dashboard.builtin_words import builtin_words
from dashboard.gate.account import WATCH, account_marks, draw_account, signed_out
from dashboard.identities import draw_revealed
from dashboard.markup import bold, empty_state, heading, join, keep_manual_link, ribbon
from dashboard.navigation import SEARCH, WITHOUT_DATA, allowed_pages, manual_link, navigation
from dashboard.query_cache import current_version
from dashboard.search_box import draw_search_box
from dashboard.session import place, sign_in_of
from dashboard.theme import ICON, LINKS, STYLE, TYPING
from dashboard.wording import LANGUAGES, choose_language, language, t
from detection.store.queries.reader import ReadError


def main() -> None:
    """Draw one page."""
    choose_language()
    st.set_page_config(
        page_title=t("app.title"), page_icon=str(ICON), layout="wide", initial_sidebar_state=_MENU_PIXELS
    )
    st.html(STYLE)
    st.html(LINKS + TYPING, unsafe_allow_javascript=True)
    st.html(WATCH, unsafe_allow_javascript=True)
    st.html(builtin_words(language()), unsafe_allow_javascript=True)
    workspace = _workspace()
    try:
        who = sign_in_of(place(workspace))
    except ReadError as error:
        st.error(str(error))
        return
    if who is None:
        signed_out()
        return
    chosen = navigation(who.actor)
    keep_manual_link(manual_link(chosen, who.actor.role))
    _language_switch()
    draw_account()
    st.session_state["workspace"] = str(workspace)
    try:
        state = current_version(place(workspace))
    except ReadError as error:
        st.error(str(error))
        return
    if state is None and chosen.url_path in WITHOUT_DATA:
        chosen.run()
        return
    if state is None:
        heading(chosen.title, "")
        empty_state(
            t("empty.title"),
            t("empty.text"),
            f"fundwatch run --data DIR --workspace {workspace} --area 320600",
        )
        return
    version, marks, districts = state
    st.session_state["version"] = (version.run_id, version.last_event, version.key)
    st.session_state["districts"] = districts
    _draw_marks(marks)
    draw_revealed()
    if SEARCH in allowed_pages(who.actor):
        draw_search_box()
    chosen.run()


def _draw_marks(marks: Sequence[str]) -> None:
    """One thin line that says what the numbers are not, and that there is no sign-in or a view of some districts."""
    about_data = [join([bold(t(f"ribbon.{mark}")), " ", t(f"ribbon.{mark}.text")]) for mark in marks]
    if marked := [*about_data, *account_marks()]:
        ribbon(join(marked, " "), "fw-simulated")


_MENU_PIXELS = 200  # the minimum of Streamlit


def _workspace() -> Path:
    """The workspace that the server was started for."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--workspace", type=Path, default=Path())
    given: Path = parser.parse_known_args(sys.argv[1:])[0].workspace
    return given.resolve()


def _language_switch() -> None:
    """A control for the language, which is kept in the URL."""
    with st.sidebar:
        chosen = st.segmented_control(
            t("language.label"),
            list(LANGUAGES),
            default=language(),
            format_func=LANGUAGES.__getitem__,
            key=f"language_{language()}",
            label_visibility="collapsed",
        )
    if chosen and chosen != language():
        st.session_state["language"] = chosen
        st.query_params["lang"] = chosen
        st.rerun()


main()
