"""A form in which everybody changes their own password."""

from __future__ import annotations

import streamlit as st

from dashboard.account_views.acting import draw_done, say_done
from dashboard.casework_views.kept import empty, form_key
from dashboard.session import accounts, actor, now, token
from dashboard.wording import language, t
from detection.followup.own_password import change_own_password, has_password
from detection.language.sentences import error_text
from detection.store.queries.reader import ReadError

_FORM = "own_password"


def offer_password() -> None:
    """The form; who signs in at the identity provider alone is told so."""
    draw_done()
    if not has_password(accounts(), actor()):
        st.caption(t("my_account.elsewhere"))
        return
    key = form_key(_FORM)
    with st.columns([1, 1])[0], st.form(key, border=False):
        old = st.text_input(t("my_account.old"), type="password", key=f"o_{key}")
        new = st.text_input(
            t("users.new_password"), type="password", help=t("users.first_password.help"), key=f"n_{key}"
        )
        again = st.text_input(t("my_account.again"), type="password", key=f"a_{key}")
        if not st.form_submit_button(t("my_account.submit"), type="primary"):
            return
    if new != again:
        st.error(t("my_account.differ"))
        return
    try:
        change_own_password(accounts(), token(), old=old, new=new, at=now())
    except ReadError as error:
        st.error(error_text(error, language()))
        return
    empty(_FORM)
    say_done(t("my_account.changed"))
