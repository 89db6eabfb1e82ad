"""What an act would be done to: the subjects, and their money by kind, with each settlement once."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.alert_views.money import money_lines
from dashboard.markup import amount, lines, ribbon, styled, table
from dashboard.pager import PAGE_ROWS
from dashboard.query_cache import detector_label, query
from dashboard.wording import figures, label, t
from detection.store.queries.alerts import Row, totals_of


def what_is_selected(selected: Sequence[Row]) -> None:
    """A table of the selected alerts, the first `PAGE_ROWS` of them, and the money of all."""
    columns = [
        t(f"column.{name}") for name in ("number", "title", "subject", "money_kind", "pool", "account")
    ]
    table(
        columns,
        [
            [
                styled(row.alert_id, "mono nowrap"),
                detector_label(row.detector),
                row.subject,
                label("money_kind_short", row.money_kind),
                amount(row.pool),
                amount(row.account),
            ]
            for row in selected[:PAGE_ROWS]
        ],
        numeric=(4, 5),
    )
    if len(selected) > PAGE_ROWS:
        st.caption(t("act.more", n=figures().count(len(selected) - PAGE_ROWS)))
    totals = query(totals_of, tuple(row.alert_id for row in selected))
    ribbon(lines([t("act.money", n=figures().count(totals.alerts)), *money_lines(totals)]))
