"""What can be taken away from an alert: its evidence as a list, all of it as PDF, and a letter to the institution."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.alert_views.letter_form import offer_letter
from dashboard.downloads import TYPES, file_name, list_buttons
from dashboard.session import Place, Right, actor, may, now, workspace
from dashboard.wording import language, t
from detection.accounts.rights import Actor
from detection.followup.exports import AlertEvidence
from detection.followup.papers import alert_pdf
from detection.store.queries.alert import AlertPage


def take_away(alert: AlertPage) -> None:
    """A menu of the files of an alert, for those who may take any."""
    if not may(Right.export_files):
        return
    alert_id = alert.row.alert_id
    with st.popover(t("export.take_away"), icon=":material/download:", width="stretch"):
        list_buttons(AlertEvidence(alert_id), alert.row.evidence_rows, key="evidence")
        st.download_button(
            t("export.as.pdf"),
            partial(_pdf, workspace(), actor(), alert_id, language()),
            file_name=file_name(t("export.alert"), "pdf", alert_id),
            mime=TYPES["pdf"],
            key=f"pdf_{language()}",
            on_click="ignore",
            width="stretch",
        )
        if alert.provider:
            offer_letter(alert_id)
        st.caption(t("export.recorded"))


def _pdf(where: Place, by: Actor, alert_id: str, words: str) -> bytes:
    """The file; called in a thread that knows nothing of the session."""
    return alert_pdf(where, alert_id, language=words, actor=by, at=now())
