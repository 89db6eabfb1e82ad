"""Leads and cases as a table, what is due first at the top."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.casework_views.words import deadline_text, state_chip, word
from dashboard.markup import styled, table
from dashboard.navigation import link
from dashboard.wording import t
from detection.store.queries.casework.cases import Case


def draw_cases(rows: Sequence[Case]) -> None:
    """Leads and cases."""
    columns = (
        t("case.number"),
        t("case.state"),
        t("packet.subject"),
        t("packet.kind"),
        t("case.inspectors"),
        t("case.clock"),
        t("case.due"),
    )
    table(columns, [_cells(row) for row in rows])


def _cells(case: Case) -> list[str]:
    mono = case.subject == case.pseudonym
    return [
        link(case.case_id, "case", id=case.case_id),
        state_chip(case.kind, case.state),
        styled(case.subject, "mono") if mono else case.subject,
        word("packet_kind", case.packet_kind),
        t("separator").join(case.inspectors) or "–",
        word("clock", case.due.clock) if case.due else "–",
        deadline_text(case.due),
    ]
