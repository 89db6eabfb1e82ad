"""Family: whose money, for whom, where, since when? One payer account at a time."""

from __future__ import annotations

import streamlit as st

from dashboard.charts.family import family_timeline
from dashboard.charts.flow import family_flow
from dashboard.markup import (
    amount,
    chip,
    empty_state,
    heading,
    message_markup,
    section,
    severity_chip,
    statement,
    styled,
    table,
)
from dashboard.navigation import link
from dashboard.query_cache import detector_label, query
from dashboard.subjects import subject_link
from dashboard.wording import figures, label, language, localized, t
from detection.store.queries import alert as alert_queries
from detection.store.queries import family as queries


def main() -> None:
    """Draw the account that the URL names, else the first."""
    heading(t("nav.family"), t("family.question"))
    payers = query(queries.payers)
    requested = st.query_params.get("payer", "")
    if not payers and not requested:
        empty_state(t("family.none"), t("family.none.text"))
        return
    family = query(queries.family, _choose(payers, requested))
    if family is None:
        empty_state(t("family.unknown"), t("family.unknown.text"))
        return
    _summary(family)
    section(t("family.timeline"), t("family.timeline.note"))
    st.altair_chart(family_timeline(family, _causes(family)), key=f"line_{family.payer}_{language()}")
    left, right = st.columns([1.2, 1], gap="medium")
    with left:
        _flow(family)
    with right:
        _relatives(family)
        _alerts(family)


def _choose(payers: list[tuple[str, list[str]]], requested: str) -> str:
    detectors = dict(payers)
    names = list(detectors)
    if requested and requested not in detectors:
        return requested
    chosen = st.selectbox(
        t("family.choose"),
        names,
        index=names.index(requested) if requested else 0,
        format_func=lambda payer: (
            f"{payer} · {t('separator').join(detector_label(name) for name in detectors[payer])}"
        ),
        key=f"payer_{requested}_{language()}",
        width=760,
    )
    if chosen != requested:
        st.query_params["payer"] = chosen
    return str(chosen)


def _summary(family: queries.Family) -> None:
    statement(
        message_markup(
            "family.sentence",
            payer=subject_link("payer_account", family.payer),
            n=figures().count(len(family.payments)),
            sum=figures().money(sum(payment.amount for payment in family.payments)),
            people=str(len(family.relatives)),
        )
    )


def _causes(family: queries.Family) -> dict[str, str]:
    """Causes in words, from the cards of the account's alerts."""
    words: dict[str, str] = {}
    for row in family.alerts:
        alert = query(alert_queries.alert, row.alert_id)
        for name, cause in (alert.card.causes if alert else {}).items():
            words[name] = localized(cause)
    return words


def _flow(family: queries.Family) -> None:
    section(t("family.flow"), t("family.flow.note"))
    if not family.payments:
        st.caption(t("family.no_payments"))
        return
    height = max(60 + 26 * len({payment.place for payment in family.payments}), 240)
    st.echarts_chart(family_flow(family), height=min(height, 420), key=f"flow_{family.payer}_{language()}")


def _relatives(family: queries.Family) -> None:
    section(t("family.relatives"), t("family.payer", age=_age(family.age)))
    columns = [
        t(f"family.column.{name}") for name in ("person", "relation", "age", "insured", "payments", "amount")
    ]
    table(
        columns,
        [
            [
                subject_link("person", relative.beneficiary),
                label("relation", relative.relation),
                _age(relative.age),
                t("family.here") if relative.insured_here else chip(t("family.elsewhere"), "fw-muted"),
                figures().count(relative.payments),
                amount(relative.amount),
            ]
            for relative in family.relatives
        ],
        numeric=(2, 4, 5),
    )


def _age(years: int | None) -> str:
    return "–" if years is None else str(years)


def _alerts(family: queries.Family) -> None:
    section(t("family.alerts"))
    table(
        [t("column.severity"), t("column.title"), t("fund.account"), t("column.last")],
        [
            [
                severity_chip(row.severity, row.queue),
                link(localized(row.title), "alert", id=row.alert_id),
                amount(row.account),
                styled(figures().day(row.last), "nowrap"),
            ]
            for row in family.alerts
        ],
        numeric=(2,),
    )


main()
