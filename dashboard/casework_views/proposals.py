"""Dismissals of alerts that wait for a second person: a table, and a form for those who may decide them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.alert_views.money import funds
from dashboard.casework_views.kept import empty, form_key, kept
from dashboard.casework_views.words import word
from dashboard.markup import lines, styled, table
from dashboard.navigation import link
from dashboard.query_cache import detector_label
from dashboard.session import actor, now, workspace
from dashboard.wording import label, language, t, time_text
from detection.alerts.draft import Money
from detection.cases.codes import VERDICTS
from detection.followup.acts import act, possible_acts
from detection.language.sentences import in_language
from detection.store.lifecycle import ALERTS
from detection.store.queries.casework.proposals import Proposal

_DECIDE = "decide_proposals"


def draw_proposals(rows: Sequence[Proposal]) -> None:
    """Proposals as a table."""
    columns = (
        t("proposal.alert"),
        t("suppress.detector"),
        t("packet.subject"),
        t("proposal.money"),
        t("proposal.verdict"),
        t("proposal.by"),
    )
    table(columns, [_cells(row) for row in rows], numeric=(3,))


def offer_decision(rows: Sequence[Proposal]) -> None:
    """A form to confirm or decline some of the proposals of others."""
    by_id = {proposal.row.alert_id: proposal for proposal in rows}
    which, what, why, button = st.columns([2, 1.2, 2, 0.8], vertical_alignment="bottom")
    chosen = which.multiselect(
        t("proposal.choose"),
        list(by_id),
        placeholder=t("proposal.choose"),
        key=f"which_{form_key(_DECIDE)}",
    )
    possible = possible_acts([proposal.row for proposal in rows], actor())
    moves = [name for name in possible if name in ALERTS.move and ALERTS.move[name].not_by]
    move = what.selectbox(
        t("proposal.move"),
        moves,
        index=None,
        placeholder=t("case.move.choose"),
        format_func={name: label("action", name) for name in moves}.__getitem__,
        **kept(_DECIDE, "move", options=moves),
    )
    reason = why.text_input(t("case.reason"), **kept(_DECIDE, "reason"))
    decide = f"decide_{form_key(_DECIDE)}"
    if not button.button(t("proposal.submit"), key=decide, type="primary", width="stretch"):
        return
    if not (chosen and move and reason.strip()):
        st.warning(t("proposal.incomplete"))
        return
    seen = {alert_id: by_id[alert_id].last_event for alert_id in chosen}
    outcome = act(workspace(), chosen, actor=actor(), action=move, note=reason, at=now(), seen=seen)
    for refused in outcome.refused:
        st.error(in_language(refused, language()))
    if not outcome.refused:
        empty(_DECIDE)
        st.rerun()


def _cells(proposal: Proposal) -> list[str]:
    row = proposal.row
    return [
        link(row.alert_id, "alert", css="fw-mono", id=row.alert_id),
        detector_label(row.detector),
        styled(row.subject, "mono") if row.subject == row.pseudonym else row.subject,
        funds(Money(row.pool, row.account)),
        lines([word(VERDICTS, row.verdict), proposal.reason]),
        lines([row.proposed_by, time_text(proposal.at) if proposal.at else ""]),
    ]
