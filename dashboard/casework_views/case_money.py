"""The ledger of a case: claimed, confirmed, upheld, received; by kind and fund. And a form for the next entry."""

from __future__ import annotations

import streamlit as st

from dashboard.casework_views.acting import acting, today
from dashboard.casework_views.kept import form_key, kept
from dashboard.casework_views.typed import acted, saw, seen_event
from dashboard.casework_views.words import names_of, word
from dashboard.markup import section, table
from dashboard.session import now, workspace
from dashboard.wording import figures, language, t
from detection.cases.life_cycle import life_cycle
from detection.cases.money import FUNDS, RECOVERY_KINDS, STAGES, Entry, fen
from detection.cases.moves import Act, open_to
from detection.followup import cases as casework
from detection.language.sentences import error_text
from detection.store.queries.casework.cases import CasePage
from detection.store.queries.reader import ReadError

_MONEY = "record_money"


def draw_money(page: CasePage) -> None:
    """The sums, and the form where the reader may enter money."""
    section(t("case.money"), t("case.money.note"))
    rows = [
        [word("money", kind), word("fund", fund), *(figures().money(amount) for amount in amounts)]
        for kind in RECOVERY_KINDS
        for fund in FUNDS
        if any(amounts := [page.money.get((kind, fund, stage), 0) for stage in STAGES])
    ]
    if rows:
        names = [t("case.money.kind"), t("case.money.fund"), *(word("stage", stage) for stage in STAGES)]
        table(names, rows, numeric=(2, 3, 4, 5))
    else:
        st.caption(t("case.money.none"))
    if _MONEY in open_to(life_cycle(page.case.kind), page.standing, acting()):
        with st.expander(t("case.money.enter")):
            _form(page)


def _form(page: CasePage) -> None:
    own = f"money_{page.case.case_id}"
    seen = seen_event(page)
    kinds, funds, stages = st.columns(3)
    kind = kinds.selectbox(
        t("case.money.kind"),
        RECOVERY_KINDS,
        format_func=names_of("money", RECOVERY_KINDS),
        **kept(own, "kind", options=RECOVERY_KINDS),
    )
    fund = funds.selectbox(
        t("case.money.fund"), FUNDS, format_func=names_of("fund", FUNDS), **kept(own, "fund", options=FUNDS)
    )
    stage = stages.selectbox(
        t("case.money.stage"),
        STAGES,
        format_func=names_of("stage", STAGES),
        **kept(own, "stage", options=STAGES),
    )
    amount = st.text_input(t("case.money.amount"), **kept(own, "amount"))
    reason = st.text_input(t("case.reason"), **kept(own, "reason"))
    if not st.button(t("case.money.submit"), key=f"enter_{form_key(own)}"):
        return
    try:
        casework.record_money(
            workspace(),
            page.case.case_id,
            Entry(kind, fund, stage, fen(amount)),
            Act(_MONEY, today(), reason=reason),
            actor=acting(),
            at=now(),
            seen=seen,
        )
    except ReadError as error:
        saw(page)
        st.error(error_text(error, language()))
        return
    acted(page, own)
    st.rerun()
