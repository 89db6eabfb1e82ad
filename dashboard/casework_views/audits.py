"""Random audits that wait: a table, and a form for those who had no part in the dismissal."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.casework_views.acting import acting, today
from dashboard.casework_views.kept import act_and_empty, form_key, kept
from dashboard.casework_views.words import names_of, word
from dashboard.markup import section, table
from dashboard.navigation import link
from dashboard.pager import PAGE_ROWS
from dashboard.session import now, workspace
from dashboard.subjects import subject_link
from dashboard.wording import figures, t
from detection.cases.codes import codes
from detection.cases.life_cycle import life_cycle
from detection.cases.moves import Act, open_to
from detection.followup.audits import record
from detection.store.queries.casework.audits import AuditRow

_FORM, _MOVE, _CODES = "audit_result", "record_result", "audit"


def draw_audits(rows: Sequence[AuditRow]) -> None:
    """The audits that the viewer may judge, the oldest first; how many wait for others."""
    own = [row for row in rows if _MOVE in open_to(life_cycle("audit"), row.standing, acting())]
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
    _offer(own[:PAGE_ROWS])


def _offer(rows: Sequence[AuditRow]) -> None:
    results, numbers = codes().of(_CODES), [row.number for row in rows]
    which, what, why, button = st.columns([1, 1.4, 2.4, 0.8], vertical_alignment="bottom")
    number = which.selectbox(t("audits.number"), numbers, **kept(_FORM, "number", options=numbers))
    result = what.selectbox(
        t("audits.result"),
        results,
        index=None,
        placeholder=t("audits.result.choose"),
        format_func=names_of(_CODES, results),
        **kept(_FORM, "result", options=results),
    )
    reason = why.text_input(t("case.reason"), **kept(_FORM, "reason"))
    judge = f"judge_{form_key(_FORM)}"
    if not button.button(t("audits.submit"), key=judge, type="primary", width="stretch"):
        return
    act = Act(_MOVE, today(), reason=reason, code=result or "")
    act_and_empty(lambda: record(workspace(), int(number), act, actor=acting(), at=now()), _FORM)


def _cells(row: AuditRow) -> list[str]:
    about = (
        link(row.alert_id, "alert", css="fw-mono", id=row.alert_id)
        if row.alert_id
        else subject_link(row.subject_kind, row.pseudonym, row.subject)
    )
    return [
        figures().count(row.number),
        word("stratum", row.stratum),
        about,
        figures().share(row.chance, 2),
        figures().day(row.sampled_at[:10]),
    ]
