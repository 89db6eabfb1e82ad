"""Evidence of an alert: prices of its first settlements, its settlements, and its records of other tables."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.markup import section, styled, table
from dashboard.query_cache import query
from dashboard.wording import figures, label, localized, t, time_text
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
            st.caption(settlement.settlement_id)
            table(
                [t("column.step"), t("column.amount_yuan")],
                [[localized(step.text), figures().yuan(step.fen)] for step in settlement.steps],
                numeric=(1,),
            )


def draw_evidence(alert: AlertPage) -> None:
    """Settlements, records, or both, a page at a time; each row with its place in the source."""
    if query(queries.record_count, alert.row.alert_id):
        _records(alert)
    if query(queries.evidence_count, alert.row.alert_id):
        _settlements(alert)


def _settlements(alert: AlertPage) -> None:
    count, causes = query(queries.evidence_count, alert.row.alert_id), alert.card.causes
    note = t("alert.rows.note", n=figures().count(count), sum=_total(alert))
    if len(causes) == 1:  # in the heading, not in every row
        note += f" · {localized(next(iter(causes.values())))}"
    section(t("alert.rows"), note)
    page = _page(count, key=f"evidence_{alert.row.alert_id}")
    rows = query(queries.evidence, alert.row.alert_id, page=page, size=_PAGE)
    names = ["settled_at", "cause", "person", "place", "pool", "account", "source"]
    cells = [_settlement_cells(alert, row) for row in rows]
    if len(causes) < 2:  # nothing to distinguish
        names.remove("cause")
        cells = [[*row[:1], *row[2:]] for row in cells]
    table([t(f"column.{name}") for name in names], cells, numeric=(len(names) - 3, len(names) - 2))


def _records(alert: AlertPage) -> None:
    """Records of other tables; money is signed: below zero it is owed to the insured."""
    count = query(queries.record_count, alert.row.alert_id)
    section(t("alert.records"), t("alert.records.note", n=figures().count(count), sum=_total(alert)))
    page = _page(count, key=f"records_{alert.row.alert_id}")
    names = ["day", "table", "record", "cause", "person", "pool", "account", "source"]
    table(
        [t(f"column.{name}") for name in names],
        [
            [
                styled(figures().day(record.day), "nowrap"),
                label("table", record.table),
                styled(record.record, "mono"),
                _cause(alert, record.cause),
                styled(record.person, "mono"),
                figures().yuan(record.pool),
                figures().yuan(record.account),
                _source(record),
            ]
            for record in query(queries.records, alert.row.alert_id, page=page, size=_PAGE)
        ],
        numeric=(5, 6),
    )


def _page(rows: int, *, key: str) -> int:
    """The page that the reader is on, with a control where there are several."""
    pages = max(-(-rows // _PAGE), 1)
    return st.pagination(pages, key=key) if pages > 1 else 1


def _total(alert: AlertPage) -> str:
    return figures().money(alert.row.pool + alert.row.account)


def _cause(alert: AlertPage, name: str) -> str:
    cause = alert.card.causes.get(name)
    return localized(cause) if cause else name


def _source(row: queries.EvidenceRow | queries.RecordRow) -> Markup:
    return styled(t("alert.source", file=row.source_file, row=row.source_row), "muted")


def _settlement_cells(alert: AlertPage, row: queries.EvidenceRow) -> list[str]:
    return [
        styled(time_text(row.settled_at), "nowrap"),
        _cause(alert, row.cause),
        styled(row.person, "mono"),
        styled(row.provider, "place"),
        figures().yuan(row.pool),
        figures().yuan(row.account),
        _source(row),
    ]
