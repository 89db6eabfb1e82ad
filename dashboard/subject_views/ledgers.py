"""Money that is no settlement: an account's ledger and credits, and what an employer paid in."""

from __future__ import annotations

import streamlit as st

from dashboard.charts.subject_months import balance_months
from dashboard.markup import amount, section, styled, table
from dashboard.query_cache import query
from dashboard.wording import figures, label, language, t
from detection.store.queries.subjects.ledgers import contributions, credit_kinds, ledger
from detection.store.queries.subjects.profile import Profile

_MONTHS = 12


def draw_ledger(subject: Profile) -> None:
    """The balance by month on the left, what came in on the right."""
    left, right = st.columns([1.4, 1], gap="medium")
    with left:
        section(t("account.balance_by_month"), t("account.balance.note"))
        months = query(ledger, subject.pseudonym)
        if months:
            st.altair_chart(balance_months(months), key=f"ledger_{subject.pseudonym}_{language()}")
        else:
            st.caption(t("account.no_ledger"))
    with right:
        section(t("account.credits"))
        _credits(subject)


def _credits(subject: Profile) -> None:
    kinds = query(credit_kinds, subject.pseudonym)
    if not kinds:
        st.caption(t("account.no_credits"))
        return
    table(
        [
            t("account.entry_kind"),
            t("account.entries"),
            t("account.amount"),
            t("column.first"),
            t("column.last"),
        ],
        [
            [
                label("entry_kind", each.kind),
                figures().count(each.entries),
                amount(each.amount),
                styled(figures().day(each.first), "nowrap"),
                styled(figures().day(each.last), "nowrap"),
            ]
            for each in kinds
        ],
        numeric=(1, 2),
    )


def draw_contributions(subject: Profile) -> None:
    """Contributions of the latest months, the last first."""
    months = query(contributions, subject.pseudonym)
    section(t("employer.contributions"), t("employer.contributions.note", n=_MONTHS) if months else "")
    if not months:
        st.caption(t("employer.no_contributions"))
        return
    names = ("month", "people", "base", "own", "employer")
    table(
        [t(f"employer.column.{name}") for name in names],
        [
            [
                figures().month(each.month),
                figures().count(each.people),
                amount(each.base),
                amount(each.own),
                amount(each.employer),
            ]
            for each in reversed(months[-_MONTHS:])
        ],
        numeric=(1, 2, 3, 4),
    )
