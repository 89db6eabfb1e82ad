"""A form that changes a user: role, districts, password, lock, sessions, identity at the provider."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from dashboard.account_views.acting import do
from dashboard.account_views.words import ALL, districts_of, role_names
from dashboard.casework_views.kept import form_key
from dashboard.session import actor, now
from dashboard.wording import t
from detection.accounts.identity import ProviderIdentity
from detection.accounts.rights import Role
from detection.accounts.users import Users
from detection.store.accounts.records import UserOverview, UserRecord

_FORM = "user_change"
_Act = Callable[[Users], object]


def offer_change(users: Sequence[UserOverview]) -> None:
    """Whom, what, and its fields; who is signed in is not among them: another administrator changes them."""
    others = {each.user.name: each.user for each in users if each.user.name != actor().name}
    if not others:
        st.caption(t("users.change.none"))
        return
    key = form_key(_FORM)
    name = st.selectbox(t("users.column.name"), list(others), key=f"u_{key}")
    user = others[name]
    acts = {each: t(f"users.act.{each}") for each in _possible(user)}
    what = st.selectbox(t("users.what"), list(acts), format_func=acts.__getitem__, key=f"w_{name}_{key}")
    with st.form(f"{name}_{what}_{key}", border=False):
        act = _FIELDS[what](user, f"{name}_{what}_{key}")
        if st.form_submit_button(t("users.change.submit"), type="primary"):
            do(act, _FORM, t("users.changed", name=name, act=acts[what]))


def _possible(user: UserRecord) -> list[str]:
    lock = "unlock" if user.disabled_at else "lock"
    unlink = ["unlink"] if user.issuer and user.password_hash else []
    return [
        "role",
        "districts",
        "password",
        lock,
        *([] if lock == "unlock" else ["wait"]),
        "sessions",
        "link",
        *unlink,
    ]


def _role(user: UserRecord, key: str) -> _Act:
    roles = role_names()
    role = st.selectbox(
        t("users.column.role"),
        list(roles),
        index=list(roles).index(Role(user.role)),
        format_func=roles.__getitem__,
        key=f"r_{key}",
    )
    return lambda users: users.set_role(user.name, role, now())


def _districts(user: UserRecord, key: str) -> _Act:
    typed = st.text_input(
        t("users.column.districts"),
        ALL if user.districts is None else ", ".join(user.districts),
        help=t("users.districts.help", all=ALL),
        key=f"d_{key}",
    )
    return lambda users: users.set_districts(user.name, districts_of(typed), now())


def _password(user: UserRecord, key: str) -> _Act:
    typed = st.text_input(
        t("users.new_password"), type="password", help=t("users.first_password.help"), key=f"p_{key}"
    )
    return lambda users: users.set_password(user.name, typed, now())


def _lock(user: UserRecord, _: str) -> _Act:
    st.caption(t("users.act.lock.note"))
    return lambda users: users.disable(user.name, now())


def _unlock(user: UserRecord, _: str) -> _Act:
    st.caption(t("users.act.unlock.note"))
    return lambda users: users.enable(user.name, now())


def _sessions(user: UserRecord, _: str) -> _Act:
    st.caption(t("users.act.sessions.note"))
    return lambda users: users.sign_out(user.name, now())


def _link(user: UserRecord, key: str) -> _Act:
    issuer = st.text_input(t("users.issuer"), user.issuer or "", help=t("users.issuer.help"), key=f"i_{key}")
    subject = st.text_input(t("users.subject"), user.subject or "", key=f"j_{key}")
    return lambda users: users.link(user.name, ProviderIdentity(issuer.strip(), subject.strip()), now())


def _unlink(user: UserRecord, _: str) -> _Act:
    st.caption(t("users.act.unlink.note"))
    return lambda users: users.link(user.name, None, now())


_FIELDS: Mapping[str, Callable[[UserRecord, str], _Act]] = {
    "role": _role,
    "districts": _districts,
    "password": _password,
    "lock": _lock,
    "unlock": _unlock,
    "wait": _unlock,
    "sessions": _sessions,
    "link": _link,
    "unlink": _unlink,
}
