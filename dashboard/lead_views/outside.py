"""What came from outside with a lead: who sent it, what they wrote, what it matches, and whom it is about."""

from __future__ import annotations

import streamlit as st

from dashboard.casework_views.acting import acting
from dashboard.casework_views.kept import empty, form_key, kept
from dashboard.casework_views.typed import saw
from dashboard.casework_views.words import word
from dashboard.lead_views.table import match_markup
from dashboard.markup import literal, name_value_list, paragraph, section
from dashboard.query_cache import query_now
from dashboard.session import Right, may, now, workspace
from dashboard.subjects import subject_link
from dashboard.wording import figures, language, t
from detection.cases.life_cycle import life_cycle
from detection.cases.moves import open_to
from detection.followup.outside.matching import choose_subject
from detection.language.sentences import error_text
from detection.leads.senders import sender_text
from detection.store.queries.casework.cases import CasePage
from detection.store.queries.leads.choosing import Candidate, candidates
from detection.store.queries.leads.lead import OutsidePart, outside_part
from detection.store.queries.reader import ReadError

CHOOSE = "choose_institution"
"""The move that has a form of its own."""


def draw_outside(page: CasePage) -> None:
    """What the sender of a lead wrote; nothing for a lead or a case of another origin."""
    if page.case.kind != "lead" or page.case.packet_id or not may(Right.see_leads):
        return
    part = query_now(outside_part, page.case.case_id)
    if part is None:
        return
    section(t("lead.outside"), t("lead.outside.note"))
    name_value_list({name: value for name, value in _shown(part).items() if value})
    if part.text:
        paragraph(part.text)
    if part.purged:
        st.caption(t("lead.purged", day=figures().day(part.purged)))
    if CHOOSE in open_to(life_cycle("lead"), page.standing, acting()):
        _offer_choice(page, part)


def _shown(part: OutsidePart) -> dict[str, str]:
    day = figures().day
    period = [day(each) if each else "…" for each in (part.period_start, part.period_end)]
    kind = word("packet_kind", part.subject_kind) if part.subject_kind else ""
    return {
        t("leads.sender"): sender_text(part.sender, language()),
        t("lead.number"): part.sender_number,
        t("leads.kind"): word("lead_kind", part.kind),
        t("leads.received"): day(part.received_on),
        t("lead.deadline"): day(part.deadline) if part.deadline else t("lead.deadline.none"),
        t("packet.subject"): subject_link(part.subject_kind, part.pseudonym, part.subject)
        if part.subject
        else kind,
        t("lead.institution"): part.institution,
        t("lead.period"): " – ".join(period) if part.period_start or part.period_end else "",
        t("leads.claimed"): "" if part.amount_claimed is None else figures().money(part.amount_claimed),
        t("leads.match"): match_markup(part.match, part.packet_id, part.opened),
    }


def _offer_choice(page: CasePage, part: OutsidePart) -> None:
    """A form that says whom a lead is about: an institution with a similar name, or what a search finds."""
    if part.packet_id or not may(Right.import_leads):
        return
    form = f"choose_{page.case.case_id}"
    names = {each.pseudonym: each.name for each in part.proposed}
    if part.proposed:
        st.caption(t("lead.proposed"))
    text = st.text_input(t("lead.search"), help=t("lead.search.note"), **kept(form, "search"))
    hits = query_now(candidates, text) if text.strip() else ()
    names |= {each.chosen: _named(each) for each in hits}
    if text.strip() and not hits:
        st.caption(t("lead.search.none"))
    if not names:
        return
    chosen = st.radio(
        t("lead.proposed.title"),
        [*names],
        index=None,
        format_func=lambda each: literal(names[each]),
        **kept(form, "institution", options=[*names]),
    )
    reason = st.text_input(t("case.reason"), **kept(form, "reason"))
    if not st.button(t("lead.choose"), key=f"choose_{form_key(form)}"):
        return
    if not chosen:
        st.error(t("lead.choose.none"))
        return
    case = page.case
    try:
        choose_subject(
            workspace(), case.case_id, chosen, actor=acting(), at=now(), reason=reason, seen=case.last_event
        )
    except ReadError as error:
        saw(page)
        st.error(error_text(error, language()))
        return
    empty(form)
    st.rerun()


def _named(each: Candidate) -> str:
    shown = " ".join(dict.fromkeys((each.name, each.chosen)))
    kind = word("packet_kind", each.kind)
    if each.packet:
        return t("lead.candidate.packet", kind=kind, name=shown)
    return t("lead.candidate", kind=kind, name=shown)
