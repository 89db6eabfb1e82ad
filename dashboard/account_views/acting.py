"""How a form of the page of users acts: by the service, with what was done said on the page that follows."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.casework_views.kept import empty
from dashboard.markup import ribbon
from dashboard.session import accounts, actor
from dashboard.wording import language
from detection.accounts.users import Users
from detection.followup.users import managing
from detection.language.sentences import error_text
from detection.store.queries.reader import ReadError

_DONE = "users_done"


def do(act: Callable[[Users], object], form: str, done: str) -> None:
    """Act, empty the form, and draw the page again; a refusal is shown with all of its reasons.

    Args:
        act: what is done to the users.
        form: the form that was sent.
        done: what the page says then.
    """
    try:
        with managing(accounts(), actor()) as users:
            act(users)
    except ReadError as error:
        st.error(error_text(error, language()))
        return
    empty(form)
    say_done(done)


def say_done(done: str) -> None:
    """Draw the page again, and say once what was done."""
    st.session_state[_DONE] = done
    st.rerun()


def draw_done() -> None:
    """What was done on the page before, once."""
    if done := st.session_state.pop(_DONE, ""):
        ribbon(done)
