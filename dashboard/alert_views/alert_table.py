"""The table of alerts: one page of a list, with a selection of rows."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.alert_views.place import why_here
from dashboard.glossary import meaning
from dashboard.navigation import open_page
from dashboard.query_cache import detector_label
from dashboard.subjects import PAGES
from dashboard.theme import GRADES
from dashboard.wording import figures, label, language, t
from detection.language.messages import grade_group
from detection.store.queries.alerts import Row

_ROW_PIXELS = 30
_WIDTHS = {
    "severity": 86,
    "title": 150,
    "subject": 140,
    "place": 150,
    "pool": 86,
    "account": 86,
    "money_kind": 74,
    "status": 60,
    "change": 64,
    "why": 196,
    "last": 82,
    "number": 156,
    "rank": 62,
    "rows": 48,
    "first": 82,
}
"""Columns in pixels, the most important first: a window of 1280 shows them to the change, one of 1440 to the reason."""
_WIDTHS_OF = {
    "en": {"severity": 146, "title": 192, "place": 134, "status": 72, "change": 66, "money_kind": 82}
}
"""Where a language's words need another width."""
_BUTTONS = ("title", "subject", "place")
"""Columns whose cells open a page."""
_GRADE_GROUPS = tuple(sorted({grade_group(queue) for queue in ("institutions", "agency")}))
_TERMS = {
    "severity": "grade",
    "title": "alert",
    "rank": "rank",
    "pool": "pooled_fund",
    "account": "personal_account",
    "money_kind": "money_kind",
    "rows": "evidence",
    "change": "change",
    "why": "order_by_risk",
    "status": "status",
}
"""Columns whose heading says on hover what it means."""
_NUMBERS = {"rank": "%,d", "pool": "%,.2f", "account": "%,.2f", "rows": "%,d"}
"""Columns that the table sorts as numbers, and how they are written."""


def column_widths() -> dict[str, int]:
    """Columns in the order in which they are shown, with their widths in pixels in the reader's language."""
    return _WIDTHS | _WIDTHS_OF.get(language(), {})


def draw_alerts(rows: list[Row], *, key: str) -> list[Row]:
    """One page of alerts; returns the selected ones.

    Args:
        rows: the page.
        key: changes with page, filters, sort order and the store's state, so that no selection outlives them.
    """
    clicked = f"open|{key}"
    table = st.dataframe(
        [_cells(row) for row in rows],
        key=f"rows|{key}",
        on_select="rerun",
        selection_mode="multi-row",
        hide_index=True,
        row_height=_ROW_PIXELS,
        height=_ROW_PIXELS * (len(rows) + 1) + 2,
        column_config=_columns(clicked),
        placeholder="–",
    )
    for column in _BUTTONS:
        click = st.session_state.get(f"{column}|{clicked}")
        if click is not None and click["row"] < len(rows):
            _open(column, rows[click["row"]])
    return [rows[index] for index in table.selection.rows if index < len(rows)]


def _open(column: str, row: Row) -> None:
    """Open what a cell of a row names: its alert, or the page of its subject or institution where there is one."""
    match column:
        case "subject" if row.subject_kind in PAGES:
            open_page(PAGES[row.subject_kind], id=row.pseudonym)
        case "place" if row.provider:
            open_page(PAGES["provider"], id=row.provider)
        case _:
            open_page("alert", id=row.alert_id)


def _cells(row: Row) -> dict[str, str | int | float | list[str] | None]:
    """The cells of a row, in the order in which columns are shown."""
    return {
        "severity": [label(grade_group(row.queue), row.severity)],
        "title": detector_label(row.detector),
        "subject": row.subject,
        "place": row.place,
        "pool": figures().sortable_yuan(row.pool),
        "account": figures().sortable_yuan(row.account),
        "money_kind": label("money_kind_short", row.money_kind),
        "status": label("status", row.status),
        "change": label("change", row.change),
        "why": why_here(row),
        "last": row.last,
        "number": row.alert_id,
        "rank": None if row.among_all else row.peer_rank,
        "rows": row.evidence_rows,
        "first": row.first,
    }


def _columns(clicked: str) -> dict[str, Any]:
    """Configuration of the columns.

    Args:
        clicked: end of the session keys that receive clicks, each after the name of a column.
    """
    config = st.column_config
    widths = column_widths()
    columns: dict[str, Any] = {
        name: config.TextColumn(t(f"column.{name}"), width=width, help=_help(name))
        for name, width in widths.items()
    }
    grades = [(group, grade) for group in _GRADE_GROUPS for grade in GRADES]
    columns["severity"] = config.MultiselectColumn(
        t("column.severity"),
        width=widths["severity"],
        options=[label(*each) for each in grades],
        color=[GRADES[grade] for _, grade in grades],
        help=_help("severity"),
    )
    columns |= {
        name: config.NumberColumn(t(f"column.{name}"), width=widths[name], format=form, help=_help(name))
        for name, form in _NUMBERS.items()
    }
    columns |= {
        name: config.ButtonColumn(
            t(f"column.{name}"),
            type="tertiary",
            alignment="left",
            key=f"{name}|{clicked}",
            width=widths[name],
            help=_help(name),
        )
        for name in _BUTTONS
    }
    return columns


def _help(column: str) -> str | None:
    return meaning(_TERMS[column]) if column in _TERMS else None
