"""Recovery: what cases have upheld, what came in, what is outstanding and overdue, by kind and fund."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.casework_views.acting import today
from dashboard.casework_views.words import state_chip, word
from dashboard.downloads import offer_list
from dashboard.markup import empty_state, heading, lines, ribbon, section, styled, table
from dashboard.navigation import link
from dashboard.pager import PAGE_ROWS, draw_pager, page_from_url
from dashboard.query_cache import query_now
from dashboard.wording import figures, language, t
from detection.cases.limits import limits
from detection.cases.money import STAGES
from detection.followup.exports import RecoveryList
from detection.store.queries.casework.tools.recovery import Recovery, recoveries, recovery_sums


def main() -> None:
    """Draw the page."""
    heading(t("nav.recovery"), t("recovery.question"))
    open_only = st.query_params.get("outstanding", "") == "1"
    note, toggle, files = st.columns([4, 1.4, 1], vertical_alignment="center")
    rows = query_now(recoveries, today(), outstanding=open_only)
    with note:
        ribbon(t("recovery.note", days=figures().count(limits().payment_days)))
    chosen = toggle.toggle(t("recovery.only"), value=open_only, key=f"open_{open_only}_{language()}")
    if chosen != open_only:
        st.query_params["outstanding"] = "1" if chosen else ""
        st.query_params.pop("page", None)
        st.rerun()
    if not rows:
        empty_state(t("recovery.none"), t("recovery.none.text"))
        return
    with files:
        offer_list(RecoveryList(today(), open_only), len(rows), key="recovery")
    section(t("recovery.sums"), t("recovery.sums.note"))
    _sums(rows)
    section(t("recovery.cases"), t("recovery.cases.note"))
    page = page_from_url(len(rows))
    _rows(rows[(page - 1) * PAGE_ROWS : page * PAGE_ROWS])
    draw_pager(len(rows), page, key=f"recovery_{open_only}")


def _sums(rows: Sequence[Recovery]) -> None:
    columns = [t("case.money.kind"), t("case.money.fund"), *(word("stage", stage) for stage in STAGES)]
    table(
        [*columns, t("recovery.outstanding"), t("recovery.overdue")],
        [
            [
                word("money", each.kind),
                word("fund", each.fund),
                *(figures().money(each.amounts[stage]) for stage in STAGES),
                figures().money(each.outstanding),
                figures().money(each.overdue),
            ]
            for each in recovery_sums(rows)
        ],
        numeric=(2, 3, 4, 5, 6, 7),
    )


def _rows(rows: Sequence[Recovery]) -> None:
    columns = [t("case.number"), t("case.state"), t("packet.subject"), t("case.money.kind")]
    table(
        [
            *columns,
            *(word("stage", stage) for stage in STAGES),
            t("recovery.outstanding"),
            t("recovery.due"),
        ],
        [_cells(row) for row in rows],
        numeric=(4, 5, 6, 7, 8),
    )


def _cells(row: Recovery) -> list[str]:
    late = [styled(t("recovery.late"), "over")] if row.overdue else []
    mono = row.subject == row.pseudonym
    return [
        link(row.case_id, "case", id=row.case_id),
        state_chip("case", row.state),
        styled(row.subject, "mono") if mono else row.subject,
        lines([word("money", row.kind), word("fund", row.fund)]),
        *(figures().money(row.amounts[stage]) for stage in STAGES),
        figures().money(row.outstanding),
        lines([figures().day(row.due), *late]) if row.due else "–",
    ]


main()
