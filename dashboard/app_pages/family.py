"""Family: whose money, for whom, where, since when? One payer account at a time."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.charts.family import family_timeline
from dashboard.charts.flow import family_flow
from dashboard.navigation import link
from dashboard.query_cache import detector_label, query
from dashboard.theme import amount, chip, empty_state, heading, section, severity_chip, styled, table
from dashboard.wording import day, exact, label, language, localized, number, t
from detection.store.queries import alert as alert_queries
from detection.store.queries import family as queries


def main() -> None:
    """Draw the account that the address names, else the first one."""
    heading(t("nav.family"), t("family.question"))
    payers = query(queries.payers)
    asked = st.query_params.get("payer", "")
    if not payers and not asked:
        empty_state(t("family.none"), t("family.none.text"))
        return
    found = query(queries.family, _choose(payers, asked))
    if found is None:
        empty_state(t("family.unknown"), t("family.unknown.text"))
        return
    paid = sum(one.amount for one in found.payments)
    st.html(
        '<div class="fw-seen">'
        + escape(
            t(
                "family.sentence",
                payer=found.payer,
                n=number(len(found.payments)),
                sum=exact(paid),
                people=len(found.relatives),
            )
        )
        + "</div>"
    )
    section(t("family.timeline"), t("family.timeline.note"))
    st.altair_chart(family_timeline(found, _causes(found)), key=f"line_{found.payer}_{language()}")
    left, right = st.columns([1.2, 1], gap="medium")
    with left:
        section(t("family.flow"), t("family.flow.note"))
        if found.payments:
            height = max(60 + 26 * len({one.place for one in found.payments}), 240)
            st.echarts_chart(
                family_flow(found), height=min(height, 420), key=f"flow_{found.payer}_{language()}"
            )
        else:
            st.caption(t("family.no_payments"))
    with right:
        _relatives(found)
        _alerts(found)


def _choose(payers: list[tuple[str, list[str]]], asked: str) -> str:
    detectors = dict(payers)
    names = list(detectors)
    if asked and asked not in detectors:
        return asked
    chosen = st.selectbox(
        t("family.choose"),
        names,
        index=names.index(asked) if asked else 0,
        format_func=lambda one: (
            f"{one} · {t('separator').join(detector_label(name) for name in detectors[one])}"
        ),
        key=f"payer_{asked}_{language()}",
        width=760,
    )
    if chosen != asked:
        st.query_params["payer"] = chosen
    return str(chosen)


def _causes(found: queries.Family) -> dict[str, str]:
    """Causes in words, out of the cards of the account's alerts."""
    words: dict[str, str] = {}
    for one in found.alerts:
        page = query(alert_queries.alert, one.alert_id)
        for name, cause in (page.card.get("cause", {}) if page else {}).items():
            words[name] = localized(cause)
    return words


def _relatives(found: queries.Family) -> None:
    section(t("family.relatives"), t("family.payer", age=found.age if found.age is not None else "–"))
    columns = [
        t(f"family.column.{name}") for name in ("person", "relation", "age", "insured", "payments", "amount")
    ]
    table(
        columns,
        [
            [
                styled(one.beneficiary, "mono"),
                escape(label("relation", one.relation)),
                "–" if one.age is None else str(one.age),
                escape(t("family.here")) if one.insured_here else chip(t("family.elsewhere"), "fw-muted"),
                number(one.payments),
                amount(one.amount),
            ]
            for one in found.relatives
        ],
        numeric=(2, 4, 5),
    )


def _alerts(found: queries.Family) -> None:
    section(t("family.alerts"))
    table(
        [t("column.severity"), t("column.title"), t("fund.account"), t("column.last")],
        [
            [
                severity_chip(one.severity, one.queue),
                link(localized(one, "title"), "alert", id=one.alert_id),
                amount(one.account),
                styled(day(one.last), "nowrap"),
            ]
            for one in found.alerts
        ],
        numeric=(2,),
    )


main()
