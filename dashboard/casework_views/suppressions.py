"""Dismissals until a day: a form to propose one, a table, and a form for the second person."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.casework_views.acting import acting, today
from dashboard.casework_views.kept import act_and_empty, form_key, kept
from dashboard.casework_views.packet_table import packet_link
from dashboard.casework_views.words import word
from dashboard.markup import chip, lines, table
from dashboard.query_cache import detector_label
from dashboard.session import now, workspace
from dashboard.wording import DAY_FORMAT, figures, t
from detection.cases.codes import VERDICTS, codes
from detection.cases.life_cycle import life_cycle
from detection.cases.limits import limits
from detection.cases.moves import Act, open_to
from detection.followup import suppressions as suppressing
from detection.store.queries.alerts import Row
from detection.store.queries.casework.suppressions import SuppressionRow

_CYCLE = life_cycle("suppression")
_DECIDE = "decide_suppression"


def offer_suppression(packet_id: str, alerts: Sequence[Row]) -> None:
    """A form to propose that the alerts of a detector about a subject are dismissed until a day."""
    choices = {(row.detector, row.subject): row.alert_id for row in reversed(alerts)}
    form = f"suppress_{packet_id}"
    with st.expander(t("suppress.offer")):
        st.caption(t("suppress.offer.note", share=figures().share(limits().leak_share, 0)))
        about = st.selectbox(
            t("suppress.about"),
            sorted(choices),
            index=None,
            placeholder=t("case.code.choose"),
            format_func=lambda each: f"{detector_label(each[0])} · {each[1]}",
            **kept(form, "about", options=choices),
        )
        code = st.selectbox(
            t("case.code"),
            codes().of("dismissal"),
            index=None,
            placeholder=t("case.code.choose"),
            format_func=lambda each: word(VERDICTS, each),
            **kept(form, "code", options=codes().of("dismissal")),
        )
        until = st.date_input(
            t("case.until"),
            value=None,
            min_value=today(),
            format=DAY_FORMAT,
            **kept(form, "until", days=True),
        )
        reason = st.text_area(t("case.reason"), height=80, **kept(form, "reason"))
        if not st.button(t("suppress.propose"), key=f"propose_{form_key(form)}"):
            return
    alert_id = choices.get(about, "") if about else ""
    act = Act("propose_suppression", today(), reason=reason, code=code or "", until=until)
    act_and_empty(lambda: suppressing.propose(workspace(), alert_id, act, actor=acting(), at=now()), form)


def draw_suppressions(rows: Sequence[SuppressionRow]) -> None:
    """Suppressions as a table, and a form for those that the reader may decide."""
    table(
        (t("suppress.number"), t("packet.subject"), t("suppress.detector"), t("case.state"), t("suppress.why"),
         t("suppress.until"), t("suppress.people"), t("packet.alerts")),
        [_cells(row) for row in rows],
        numeric=(7,),
    )  # fmt: skip
    possible = {row.number: open_to(_CYCLE, row.standing, acting()) for row in rows}
    decidable = [number for number, moves in possible.items() if moves]
    if not decidable:
        return
    key = form_key(_DECIDE)
    number_field, move_field, reason_field, button = st.columns(
        [1, 1.2, 2.4, 0.8], vertical_alignment="bottom"
    )
    number = number_field.selectbox(t("suppress.number"), decidable, key=f"n_{key}")
    move = move_field.selectbox(
        t("case.move"),
        possible[number],
        index=None,
        placeholder=t("case.move.choose"),
        format_func=lambda name: word("move", name),
        key=f"m_{number}_{key}",
    )
    reason = reason_field.text_input(t("case.reason"), **kept(_DECIDE, f"reason_{number}"))
    if button.button(t("case.move.submit"), key=f"b_{key}", type="primary", width="stretch"):
        act = Act(move or "", today(), reason=reason)
        act_and_empty(lambda: suppressing.decide(workspace(), number, act, actor=acting(), at=now()), _DECIDE)


def _cells(row: SuppressionRow) -> list[str]:
    return [
        figures().count(row.number),
        packet_link(row.packet_id, row.subject),
        detector_label(row.detector),
        chip(word("suppression_state", row.state)),
        lines([word(VERDICTS, row.code), row.reason]),
        figures().day(row.expires_on),
        t("separator").join(name for name in (row.owner, row.second) if name),
        t("suppress.alerts", n=figures().count(row.alerts), shown=figures().count(row.shown)),
    ]
