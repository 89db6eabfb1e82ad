"""Files to take away: nothing is built before the click, and each click is recorded."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.session import Place, Right, actor, may, now, run_id, workspace
from dashboard.wording import figures, language, t
from detection.accounts.rights import Actor
from detection.followup.exports import LIST_FORMATS, ExportedList, export_list
from detection.followup.limits import limits

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}
"""What a browser is told about a file, by its format."""


def offer_list(listed: ExportedList, rows: int, *, key: str) -> None:
    """A menu with the formats of a list; a list that is too long says so instead.

    Args:
        listed: which list, with the filters of the screen.
        rows: how many it has.
        key: distinguishes the lists of a page.
    """
    if not may(Right.export_files):
        return
    with st.popover(t("export.button"), icon=":material/download:", width="stretch"):
        list_buttons(listed, rows, key=key)
        st.caption(t("export.note", rows=figures().count(rows)))


def list_buttons(listed: ExportedList, rows: int, *, key: str) -> None:
    """A button for each format of a list."""
    most = limits().most_rows
    if rows > most:
        st.caption(t("export.too_long", rows=figures().count(rows), most=figures().count(most)))
        return
    for file_format in LIST_FORMATS:
        st.download_button(
            t(f"export.as.{file_format}", list=t(f"export.list.{listed.what}")),
            partial(_content, workspace(), actor(), listed, file_format, language()),
            file_name=file_name(t(f"export.list.{listed.what}"), file_format),
            mime=TYPES[file_format],
            key=f"{key}_{file_format}_{language()}",
            on_click="ignore",
            width="stretch",
        )


def file_name(title: str, file_format: str, part: str = "") -> str:
    """What the browser calls the file: what it is, which part, and of which run."""
    return f"{'-'.join(filter(None, (title, part, run_id()[:12])))}.{file_format}"


def _content(where: Place, by: Actor, listed: ExportedList, file_format: str, words: str) -> bytes:
    """The file; called in a thread that knows nothing of the session."""
    return export_list(where, listed, file_format=file_format, language=words, actor=by, at=now())
