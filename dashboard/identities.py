"""One identity at a time: a dialog that takes the reason, and the real id in place of its pseudonym for some minutes.

A page calls `offer_reveal` where the button belongs, and passes what it shows through `unmasked`. The band of
`draw_revealed` is on every page while anything is revealed, and masks it again when its time ends.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import streamlit as st

from dashboard.markup import bold, message_markup, ribbon
from dashboard.session import Right, actor, may, now, workspace
from dashboard.wording import label, language, t, time_text
from detection.followup.limits import limits
from detection.followup.requests import WaitsForSecondError
from detection.followup.reveals import RevealedIdentity, reveal
from detection.language.sentences import error_text, in_language
from detection.store.queries.reader import ReadError

_REVEALED = "revealed"
_KINDS = {
    "P": "person", "S": "settlement", "R": "record", "D": "prescriber", "E": "employer", "O": "operator",
}  # fmt: skip
_PSEUDONYM = re.compile(rf"[{''.join(_KINDS)}]-[A-Z2-7]{{13}}")


def unmasked(text: str) -> str:
    """A text with the ids that are revealed now in place of their pseudonyms."""
    for shown in _in_force():
        text = text.replace(shown.pseudonym, shown.identity)
    return text


def offer_reveal(pseudonyms: Sequence[str], *, key: str) -> None:
    """A button that asks for the reason to reveal one of several pseudonyms; none of institutions and groups.

    Those who may not reveal see none.

    Args:
        pseudonyms: what the page shows, the most important first; names of institutions are left out.
        key: distinguishes the buttons of a page.
    """
    if not may(Right.reveal_ids):
        return
    shown = {each.pseudonym for each in _in_force()}
    masked = [name for name in dict.fromkeys(pseudonyms) if _PSEUDONYM.fullmatch(name) and name not in shown]
    if masked and st.button(
        t("reveal.button"), key=f"reveal_{key}_{language()}", icon=":material/visibility:", width="stretch"
    ):
        _ask(masked)


def show(pseudonym: str, reason: str, minutes: int) -> None:
    """Reveal an identity to whoever is at the screen, on all pages until its time ends.

    Raises:
        WaitsForSecondError: a second person was asked.
        FundwatchError: it may not, or cannot, be shown.
    """
    shown = reveal(workspace(), pseudonym, reason=reason, actor=actor(), at=now(), minutes=minutes)
    _keep([*_in_force(), shown])


def draw_revealed() -> None:
    """A band with what is revealed and until when, and a button that masks it at once."""
    ends = [dt.datetime.fromisoformat(shown.until) for shown in _in_force()]
    if ends:
        left = (min(ends) - dt.datetime.fromisoformat(now())).total_seconds()
        st.fragment(_band, run_every=max(left, 1))()


def _band() -> None:
    """Runs again when the first identity's time ends."""
    shown = _in_force()
    if len(shown) < len(_revealed()):
        _keep(shown)
        st.rerun()
    for each in shown:
        text, button = st.columns([6, 1], vertical_alignment="center")
        with text:
            ribbon(
                message_markup(
                    "reveal.shown",
                    pseudonym=each.pseudonym,
                    identity=bold(each.identity),
                    until=time_text(each.until),
                ),
                "fw-revealed",
            )
        if button.button(t("reveal.mask"), key=f"mask_{each.pseudonym}_{language()}", width="stretch"):
            _keep([other for other in shown if other != each])
            st.rerun()


@st.dialog(" ", width="medium")
def _ask(pseudonyms: list[str]) -> None:
    """Which one, why, and for how long."""
    st.markdown(f"**{t('reveal.title')}**")
    st.caption(t("reveal.note"))
    with st.form(f"reveal_form_{language()}", border=False):
        chosen = st.selectbox(t("reveal.which"), pseudonyms, format_func=_named)
        reason = st.text_input(
            t("reveal.reason"), placeholder=t("reveal.reason.hint", n=limits().shortest_reason)
        )
        minutes = st.number_input(
            t("reveal.minutes"), min_value=1, max_value=limits().most_minutes, value=limits().minutes
        )
        if not st.form_submit_button(t("reveal.submit"), type="primary"):
            return
    try:
        show(chosen, reason, int(minutes))
    except WaitsForSecondError as waits:
        st.info(error_text(waits, language()))
        return
    except ReadError as error:
        st.error(in_language(error.what, language()))
        return
    st.rerun()


def _named(pseudonym: str) -> str:
    return f"{label('identity', _KINDS[pseudonym[:1]])} {pseudonym}"


def _revealed() -> list[RevealedIdentity]:
    revealed: list[RevealedIdentity] = st.session_state.setdefault(_REVEALED, [])
    return revealed


def _in_force() -> list[RevealedIdentity]:
    at = now()
    return [shown for shown in _revealed() if shown.in_force(at)]


def _keep(shown: list[RevealedIdentity]) -> None:
    st.session_state[_REVEALED] = shown
