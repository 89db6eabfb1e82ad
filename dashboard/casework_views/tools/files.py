"""Files of a case: listed, kept, and taken away; each download is entered in the audit log."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.casework_views.acting import acting
from dashboard.casework_views.kept import act_and_empty, form_key, kept
from dashboard.markup import join, lines, section, styled, table
from dashboard.query_cache import query_now
from dashboard.session import Place, Right, may, now, workspace
from dashboard.wording import figures, language, t, time_text
from detection.cases.files import MEGABYTE, file_types
from detection.cases.life_cycle import life_cycle
from detection.cases.limits import limits
from detection.cases.moves import Actor, may_record
from detection.followup.casework.files import NewFile, add_file, read_file
from detection.store.queries.casework.cases import CasePage
from detection.store.queries.casework.tools.documents import Document, documents

_HASH_SHOWN = 12
_BYTES = "application/octet-stream"
"""What a browser is told, so that it opens none of them by itself."""


def draw_files(page: CasePage) -> None:
    """The files of a case, with a button for one, and a form to keep another."""
    case = page.case
    rows = query_now(documents, case.case_id)
    section(t("file.title"), t("file.title.note"))
    if rows:
        columns = (t("file.number"), t("file.name"), t("file.size"), t("file.added"), "SHA-256")
        table(columns, [_cells(row) for row in rows], numeric=(2,))
        if may(Right.read_case_files) and acting().districts is None:  # files are of the whole fund
            _take(case.case_id, [row for row in rows if not row.purged_at])
    else:
        st.caption(t("file.none"))
    if acting().districts is None and may_record(life_cycle(case.kind), page.standing, acting(), "add_file"):
        with st.expander(t("file.add")):
            _add(page)


def _add(page: CasePage) -> None:
    form = f"file_{page.case.case_id}"
    st.caption(t("file.add.note", most=figures().count(limits().most_file_megabytes)))
    uploaded = st.file_uploader(
        t("file.choose"),
        type=list(file_types()),
        max_upload_size=limits().most_file_megabytes,
        key=f"upload_{form_key(form)}",
        label_visibility="collapsed",
    )
    about = st.text_input(t("file.about"), **kept(form, "about"))
    if not st.button(t("file.submit"), key=f"keep_{form_key(form)}") or uploaded is None:
        return
    case_id, seen = page.case.case_id, page.case.last_event
    file = NewFile(uploaded.name, uploaded.getvalue(), about)
    act_and_empty(lambda: add_file(workspace(), case_id, file, actor=acting(), at=now(), seen=seen), form)


def _take(case_id: str, rows: list[Document]) -> None:
    names = {row.document_id: f"{row.document_id} · {row.name}" for row in rows}
    if not names:
        return
    which, button = st.columns([3, 1], vertical_alignment="bottom")
    number = which.selectbox(
        t("file.which"), list(names), format_func=names.__getitem__, key=f"file_{case_id}_{language()}"
    )
    file = next(row for row in rows if row.document_id == number)
    button.download_button(
        t("file.take"),
        partial(_content, workspace(), number, acting()),
        file_name=file.name,
        mime=_BYTES,
        key=f"take_{case_id}_{number}_{language()}",
        on_click="ignore",
        width="stretch",
    )


def _content(where: Place, number: int, by: Actor) -> bytes:
    """The file; called in a thread that knows nothing of the session."""
    return read_file(where, number, actor=by, at=now())[1]


def _cells(row: Document) -> list[str]:
    name = styled(t("file.gone"), "muted") if row.purged_at else lines([row.name, *filter(None, [row.about])])
    return [
        figures().count(row.document_id),
        name,
        t("file.megabytes", size=figures().fixed(row.size / MEGABYTE, 2)),
        join([time_text(row.at), row.actor], " "),
        styled(row.sha256[:_HASH_SHOWN], "hash"),
    ]
