"""The page of a subject: who it is, what it cost, its alerts, and whom it acted with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.charts.subject_months import subject_months
from dashboard.identities import offer_reveal, unmasked
from dashboard.markup import empty_state, heading, section
from dashboard.query_cache import query
from dashboard.subject_views.alerts import draw_alerts_of
from dashboard.subject_views.companions import WITH_COMPANIONS, draw_companions
from dashboard.subject_views.institution import draw_indicators, draw_peers
from dashboard.subject_views.ledgers import draw_contributions, draw_ledger
from dashboard.subject_views.person import draw_enrolments, draw_relatives
from dashboard.subject_views.registration import draw_registration
from dashboard.subject_views.ties import draw_tie
from dashboard.subjects import PAGES
from dashboard.wording import label, language, t
from detection.store.queries.subjects.profile import TIES, Profile, kept, profile


def draw_subject(kind: str) -> None:
    """Draw the subject of a kind that the address names."""
    page = PAGES[kind]
    pseudonym = st.query_params.get("id", "").strip().upper()
    subject = query(profile, kind, pseudonym) if pseudonym else None
    if subject is None:
        heading(t(f"nav.{page}"), t(f"subject.question.{page}"))
        if not query(kept):
            empty_state(t("subject.choose"), t("subject.not_kept"))
        elif pseudonym:
            empty_state(t("subject.unknown"), t("subject.unknown.text", id=pseudonym))
        else:
            empty_state(t("subject.choose"), t("subject.choose.text"))
        return
    heading(unmasked(subject.name), f"{label('subject_kind', kind)} · {t(f'subject.question.{page}')}")
    left, right = st.columns([1, 1.9], gap="medium")
    with left:
        draw_registration(subject)
        offer_reveal([subject.pseudonym], key="subject")
    with right:
        _money(subject)
    draw_alerts_of(subject)
    _own_parts(subject)
    if subject.kept:
        _company(subject)


def _money(subject: Profile) -> None:
    section(t("subject.months"), t(f"subject.months.note.{PAGES[subject.kind]}"))
    if not subject.kept:
        st.caption(t("subject.not_kept"))
    elif not subject.months:
        st.caption(t("subject.no_settlements"))
    else:
        st.altair_chart(
            subject_months(subject.months), key=f"months_{subject.kind}_{subject.pseudonym}_{language()}"
        )


def _company(subject: Profile) -> None:
    """Whom it shares settlements with, and is met with: two lists next to each other."""
    lists: list[Callable[[], None]] = [partial(draw_tie, subject, tie.name) for tie in TIES[subject.kind]]
    if subject.kind in WITH_COMPANIONS:
        lists.append(partial(draw_companions, subject))
    for start in range(0, len(lists), 2):
        for draw, column in zip(lists[start : start + 2], st.columns(2), strict=False):
            with column:
                draw()


def _own_parts(subject: Profile) -> None:
    """What only one kind of subject has."""
    match subject.kind:
        case "provider":
            draw_peers(subject)
            draw_indicators(subject)
        case "person":
            draw_enrolments(subject)
            draw_relatives(subject)
        case "payer_account":
            draw_ledger(subject)
            draw_relatives(subject)
        case "employer":
            draw_contributions(subject)
        case _:
            pass
