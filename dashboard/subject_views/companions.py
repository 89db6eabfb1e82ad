"""Whom a subject acts together with: repeated meetings, shared patients, with a link to the graph of its group."""

from __future__ import annotations

import streamlit as st

from dashboard.markup import section, table
from dashboard.query_cache import query
from dashboard.subjects import subject_link
from dashboard.wording import figures, label, t
from detection.store.queries.subjects.companions import Companion, companions
from detection.store.queries.subjects.profile import Profile

WITH_COMPANIONS = ("provider", "person")
"""Kinds of subjects of which pairs are known."""


def draw_companions(subject: Profile) -> None:
    """The pairs of a person or an institution, with what is recorded of them or expected by chance."""
    section(t(f"companions.{subject.kind}"), t(f"companions.note.{subject.kind}"))
    pairs = query(companions, subject.kind, subject.pseudonym)
    if not pairs:
        st.caption(t(f"companions.none.{subject.kind}"))
        return
    columns = [t("tie.who"), t(f"companions.count.{subject.kind}"), t(f"companions.last.{subject.kind}")]
    table(columns, [_cells(pair) for pair in pairs], numeric=(1,))


def _cells(pair: Companion) -> list[str]:
    last = label("relation", pair.relation) if pair.expected is None else figures().fixed(pair.expected, 1)
    return [subject_link(pair.kind, pair.pseudonym, pair.name), figures().count(pair.count), last]
