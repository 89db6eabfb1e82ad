"""Cases that belong to a case, and a form to merge, split, link, and to take alerts out or in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

import streamlit as st

from dashboard.casework_views.acting import acting
from dashboard.casework_views.kept import act_and_empty, form_key, kept
from dashboard.casework_views.words import state_chip
from dashboard.markup import section, table
from dashboard.navigation import link
from dashboard.query_cache import detector_label, query_now
from dashboard.session import now, workspace
from dashboard.wording import t
from detection.cases.life_cycle import life_cycle
from detection.cases.moves import Actor, may_record
from detection.followup.casework import combining
from detection.store.queries.casework.cases import CasePage
from detection.store.queries.casework.tools.links import LinkedCase, linked_cases, mergeable

_ACTS = ("merge", "split", "detach", "attach", "link", "unlink")
_WITH_ALERTS = ("split", "detach")
_WITH_OTHER = ("merge", "link", "unlink")


@dataclass(frozen=True)
class _Request:
    """What the reader wrote: another case, alerts of this, and why."""

    other: str
    alerts: tuple[str, ...]
    reason: str


class _Rest(TypedDict):
    """What every act is told besides."""

    actor: Actor
    at: str
    reason: str
    seen: int


def draw_links(page: CasePage) -> None:
    """The cases that a case belongs with, and what its reader may do with them."""
    linked = query_now(linked_cases, page.case.case_id)
    if linked:
        section(t("links.title"))
        table(
            (t("case.number"), t("links.relation"), t("case.state")),
            [
                [
                    link(each.case_id, "case", id=each.case_id),
                    t(f"links.{each.relation}"),
                    state_chip(each.kind, each.state),
                ]
                for each in linked
            ],
        )
    if acting().districts is None:  # other cases and their alerts may be of other districts
        _offer(page, linked)


def _offer(page: CasePage, linked: Sequence[LinkedCase]) -> None:
    case, others = page.case, query_now(mergeable, page.case.case_id)
    related = [each.case_id for each in linked if each.relation == "related"]
    useless = {
        "merge": not others,
        "split": len(page.alerts) < len(_WITH_ALERTS),
        "detach": len(page.alerts) < len(_WITH_ALERTS),
        "unlink": not related,
    }
    possible = [
        name
        for name in _ACTS
        if may_record(life_cycle(case.kind), page.standing, acting(), name) and not useless.get(name)
    ]
    if not possible:
        return
    form, names = f"combine_{case.case_id}", {each: t(f"combine.{each}") for each in possible}
    with st.expander(t("combine.title")):
        name = st.selectbox(
            t("combine.act"),
            possible,
            index=None,
            placeholder=t("case.move.choose"),
            format_func=names.__getitem__,
            **kept(form, "act", options=possible),
        )
        if not name:
            return
        st.caption(t(f"combine.note.{name}"))
        request = _fields(page, name, form, {"merge": others, "unlink": related})
        if st.button(t(f"combine.{name}"), key=f"combine_{name}_{form_key(form)}", type="primary"):
            _do(page, name, request, form)


def _fields(page: CasePage, name: str, form: str, choices: Mapping[str, Sequence[str]]) -> _Request:
    other, alerts = "", []
    if name in choices:
        known = choices[name]
        chosen = st.selectbox(
            t("combine.other"), known, index=None, placeholder=t("task.choose"),
            **kept(form, f"other_{name}", options=known),
        )  # fmt: skip
        other = chosen or ""
    elif name in _WITH_OTHER:
        other = st.text_input(t("combine.other"), **kept(form, f"other_{name}")).strip()
    if name in _WITH_ALERTS:
        texts = {row.alert_id: f"{detector_label(row.detector)} · {row.alert_id}" for row in page.alerts}
        alerts = st.multiselect(
            t("combine.alerts"),
            list(texts),
            format_func=texts.__getitem__,
            placeholder=t("task.choose"),
            key=f"alerts_{name}_{form_key(form)}",
        )
    reason = st.text_area(t("case.reason"), height=80, **kept(form, f"reason_{name}"))
    return _Request(other, tuple(alerts), reason)


def _do(page: CasePage, name: str, request: _Request, form: str) -> None:
    where, case_id = workspace(), page.case.case_id
    rest = _Rest(actor=acting(), at=now(), reason=request.reason, seen=page.case.last_event)
    acts: Mapping[str, Callable[[], object]] = {
        "merge": lambda: combining.merge(where, case_id, request.other, **rest),
        "split": lambda: combining.split(where, case_id, request.alerts, **rest),
        "detach": lambda: combining.detach(where, case_id, request.alerts, **rest),
        "attach": lambda: combining.attach(where, case_id, **rest),
        "link": lambda: combining.link(where, case_id, request.other, **rest),
        "unlink": lambda: combining.unlink(where, case_id, request.other, **rest),
    }
    act_and_empty(acts[name], form)
