"""The feedback sheet of a sender, and matching all leads anew."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.casework_views.acting import acting
from dashboard.casework_views.kept import empty, form_key, kept
from dashboard.downloads import TYPES
from dashboard.session import Place, Right, may, now, workspace
from dashboard.wording import figures, language, t
from detection.cases.moves import Actor
from detection.followup.outside.feedback import FEEDBACK_FORMATS, feedback
from detection.followup.outside.matching import match_again
from detection.language.sentences import error_text
from detection.leads.senders import sender_text
from detection.store.queries.reader import ReadError

_FORM = "match_again"


def offer_feedback(senders: Sequence[str], chosen: str) -> None:
    """A menu with the sheet of one sender.

    Args:
        senders: who sent leads.
        chosen: the sender whose leads are shown; empty where those of all are.
    """
    if not may(Right.export_files) or not senders:
        return
    with st.popover(t("leads.feedback"), icon=":material/outgoing_mail:", width="stretch"):
        st.caption(t("leads.feedback.note"))
        sender = st.selectbox(
            t("leads.sender"),
            senders,
            index=senders.index(chosen) if chosen in senders else 0,
            format_func=lambda each: sender_text(each, language()),
            key=f"feedback_{chosen}_{language()}",
        )
        for file_format in FEEDBACK_FORMATS:
            st.download_button(
                t(f"leads.feedback.{file_format}"),
                partial(_content, workspace(), sender, language(), acting(), file_format),
                file_name=f"{t('leads.feedback.file', sender=sender_text(sender, language()))}.{file_format}",
                mime=TYPES[file_format],
                key=f"feedback_{sender}_{file_format}_{language()}",
                on_click="ignore",
                width="stretch",
            )


def offer_match_again() -> None:
    """A form that matches all leads with the alerts of the current run."""
    if not may(Right.import_leads):
        return
    key = form_key(_FORM)
    with st.popover(t("leads.match_again"), icon=":material/sync:", width="stretch"):
        st.caption(t("leads.match_again.note"))
        reason = st.text_input(t("case.reason"), **kept(_FORM, "reason"))
        if st.button(t("leads.match_again.submit"), key=f"submit_{key}", type="primary"):
            try:
                changed = match_again(workspace(), actor=acting(), at=now(), reason=reason)
            except ReadError as error:
                st.error(error_text(error, language()))
                return
            empty(_FORM)
            st.toast(t("leads.match_again.done", n=figures().count(changed)))


def _content(where: Place, sender: str, words: str, by: Actor, file_format: str) -> bytes:
    """The sheet; called in a thread that knows nothing of the session."""
    return feedback(where, sender, language=words, actor=by, at=now(), file_format=file_format)
