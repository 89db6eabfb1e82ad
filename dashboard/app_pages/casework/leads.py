"""Outside leads: which must be answered first? The queue, the import of a file, and the sheet that goes back."""

from __future__ import annotations

import streamlit as st

from dashboard.casework_views.acting import today
from dashboard.lead_views.answering import offer_feedback, offer_match_again
from dashboard.lead_views.filters import draw_filters, filters_from_url
from dashboard.lead_views.importing import offer_import
from dashboard.lead_views.table import draw_leads
from dashboard.markup import empty_state, heading
from dashboard.pager import PAGE_ROWS, draw_pager, page_from_url
from dashboard.query_cache import query_now
from dashboard.wording import figures, t
from detection.store.queries.leads.queue import lead_lines, senders


def main() -> None:
    """Draw the queue that the URL names."""
    heading(t("nav.leads"), t("leads.question"))
    filters, known = filters_from_url(), query_now(senders)
    offer_import()
    if not known:
        empty_state(t("leads.none"), t("leads.none.text"))
        return
    draw_filters(filters, known)
    lines = query_now(lead_lines, filters, today())
    overdue = sum(line.due is not None and line.due.overdue for line in lines)
    shown, back, again = st.columns((3, 1, 1), vertical_alignment="center")
    shown.caption(t("leads.total", n=figures().count(len(lines)), overdue=figures().count(overdue)))
    with back:
        offer_feedback(known, filters.sender)
    with again:
        offer_match_again()
    if not lines:
        empty_state(t("leads.filtered"), t("leads.filtered.text"))
        return
    page = page_from_url(len(lines))
    draw_leads(lines[(page - 1) * PAGE_ROWS : page * PAGE_ROWS])
    draw_pager(len(lines), page, key="leads")


main()
