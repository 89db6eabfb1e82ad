"""What an act would be done to, with each settlement's money once, and what it needs besides a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.alert_views.money import money_lines
from dashboard.casework_views.words import names_of
from dashboard.markup import amount, lines, ribbon, styled, table
from dashboard.pager import PAGE_ROWS
from dashboard.query_cache import detector_label, query
from dashboard.wording import DAY_FORMAT, figures, label, language, t
from detection.cases.codes import VERDICTS, codes
from detection.cases.limits import limits
from detection.store.queries.alerts import Row, totals_of

_USUAL_SNOOZE = 14
"""Days that the field begins with."""


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


@dataclass(frozen=True)
class Details:
    """What an act needs besides a reason: a verdict with its reason, or the day on which a snooze ends."""

    code: str = ""
    until: dt.date | None = None


def ask_details(action: str, today: dt.date) -> Details | None:
    """Fields for what an action needs; None while something is missing."""
    match action:
        case "dismiss":
            choices = codes().of("dismissal")
            code = st.selectbox(
                t("act.verdict"),
                choices,
                index=None,
                placeholder=t("act.verdict.choose"),
                format_func=names_of(VERDICTS, choices),
                key=f"verdict_{language()}",
            )
            amount_text = figures().money(limits().second_review_from)
            st.caption(t("act.second_review", money=amount_text))
            return Details(code=code) if code else None
        case "snooze":
            until = st.date_input(
                t("act.until"),
                value=today + dt.timedelta(days=_USUAL_SNOOZE),
                min_value=today + dt.timedelta(days=1),
                max_value=today + dt.timedelta(days=limits().longest_snooze),
                format=DAY_FORMAT,
                key=f"until_{language()}",
            )
            return Details(until=until) if isinstance(until, dt.date) else None
        case _:
            return Details()
