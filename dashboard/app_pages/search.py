"""Search: what does a name or a number lead to?"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.markup import amount, bullets, empty_state, heading, join, section, styled, table
from dashboard.navigation import link
from dashboard.query_cache import query
from dashboard.search_box import searched_text
from dashboard.subjects import subject_link
from dashboard.wording import figures, label, t
from detection.store.queries.subjects.search import HIT_KINDS, SETTLEMENT, Hit, SettlementHit, search

_TEACHES = ("name", "pseudonym", "source", "settlement", "alert")


def main() -> None:
    """Draw the hits of the text that the address names."""
    text = searched_text()
    heading(t("nav.search"), t("search.for", text=text) if text else t("search.question"))
    if not text:
        empty_state(t("search.empty"), t("search.empty.text"))
        _what_can_be_typed()
        return
    hits = query(search, text)
    if not hits.hits and not hits.settlements:
        empty_state(t("search.none"), t("search.none.text", text=hits.text))
        _what_can_be_typed()
        return
    for kind in HIT_KINDS:
        _kind(kind, [hit for hit in hits.hits if hit.kind == kind])
    _settlements(hits.settlements)
    if hits.more:
        st.caption(t("search.more"))


def _what_can_be_typed() -> None:
    section(t("search.teaches"))
    bullets(t(f"search.teaches.{name}") for name in _TEACHES)


def _kind(kind: str, hits: list[Hit]) -> None:
    if not hits:
        return
    section(_kind_label(kind), figures().count(len(hits)))
    if all(hit.name == hit.pseudonym for hit in hits):
        table([t("search.column.page")], [[_page(hit)] for hit in hits])
        return
    columns = [t("search.column.page"), t("search.column.id")]
    table(columns, [[_page(hit), styled(hit.pseudonym, "mono muted")] for hit in hits])


def _kind_label(kind: str) -> str:
    return t("search.alerts") if kind == "alert" else label("subject_kind", kind)


def _page(hit: Hit) -> Markup:
    if hit.kind == "alert":
        return link(hit.pseudonym, "alert", id=hit.pseudonym)
    return subject_link(hit.kind, hit.pseudonym, hit.name)


def _settlements(rows: tuple[SettlementHit, ...]) -> None:
    if not rows:
        return
    section(label("record", SETTLEMENT), figures().count(len(rows)))
    names = ("settlement", "day", "person", "place", "pool", "account", "alerts")
    table([t(f"search.column.{name}") for name in names], [_settlement(row) for row in rows], numeric=(4, 5))


def _settlement(row: SettlementHit) -> list[str]:
    alerts = join((link(alert, "alert", id=alert) for alert in row.alerts), " ")
    return [
        styled(row.pseudonym, "mono"),
        styled(figures().day(row.day), "nowrap"),
        subject_link("person", row.person),
        subject_link("provider", row.provider, row.place),
        amount(row.pool),
        amount(row.account),
        alerts or t("search.no_alerts"),
    ]


main()
