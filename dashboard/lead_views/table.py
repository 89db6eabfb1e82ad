"""Outside leads as a table, what is due first at the top."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from dashboard.casework_views.packet_table import packet_link
from dashboard.casework_views.words import deadline_text, state_chip, word
from dashboard.markup import amount, join, lines, styled, table
from dashboard.navigation import link
from dashboard.wording import figures, language, t
from detection.leads.senders import sender_text
from detection.store.queries.leads.queue import LeadLine


def draw_leads(rows: Sequence[LeadLine]) -> None:
    """The leads of a page of the queue."""
    columns = (
        t("case.number"),
        t("leads.sender"),
        t("leads.kind"),
        t("packet.subject"),
        t("leads.match"),
        t("leads.claimed"),
        t("case.state"),
        t("case.inspectors"),
        t("leads.received"),
        t("case.due"),
    )
    table(columns, [_cells(row) for row in rows], numeric=(5,))


def match_markup(match: str, packet_id: str, opened: str) -> Markup:
    """What a lead matches: the case that it became, else the packet that it is attached to."""
    if opened:
        return link(opened, "case", id=opened)
    text = word("lead_match", match)
    return packet_link(packet_id, text) if packet_id else styled(text, "muted")


def _cells(row: LeadLine) -> list[str]:
    lead = row.lead
    mono = lead.subject == lead.pseudonym
    return [
        link(lead.case_id, "case", css="fw-nowrap", id=lead.case_id),
        lines([sender_text(row.sender, language()), styled(row.sender_number, "muted")]),
        word("lead_kind", row.kind),
        (styled(lead.subject, "mono") if mono else lead.subject) if lead.subject else "–",
        match_markup(row.match, row.packet_id, row.opened),
        "–" if row.amount_claimed is None else amount(row.amount_claimed),
        join([state_chip(lead.kind, lead.state)]),
        t("separator").join(lead.inspectors) or "–",
        figures().day(row.received_on),
        deadline_text(row.due),
    ]
