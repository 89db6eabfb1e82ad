"""All alerts that a subject is in, a page at a time."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup, escape

from dashboard.markup import amount, join, section, severity_chip, styled, table
from dashboard.navigation import link
from dashboard.pager import draw_pager, page_from_url
from dashboard.query_cache import detector_label, query
from dashboard.subjects import subject_link
from dashboard.wording import figures, label, localized, t
from detection.store.queries.alerts import Row
from detection.store.queries.subjects.alerts import AlertsOf, alerts_of
from detection.store.queries.subjects.profile import Profile

_PAGE = "alerts_page"
_ROWS = 8
_COLUMNS = (
    "severity", "title", "subject", "place", "pool", "account", "status", "money_kind", "first", "last",
)  # fmt: skip
"""The most important first; an institution's own page does not repeat its name."""


def draw_alerts_of(subject: Profile) -> None:
    """The alerts as a table, open ones first; where there are none, that is stated."""
    first = query(alerts_of, subject.kind, subject.pseudonym, page=1, size=_ROWS)
    if not first.total:
        section(t("subject.alerts"))
        st.caption(t("subject.no_alerts"))
        return
    everything = link(
        t("subject.alerts.list"),
        "alerts",
        involved=f"{subject.kind}:{subject.pseudonym}",
        list="all",
        status="any",
    )
    note = t("subject.alerts.note", total=figures().count(first.total), open=figures().count(first.open))
    section(t("subject.alerts"), join([escape(note), everything], " · "))
    page = page_from_url(first.total, parameter=_PAGE, size=_ROWS)
    shown: AlertsOf = query(alerts_of, subject.kind, subject.pseudonym, page=page, size=_ROWS)
    names = [name for name in _COLUMNS if name != "place" or subject.kind != "provider"]
    table(
        [t(f"column.{name}") for name in names],
        [[cells[name] for name in names] for cells in map(_cells, shown.rows)],
        numeric=[number for number, name in enumerate(names) if name in ("pool", "account")],
    )
    if first.total > _ROWS:
        draw_pager(first.total, page, key=f"alerts_{subject.pseudonym}", parameter=_PAGE, size=_ROWS)


def _cells(row: Row) -> dict[str, str]:
    """The cells of a row by column."""
    return {
        "severity": severity_chip(row.severity, row.queue),
        "title": link(detector_label(row.detector), "alert", title=localized(row.title), id=row.alert_id),
        "subject": _subject(row),
        "place": subject_link("provider", row.provider, row.place),
        "pool": amount(row.pool),
        "account": amount(row.account),
        "status": label("status", row.status),
        "money_kind": label("money_kind_short", row.money_kind),
        "first": styled(figures().day(row.first), "nowrap"),
        "last": styled(figures().day(row.last), "nowrap"),
    }


def _subject(row: Row) -> Markup:
    """A group leads to its graph: who met whom, and when."""
    if row.subject_kind == "group":
        return link(styled(row.pseudonym, "mono"), "network", id=row.alert_id)
    return subject_link(row.subject_kind, row.pseudonym, row.subject)
