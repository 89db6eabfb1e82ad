"""Import a file of outside leads: upload, look at what would be imported, and confirm."""

from __future__ import annotations

import streamlit as st

from dashboard.casework_views.acting import acting
from dashboard.casework_views.kept import empty, form_key
from dashboard.casework_views.words import word
from dashboard.downloads import TYPES
from dashboard.markup import lines, styled, table
from dashboard.session import Right, may, now, workspace
from dashboard.wording import figures, language, t
from detection.followup.outside.importing import Preview, PreviewLine, import_leads, preview
from detection.language.sentences import error_text
from detection.leads.match import MATCHES
from detection.leads.template import template
from detection.store.queries.reader import ReadError

_FORM = "lead_file"
_SHOWN = 50
"""Rows of a preview; a longer file is counted as a whole."""
_DONE = "leads_imported"


def offer_import() -> None:
    """A part of the page that opens; nothing is written before the confirmation."""
    if not may(Right.import_leads):
        return
    if done := st.session_state.pop(_DONE, ""):
        st.success(done)
    key = form_key(_FORM)
    with st.expander(t("leads.import"), icon=":material/upload_file:"):
        st.caption(t("leads.import.note"))
        st.download_button(
            t("leads.template"),
            template("xlsx", language()),
            file_name=f"{t('leads.template.file')}.xlsx",
            mime=TYPES["xlsx"],
            key=f"template_{language()}",
            on_click="ignore",
        )
        sender = st.text_input(
            t("leads.import.sender"), key=f"sender_{key}", help=t("leads.import.sender.note")
        )
        file = st.file_uploader(t("leads.import.file"), ["csv", "xlsx", "xls"], key=f"file_{key}")
        if file is not None:
            _look(file.getvalue(), file.name, sender.strip(), key)


def _look(content: bytes, name: str, sender: str, key: str) -> None:
    where, actor = workspace(), acting()
    try:
        shown = preview(where, content, name, sender=sender, actor=actor, at=now())
    except ReadError as error:
        st.error(error_text(error, language()))
        return
    _draw(shown)
    if not shown.lines:
        return
    count = figures().count(len(shown.lines))
    if st.button(t("leads.import.confirm", n=count), type="primary", key=f"confirm_{key}"):
        try:
            done = import_leads(
                where, content, name, sender=sender, actor=actor, at=now(), seen=shown.file_hash
            )
        except ReadError as error:
            st.error(error_text(error, language()))
            return
        st.session_state[_DONE] = t("leads.import.done", n=figures().count(len(done.numbers)))
        empty(_FORM)
        st.rerun()


def _draw(shown: Preview) -> None:
    """What would be imported, in numbers and by row."""
    counts = {code: sum(line.match == code for line in shown.lines) for code in MATCHES}
    parts = [
        t("leads.count", what=word("lead_match", code), n=figures().count(n))
        for code, n in counts.items()
        if n
    ]
    st.caption(t("separator").join(parts) or t("leads.import.none"))
    if shown.known:
        rows = t("separator").join(map(str, shown.known))
        st.warning(t("leads.import.known", n=figures().count(len(shown.known)), rows=rows))
    if not shown.lines:
        return
    columns = ("row", "sender", "kind", "subject", "match", "due")
    table([t(f"leads.{name}") for name in columns], [_cells(line) for line in shown.lines[:_SHOWN]])
    if len(shown.lines) > _SHOWN:
        st.caption(t("leads.import.more", n=figures().count(len(shown.lines) - _SHOWN)))


def _cells(line: PreviewLine) -> list[str]:
    return [
        str(line.row),
        lines([line.sender, styled(line.sender_number, "muted")]),
        word("lead_kind", line.kind),
        line.subject or "–",
        lines([word("lead_match", line.match), *(styled(name, "muted") for name in line.proposed)]),
        figures().day(line.due.isoformat()),
    ]
