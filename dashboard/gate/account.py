"""Who is signed in, the way out, and what every page says about it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from markupsafe import Markup

from dashboard.markup import bold, element, join, ribbon
from dashboard.session import signed_in
from dashboard.wording import label, t
from detection.accounts.rights import Role

WATCH = f"<script>{Path(__file__).with_name('session_watch.js').read_text(encoding='utf-8')}</script>"
"""Leads a browser whose session has ended to the page to sign in, so that nothing stays on its screen."""
_FORM = Markup(
    '<form method="post" action="/logout" class="fw-account"><input type="hidden" name="form" value="{form}">'
    '<span>{who}</span><button type="submit">{leave}</button></form>'
)


def draw_account() -> None:
    """Name, role and the button to sign out, in the side bar; nothing where nobody had to sign in."""
    who = signed_in()
    if who.actor.role is Role.demo:
        return
    shown = t("signin.who", name=who.display_name, role=label("role", who.actor.role.value))
    with st.sidebar:
        st.html(_FORM.format(form=who.form_token, who=shown, leave=t("signin.leave")))


def account_marks() -> list[Markup]:
    """That there is no sign-in, or that this account sees some districts alone."""
    who, marks = signed_in().actor, []
    if who.role is Role.demo:
        marks.append(join([bold(t("signin.demo")), " ", t("signin.demo.text")]))
    if who.districts is not None:
        names = t("separator").join(label("district", code) for code in who.districts)
        marks.append(join([bold(t("signin.districts", names=names)), " ", t("signin.districts.text")]))
    return marks


def signed_out() -> None:
    """What stands in place of a page without a session."""
    link = element("a", t("signin.again"), href="/login", target="_self")
    ribbon(join([bold(t("signin.none")), " ", link]), "fw-demo")
