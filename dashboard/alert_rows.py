"""The rows behind an alert: how its first settlements were priced, its settlements, and its records of other tables."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.query_cache import query
from dashboard.theme import section, styled, table
from dashboard.wording import exact, label, localized, number, plain, t
from detection.store.queries import alert as queries

_PAGE = 20


def draw_prices(found: queries.AlertPage) -> None:
    """How the first settlements were priced, where the detector tells it."""
    if not found.priced:
        return
    section(t("alert.priced"), t("alert.priced.note"))
    for one, beside in zip(found.priced, st.columns(len(found.priced)), strict=True):
        with beside:
            st.caption(one.settlement)
            table(
                [t("column.step"), t("column.amount_yuan")],
                [[escape(localized(step)), plain(step["fen"])] for step in one.steps],
                numeric=(1,),
            )


def draw_rows(found: queries.AlertPage) -> None:
    """The evidence, a page at a time, each row with where it came from: settlements, records, or both."""
    if query(queries.record_count, found.row.alert_id):
        _records(found)
    many, causes = query(queries.evidence_count, found.row.alert_id), found.card.get("cause", {})
    if not many:
        return
    note = t("alert.rows.note", n=number(many), sum=exact(found.row.pool + found.row.account))
    if len(causes) == 1:  # said once, not in every row
        note += f" · {localized(next(iter(causes.values())))}"
    section(t("alert.rows"), note)
    pages = max(-(-many // _PAGE), 1)
    page = st.pagination(pages, key=f"evidence_{found.row.alert_id}") if pages > 1 else 1
    rows = query(queries.evidence, found.row.alert_id, page=page, size=_PAGE)
    names = ["settled_at", "cause", "person", "place", "pool", "account", "source"]
    shown = [_row(found, one) for one in rows]
    if len(causes) < 2:  # nothing to tell apart
        names.remove("cause")
        shown = [[*cells[:1], *cells[2:]] for cells in shown]
    table([t(f"column.{name}") for name in names], shown, numeric=(len(names) - 3, len(names) - 2))


def _records(found: queries.AlertPage) -> None:
    """Records of other tables, a page at a time; money signed, what is owed to the insured below zero."""
    many = query(queries.record_count, found.row.alert_id)
    section(
        t("alert.records"),
        t("alert.records.note", n=number(many), sum=exact(found.row.pool + found.row.account)),
    )
    pages = max(-(-many // _PAGE), 1)
    page = st.pagination(pages, key=f"records_{found.row.alert_id}") if pages > 1 else 1
    names = ["day", "table", "record", "cause", "person", "pool", "account", "source"]
    table(
        [t(f"column.{name}") for name in names],
        [
            [
                styled(one.day, "nowrap"),
                escape(label("table", one.table)),
                styled(one.record, "mono"),
                _cause(found, one.cause),
                styled(one.person, "mono"),
                plain(one.pool),
                plain(one.account),
                _source(one),
            ]
            for one in query(queries.records, found.row.alert_id, page=page, size=_PAGE)
        ],
        numeric=(5, 6),
    )


def _cause(found: queries.AlertPage, name: str) -> str:
    cause = found.card.get("cause", {}).get(name, {})
    return escape(localized(cause) if cause else name)


def _source(one: queries.EvidenceRow | queries.RecordRow) -> str:
    return styled(t("alert.source", file=one.source_file, row=one.source_row), "muted")


def _row(found: queries.AlertPage, one: queries.EvidenceRow) -> list[str]:
    return [
        styled(one.settled_at[:16].replace("T", " "), "nowrap"),
        _cause(found, one.cause),
        styled(one.person, "mono"),
        f'<span class="fw-place">{escape(one.provider)}</span>',
        plain(one.pool),
        plain(one.account),
        _source(one),
    ]
