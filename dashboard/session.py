"""Who works at the screens, where, and at what time: what everything below is given."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.gate.access import SESSION_HEADER, access
from detection.accounts.opening import Accounts
from detection.accounts.rights import Actor, Right
from detection.accounts.sessions import SignedIn
from detection.cli.terminal import now, place
from detection.store.queries.reader import Place

__all__ = [
    "Place",
    "Right",
    "accounts",
    "actor",
    "last_event",
    "may",
    "now",
    "place",
    "run_id",
    "sign_in_of",
    "signed_in",
    "token",
    "workspace",
]

_SIGNED_IN = "signed_in"


def sign_in_of(where: Place) -> SignedIn | None:
    """Whose session this script runs for, asked of the store at every run; None where there is none.

    What another session left in this tab is forgotten.
    """
    given = token()
    current = access(where).signed_in(given, now(), private=_from_this_machine())
    before: SignedIn | None = st.session_state.get(_SIGNED_IN)
    if before is not None and (current is None or current.session != before.session):
        st.session_state.clear()
    if current is not None:
        st.session_state[_SIGNED_IN] = current
        if given:
            access(where).accounts.sessions.keep_alive(given, now())
    return current


def token() -> str:
    """The token that the gate let in; empty without one."""
    return st.context.headers.get(SESSION_HEADER, "")


def _from_this_machine() -> bool:
    """Whether the connection is of this machine, for which Streamlit names no address."""
    return st.context.ip_address is None


def signed_in() -> SignedIn:
    """Whose session it is."""
    current: SignedIn = st.session_state[_SIGNED_IN]
    return current


def accounts() -> Accounts:
    """The users and sessions of the workspace that is shown."""
    return access(workspace()).accounts


def actor() -> Actor:
    """Who acts, as what, for which districts."""
    return signed_in().actor


def may(right: Right) -> bool:
    """Whether whoever is at the screen has a right."""
    return actor().may(right)


def workspace() -> Place:
    """Where the workspace is that is shown."""
    return place(Path(st.session_state["workspace"]))


def run_id() -> str:
    """The run that is shown."""
    return str(st.session_state["version"][0])


def last_event() -> int:
    """The last thing done to any alert when what is shown was read."""
    return int(st.session_state["version"][1])
