"""What can follow: a form for the moves that the reader may make, and who may make the others."""

from __future__ import annotations

import datetime as dt
import re

import streamlit as st

from dashboard.casework_views.acting import acting, today
from dashboard.casework_views.kept import form_key, kept
from dashboard.casework_views.typed import MOVE, acted, moves_form, saw, seen_event
from dashboard.casework_views.words import names_of, word, words
from dashboard.markup import table
from dashboard.session import now, workspace
from dashboard.wording import DAY_FORMAT, language, t
from detection.cases.codes import codes
from detection.cases.life_cycle import EVERY_STATE, LifeCycle, Move, life_cycle
from detection.cases.moves import Act, open_to
from detection.followup import cases as casework
from detection.language.sentences import error_text
from detection.store.queries.casework.cases import CasePage
from detection.store.queries.reader import ReadError

_MONEY = "record_money"
_OWN_FORMS = (_MONEY, "match", "choose_institution")
"""Moves that have a form of their own."""
_PEOPLE = ("inspectors", "recusal")


def offer_moves(page: CasePage) -> None:
    """A form for one move, with the fields that it requires."""
    cycle, case = life_cycle(page.case.kind), page.case
    possible = [name for name in open_to(cycle, page.standing, acting()) if name not in _OWN_FORMS]
    form, seen = moves_form(case.case_id), seen_event(page)
    name = st.selectbox(
        t("case.move"),
        possible,
        index=None,
        placeholder=t("case.move.choose"),
        format_func=names_of("move", possible),
        **kept(form, MOVE, options=possible),
    )
    if name:
        act = _fields(name, cycle.move[name], form)
        if st.button(t("case.move.submit"), type="primary", key=f"do_{name}_{form_key(form)}"):
            _do(page, act, seen)
    _others(cycle, page, possible)


def _fields(name: str, move: Move, form: str) -> Act:
    """The act that the reader writes; every move may have a reason."""
    needs = set(move.requires)
    code = ""
    if "code" in needs:
        group = codes().group(move.codes)
        known = codes().of(move.codes)
        chosen = st.selectbox(
            t("case.code"),
            known,
            index=None,
            placeholder=t("case.code.choose"),
            format_func=names_of(group, known),
            **kept(form, f"code_{name}", options=known),
        )
        code = chosen or ""
    until: dt.date | None = None
    if "until" in needs:
        until = st.date_input(
            t("case.until"),
            value=None,
            min_value=today(),
            format=DAY_FORMAT,
            **kept(form, f"until_{name}", days=True),
        )
    document, document_day = "", None
    if "document" in needs:
        document = st.text_input(t("case.document"), **kept(form, f"document_{name}"))
        document_day = st.date_input(
            t("case.document_day"),
            max_value=today(),
            format=DAY_FORMAT,
            **kept(form, f"day_{name}", default=today(), days=True),
        )
    people = ""
    if needs & set(_PEOPLE):
        people = st.text_input(
            t("case.people"), placeholder=t("case.people.hint"), **kept(form, f"who_{name}")
        )
    reason = st.text_area(t("case.reason"), height=80, **kept(form, f"reason_{name}"))
    return Act(
        name,
        today(),
        reason=reason,
        code=code,
        until=until,
        document=document,
        document_day=document_day,
        inspectors=names_in(people),
    )


def names_in(text: str) -> frozenset[str]:
    """Names that a person typed one after the other, with blanks or commas of either script between them."""
    return frozenset(re.split(r"[\s、，,；;]+", text)) - {""}


def _do(page: CasePage, act: Act, seen: int) -> None:
    try:
        casework.move(workspace(), page.case.case_id, act, actor=acting(), at=now(), seen=seen)
    except ReadError as error:
        saw(page)
        st.error(error_text(error, language()))
        return
    acted(page, moves_form(page.case.case_id))
    st.rerun()


def _others(cycle: LifeCycle, page: CasePage, possible: list[str]) -> None:
    """Moves that lead on from here and are for others, with the roles that may make them."""
    rows = [
        [word("move", name), words("role", list(move.roles))]
        for name, move in cycle.moves_from(page.case.state).items()
        if name not in (*possible, *_OWN_FORMS)
        and EVERY_STATE not in move.start
        and "enclosed" not in move.requires
        and (not move.tracks or page.standing.track in move.tracks)
    ]
    if rows:
        st.caption(t("case.for_others"))
        table([t("case.move"), t("case.roles")], rows)
