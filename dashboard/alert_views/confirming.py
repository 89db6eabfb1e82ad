"""What an act would be done to: the subjects, and their money by kind, with each settlement once."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.alert_views.money import money_lines
from dashboard.markup import amount, lines, ribbon, table
from dashboard.query_cache import detector_label, query
from dashboard.wording import figures, label, t
from detection.store.queries.alerts import Row, totals_of

_MOST = 12


def what_is_selected(selected: Sequence[Row]) -> None:
    """A table of the selected alerts, the first `_MOST` of them, and the money of all."""
    columns = [t(f"column.{name}") for name in ("title", "subject", "money_kind", "pool", "account")]
    table(
        columns,
        [
            [
                detector_label(row.detector),
                row.subject,
                label("money_kind_short", row.money_kind),
                amount(row.pool),
                amount(row.account),
            ]
            for row in selected[:_MOST]
        ],
        numeric=(3, 4),
    )
    if len(selected) > _MOST:
        st.caption(t("act.more", n=figures().count(len(selected) - _MOST)))
    totals = query(totals_of, tuple(row.alert_id for row in selected))
    ribbon(lines([t("act.money", n=figures().count(totals.alerts)), *money_lines(totals)]))
