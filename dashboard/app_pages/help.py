"""Help: how is it done? The manual of a role, task by task."""

from __future__ import annotations

import streamlit as st

from dashboard.manual.of_pages import OF_ROLE
from dashboard.manual.reading import ROLES, Task, manual
from dashboard.markup import heading, paragraph
from dashboard.session import actor
from dashboard.url_tabs import choose_tab
from dashboard.wording import language, t


def main() -> None:
    """Draw the page."""
    heading(t("nav.help"), t("help.question"))
    own = OF_ROLE.get(actor().role, ROLES[0])
    order = (own, *(role for role in ROLES if role != own))
    role = choose_tab(
        "part",
        t("help.part"),
        order,
        st.query_params.get("part", ""),
        lambda name: t(f"help.part.{name}"),
        forget=("task",),
    )
    shown = manual(role, language())
    paragraph(shown.introduction)
    requested = st.query_params.get("task", "")
    for task in shown.tasks:
        with st.expander(task.title, expanded=task.name == requested):
            _task(task)


def _task(task: Task) -> None:
    for piece in task.pieces:
        if piece.commands:
            st.code(piece.commands, language="bash")
        elif piece.picture is None:
            st.markdown(piece.text)
        elif piece.picture.is_file():
            st.image(str(piece.picture), caption=piece.text, width="stretch")


main()
