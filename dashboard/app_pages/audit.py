"""Audit log: who did what, when and why, and has the log been changed?"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.audit_views.filters import draw_filters, filters_from_url
from dashboard.audit_views.words import action_text, change_text, object_markup, pseudonyms_in, time_of
from dashboard.markup import bold, chip, heading, join, ribbon, styled, table
from dashboard.pager import PAGE_ROWS, draw_pager, page_from_url
from dashboard.query_cache import query_now
from dashboard.session import workspace
from dashboard.wording import figures, label, localized, t, time_text
from detection.audit.entry import Entry
from detection.followup.audit.verifying import last_verification
from detection.store.queries.audit.pages import count, page
from detection.store.queries.disclosure.pseudonyms import current_pseudonyms


def main() -> None:
    """Draw the page."""
    heading(t("nav.audit"), t("audit.question"))
    _verification()
    filters = filters_from_url()
    draw_filters(filters)
    total = query_now(count, filters)
    if not total:
        st.caption(t("audit.none"))
        return
    shown = page_from_url(total)
    names = ("number", "at", "actor", "action", "object", "change", "reason")
    rows = query_now(page, filters, page=shown, size=PAGE_ROWS)
    current = query_now(current_pseudonyms, pseudonyms_in(rows))
    table(
        [t(f"audit.column.{name}") for name in names],
        [_cells(entry, current) for entry in rows],
        numeric=(0,),
    )
    draw_pager(total, shown, key="audit")


def _verification() -> None:
    """What the last verification said; a log that was never verified is not said to be whole."""
    last = last_verification(workspace().root)
    if last is None:
        ribbon(join([bold(t("audit.unverified")), " ", t("audit.unverified.text")]))
        return
    values = {
        "at": time_text(last.at),
        "actor": last.actor,
        "entries": figures().count(last.entries),
        "anchors": figures().count(last.anchors),
    }
    if last.kind:
        changed = chip(t("audit.changed"), "fw-broken")
        ribbon(join([changed, " ", localized(last, "what"), " ", t("audit.changed.text", **values)]))
        return
    unanchored = "" if last.anchors else t("audit.unanchored")
    ribbon(join([bold(t("audit.whole")), " ", t("audit.whole.text", **values), " ", unanchored]))


def _cells(entry: Entry, current: Mapping[str, str]) -> list[str]:
    who = (
        t("audit.actor_as", actor=entry.actor, role=label("role", entry.role)) if entry.role else entry.actor
    )
    return [
        str(entry.number),
        styled(time_of(entry), "nowrap"),
        who,
        styled(action_text(entry.action, entry.object), "nowrap"),
        object_markup(entry, current),
        change_text(entry) or "–",
        styled(entry.reason, "prose") if entry.reason else "–",
    ]


main()
