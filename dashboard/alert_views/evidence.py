"""Evidence of an alert: prices of its first settlements, its settlements, and its records of other tables."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.alert_views.evidence_columns import Row, TableColumn, split_columns, table_columns
from dashboard.markup import bold, element, join, literal, render, section, table
from dashboard.query_cache import query
from dashboard.wording import figures, localized, t
from detection.store.queries import evidence as queries
from detection.store.queries.alert import AlertPage

_PAGE = 20


def draw_prices(alert: AlertPage) -> None:
    """How the first settlements are priced, if the detector explains it."""
    if not alert.priced:
        return
    section(t("alert.priced"), t("alert.priced.note"))
    for settlement, column in zip(alert.priced, st.columns(len(alert.priced)), strict=True):
        with column:
            st.caption(literal(settlement.settlement_id))
            table(
                [t("column.step"), t("column.amount_yuan")],
                [[localized(step.text), figures().yuan(step.fen)] for step in settlement.steps],
                numeric=(1,),
            )


def draw_evidence(alert: AlertPage) -> None:
    """Settlements, records, or both, a page at a time; each row with its place in the source."""
    alert_id = alert.row.alert_id
    if count := query(queries.record_count, alert_id):
        section(t("alert.records"), t("alert.records.note", n=figures().count(count), sum=_total(alert)))
        page = _page(count, key=f"records_{alert_id}")
        records = query(queries.records, alert_id, page=page, size=_PAGE)
        _rows(alert, query(queries.picture_records, alert_id), records, count)
    if count := query(queries.evidence_count, alert_id):
        section(t("alert.rows"), t("alert.rows.note", n=figures().count(count), sum=_total(alert)))
        page = _page(count, key=f"evidence_{alert_id}")
        settlements = query(queries.evidence, alert_id, page=page, size=_PAGE)
        _rows(alert, query(queries.picture_rows, alert_id), settlements, count)


def _rows(alert: AlertPage, known: Sequence[Row], shown: Sequence[Row], count: int) -> None:
    """What all rows share, then a page of them.

    Args:
        alert: the alert.
        known: the first rows, by which columns are chosen, the same for every page.
        shown: the rows of the page.
        count: of all rows.
    """
    columns, common = split_columns(table_columns(alert.card), known)
    if count > len(known):  # later rows may differ
        columns, common = [*columns, *common], []
        st.caption(t("alert.rows.first", n=figures().count(len(known))))
    _common(common, known)
    table(
        [column.title for column in columns],
        [[column.cell(row) for column in columns] for row in shown],
        numeric=[number for number, column in enumerate(columns) if column.numeric],
        css="evidence",
    )


def _common(columns: Sequence[TableColumn], rows: Sequence[Row]) -> None:
    """Values that all rows have."""
    if columns:
        pairs = [
            element("span", f"{column.title} ", "fw-muted") + bold(column.cell(rows[0])) for column in columns
        ]
        render(element("p", join([t("alert.rows.same"), *pairs], " · "), "fw-same"))


def _page(rows: int, *, key: str) -> int:
    """The page that the reader is on, with a control where there are several."""
    pages = max(-(-rows // _PAGE), 1)
    return st.pagination(pages, key=key) if pages > 1 else 1


def _total(alert: AlertPage) -> str:
    return figures().money(alert.row.pool + alert.row.account)
