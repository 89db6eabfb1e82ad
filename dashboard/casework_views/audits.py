"""Random audits: those that wait, those with a result, and forms to record or correct one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.casework_views.acting import acting, today
from dashboard.casework_views.kept import act_and_empty, form_key, kept
from dashboard.casework_views.words import names_of, word
from dashboard.markup import join, section, styled, table
from dashboard.navigation import link
from dashboard.pager import PAGE_ROWS
from dashboard.session import now, workspace
from dashboard.subjects import subject_link
from dashboard.wording import figures, t, time_text
from detection.cases.codes import codes
from detection.cases.life_cycle import life_cycle
from detection.cases.moves import Act, open_to
from detection.followup.audits import record
from detection.store.queries.casework.audits import AuditRow

_CODES = "audit"
_RECORD, _CORRECT = "record_result", "correct_result"
_FORMS = {_RECORD: "audit_result", _CORRECT: "audit_correction"}
"""Form of each move."""


def draw_audits(rows: Sequence[AuditRow]) -> None:
    """The audits that the viewer may judge, the oldest first; how many wait for others."""
    own = _open_to(rows, _RECORD)
    section(t("work.audits"), t("work.audits.note"))
    if len(own) < len(rows):
        st.caption(t("work.audits.of_others", n=figures().count(len(rows) - len(own))))
    if not own:
        return
    columns = ("number", "what", "subject", "chance", "drawn")
    cells = [_cells(row) for row in own[:PAGE_ROWS]]
    table([t(f"audits.{name}") for name in columns], cells, numeric=(0, 3))
    if len(own) > PAGE_ROWS:
        st.caption(t("audits.more", n=figures().count(len(own) - PAGE_ROWS)))
    _offer(own[:PAGE_ROWS], _RECORD)


def draw_results(rows: Sequence[AuditRow]) -> None:
    """Results of audits, the newest first, and a form to correct one, to those who may; nothing to others."""
    own = _open_to(rows, _CORRECT)
    if not own:
        return
    with st.expander(t("audits.results")):
        st.caption(t("audits.results.note"))
        columns = ("number", "what", "subject", "result", "result_by", "reason")
        cells = [_result_cells(row) for row in own[:PAGE_ROWS]]
        table([t(f"audits.{name}") for name in columns], cells, numeric=(0,))
        if len(own) > PAGE_ROWS:
            st.caption(t("audits.more", n=figures().count(len(own) - PAGE_ROWS)))
        _offer(own, _CORRECT)


def _open_to(rows: Sequence[AuditRow], move: str) -> list[AuditRow]:
    """Audits on which the viewer may make a move."""
    cycle, actor = life_cycle("audit"), acting()
    return [row for row in rows if move in open_to(cycle, row.standing, actor)]


def _offer(rows: Sequence[AuditRow], move: str) -> None:
    form = _FORMS[move]
    results, numbers = codes().of(_CODES), [row.number for row in rows]
    which, what, why, button = st.columns([1, 1.4, 2.4, 0.8], vertical_alignment="bottom")
    number = which.selectbox(t("audits.number"), numbers, **kept(form, "number", options=numbers))
    result = what.selectbox(
        t("audits.result"),
        results,
        index=None,
        placeholder=t("audits.result.choose"),
        format_func=names_of(_CODES, results),
        **kept(form, "result", options=results),
    )
    reason = why.text_input(t("case.reason"), **kept(form, "reason"))
    judge = f"judge_{form_key(form)}"
    words = t("audits.correct" if move == _CORRECT else "audits.submit")
    if not button.button(words, key=judge, type="primary", width="stretch"):
        return
    act = Act(move, today(), reason=reason, code=result or "")
    act_and_empty(lambda: record(workspace(), int(number), act, actor=acting(), at=now()), form)


def _about(row: AuditRow) -> str:
    """The alert or the subject, as a link."""
    return (
        link(row.alert_id, "alert", css="fw-mono", id=row.alert_id)
        if row.alert_id
        else subject_link(row.subject_kind, row.pseudonym, row.subject)
    )


def _cells(row: AuditRow) -> list[str]:
    return [
        figures().count(row.number),
        word("stratum", row.stratum),
        _about(row),
        figures().share(row.chance, 2),
        figures().day(row.sampled_at[:10]),
    ]


def _result_cells(row: AuditRow) -> list[str]:
    return [
        figures().count(row.number),
        word("stratum", row.stratum),
        _about(row),
        word(_CODES, row.result),
        join([row.result_by, styled(time_text(row.result_at), "muted")], " "),
        styled(row.reason, "prose"),
    ]
