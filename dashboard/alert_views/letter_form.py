"""A dialog that asks what a letter needs besides the alert, and gives the letter out."""

from __future__ import annotations

import streamlit as st

from dashboard.downloads import TYPES, file_name
from dashboard.session import Right, actor, may, now, workspace
from dashboard.wording import language, t
from detection.followup.limits import limits
from detection.followup.papers import LetterRequest, letter
from detection.followup.requests import WaitsForSecondError
from detection.language.sentences import error_text
from detection.papers.settings import reply_days
from detection.store.queries.reader import ReadError

_SENDER = "letter_sender"
_MOST_DAYS = 365


def offer_letter(alert_id: str) -> None:
    """A button that opens the dialog."""
    if st.button(t("letter.button"), key=f"letter_{language()}", icon=":material/mail:", width="stretch"):
        _ask(alert_id)


@st.dialog(" ", width="medium")
def _ask(alert_id: str) -> None:
    """What the sender adds; issuer and contact are kept for the next letter of this session."""
    st.markdown(f"**{t('letter.title')}**")
    st.caption(t("letter.note"))
    sender: dict[str, str] = st.session_state.setdefault(_SENDER, {})
    with st.form(f"letter_form_{language()}", border=False):
        left, right = st.columns(2)
        issuer = left.text_input(t("letter.issuer"), sender.get("issuer", ""))
        number = right.text_input(t("letter.number"))
        contact = left.text_input(t("letter.contact"), sender.get("contact", ""))
        days = right.number_input(t("letter.days"), min_value=1, max_value=_MOST_DAYS, value=reply_days())
        reveal = st.checkbox(t("letter.reveal"), disabled=not may(Right.reveal_ids))
        reason = st.text_input(
            t("letter.reason"), placeholder=t("reveal.reason.hint", n=limits().shortest_reason)
        )
        if not st.form_submit_button(t("letter.submit"), type="primary"):
            return
    sender.update(issuer=issuer, contact=contact)
    at = now()
    request = LetterRequest(at[:10], issuer=issuer, number=number, contact=contact, days=int(days))
    try:
        content = letter(
            workspace(),
            [alert_id],
            request,
            language=language(),
            actor=actor(),
            at=at,
            reveal=reveal,
            reason=reason,
        )
    except WaitsForSecondError as waits:
        st.info(error_text(waits, language()))
        return
    except ReadError as error:
        st.error(error_text(error, language()))
        return
    st.download_button(
        t("letter.download"),
        content,
        file_name=file_name(t("letter.title"), "docx", alert_id),
        mime=TYPES["docx"],
        on_click="ignore",
        type="primary",
    )
