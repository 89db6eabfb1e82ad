"""What others proposed and a second person decides: dismissals of alerts, dismissals until a day, moves of cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.casework_views.case_table import draw_cases
from dashboard.casework_views.proposals import draw_proposals, offer_decision
from dashboard.casework_views.suppressions import draw_suppressions
from dashboard.markup import section
from dashboard.wording import t
from detection.cases.life_cycle import life_cycle
from detection.cases.moves import Actor, open_to
from detection.store.lifecycle import ALERTS
from detection.store.queries.casework.cases import Case
from detection.store.queries.casework.proposals import Proposal
from detection.store.queries.casework.suppressions import SuppressionRow

_CONFIRM = "confirm_dismissal"


@dataclass(frozen=True)
class Inbox:
    """Proposals, by whether the viewer may decide them.

    Attributes:
        alerts, suppressions, cases: of others, which the viewer's role decides.
        own: dismissals of alerts that the viewer proposed.
        other_suppressions: those that others decide.
    """

    alerts: tuple[Proposal, ...]
    suppressions: tuple[SuppressionRow, ...]
    cases: tuple[Case, ...]
    own: tuple[Proposal, ...]
    other_suppressions: tuple[SuppressionRow, ...]

    @staticmethod
    def of(
        actor: Actor,
        proposed: Sequence[Proposal],
        suppressions: Sequence[SuppressionRow],
        cases: tuple[Case, ...],
    ) -> Inbox:
        """The inbox of a person."""
        alerts = tuple(each for each in proposed if _CONFIRM in open_to(ALERTS, each.row.standing, actor))
        cycle = life_cycle("suppression")
        decidable = tuple(row for row in suppressions if open_to(cycle, row.standing, actor))
        return Inbox(
            alerts,
            decidable,
            cases,
            tuple(each for each in proposed if each.row.proposed_by == actor.name),
            tuple(row for row in suppressions if row not in decidable),
        )

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return any((self.alerts, self.suppressions, self.cases, self.own, self.other_suppressions))


def draw_inbox(inbox: Inbox) -> None:
    """What waits for the viewer, with forms to decide it; cases lead to their page."""
    section(t("work.second"), t("work.second.note"))
    if inbox.alerts:
        draw_proposals(inbox.alerts)
        offer_decision(inbox.alerts)
    if inbox.suppressions:
        draw_suppressions(inbox.suppressions)
    if inbox.cases:
        draw_cases(inbox.cases)
    if not (inbox.alerts or inbox.suppressions or inbox.cases):
        st.caption(t("work.second.none"))
