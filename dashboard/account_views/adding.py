"""A form that adds a user: with a first password, or with who they are at the identity provider."""

from __future__ import annotations

import streamlit as st

from dashboard.account_views.acting import do
from dashboard.account_views.words import ALL, districts_of, role_names
from dashboard.casework_views.kept import form_key
from dashboard.session import now
from dashboard.wording import t
from detection.accounts.identity import identity_typed
from detection.accounts.users import Users

_FORM = "user_add"


def offer_user() -> None:
    """The form."""
    key, roles = form_key(_FORM), role_names()
    with st.form(key, border=False):
        name = st.text_input(t("users.column.name"), key=f"n_{key}", max_chars=64)
        shown = st.text_input(t("users.column.display_name"), key=f"s_{key}")
        role = st.selectbox(
            t("users.column.role"),
            list(roles),
            index=None,
            placeholder=t("users.role.choose"),
            format_func=roles.__getitem__,
            key=f"r_{key}",
        )
        districts = st.text_input(
            t("users.column.districts"), ALL, help=t("users.districts.help", all=ALL), key=f"d_{key}"
        )
        password = st.text_input(
            t("users.first_password"), type="password", help=t("users.first_password.help"), key=f"p_{key}"
        )
        issuer = st.text_input(t("users.issuer"), help=t("users.issuer.help"), key=f"i_{key}")
        subject = st.text_input(t("users.subject"), key=f"j_{key}")
        if not st.form_submit_button(t("users.add.submit"), type="primary"):
            return
    if role is None:
        st.error(t("users.role.choose"))
        return

    def add(users: Users) -> None:
        users.add(
            name,
            role=role,
            password=password or None,
            at=now(),
            display_name=shown,
            districts=districts_of(districts),
            identity=identity_typed(issuer, subject),
        )

    do(add, _FORM, t("users.added", name=name))
