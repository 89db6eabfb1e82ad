"""Family: whose money, for whom, where, since when? One payer account at a time."""

from __future__ import annotations

import streamlit as st

from dashboard.charts.family import family_timeline
from dashboard.family_views.flows import draw_flows
from dashboard.family_views.relations import draw_conflicts, draw_relatives
from dashboard.markup import (
    chip,
    empty_state,
    heading,
    join,
    message_markup,
    section,
    severity_chip,
    statement,
    table,
)
from dashboard.navigation import link
from dashboard.query_cache import detector_label, detectors, query
from dashboard.subjects import subject_link
from dashboard.wording import figures, label, language, localized, t
from detection.store.queries import family as queries
from detection.store.queries.alerts import Row

# Accounts to choose from; every other one is opened from the list of alerts or by the search.
_MOST_ACCOUNTS = 300


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
    left, right = st.columns([1.7, 1], gap="medium")
    with left:
        draw_relatives(family)
    with right:
        draw_conflicts(family)
    section(t("family.timeline"), t("family.timeline.note"))
    st.altair_chart(family_timeline(family, _cause_words(family)), key=f"line_{family.payer}_{language()}")
    left, right = st.columns([1.3, 1], gap="medium")
    with left:
        draw_flows(family)
    with right:
        _alerts(family)


def _choose(payers: list[tuple[str, list[str]]], requested: str) -> str:
    """The accounts with alerts; one that the URL names is in the list as well."""
    known = dict(payers[:_MOST_ACCOUNTS])
    names = [*([requested] if requested and requested not in known else []), *known]

    def title(payer: str) -> str:
        what = t("separator").join(detector_label(name) for name in known.get(payer, ()))
        return f"{payer} · {what or t('family.no_alert')}"

    chosen = st.selectbox(
        t("family.choose"),
        names,
        index=names.index(requested) if requested else 0,
        format_func=title,
        key=f"payer_{requested}_{language()}",
        width=760,
    )
    if len(payers) > _MOST_ACCOUNTS:
        total, most = figures().count(len(payers)), figures().count(_MOST_ACCOUNTS)
        st.caption(t("family.choose.more", n=total, most=most))
    if chosen != requested:
        st.query_params["payer"] = chosen
    return str(chosen)


def _summary(family: queries.Family) -> None:
    cited = sum(payment.citation() is not None for payment in family.payments)
    sentences = [
        message_markup(
            "family.sentence",
            payer=subject_link("payer_account", family.payer),
            n=figures().count(len(family.payments)),
            sum=figures().money(family.amount),
            people=str(len(family.relatives)),
        ),
        *([t("family.cited", n=figures().count(cited))] if cited else []),
        *([t("family.to_check", n=figures().count(len(family.conflicts)))] if family.conflicts else []),
    ]
    statement(join(sentences, " " if language() == "en" else ""))


def _cause_words(family: queries.Family) -> dict[tuple[str, str], str]:
    """What an alert says of its payments, by alert and cause: the cause on its card, else the alert's title."""
    words: dict[tuple[str, str], str] = {}
    for row in family.alerts:
        card = detectors().get(row.detector)
        words[row.alert_id, ""] = localized(row.title)
        for name, cause in (card.causes if card else {}).items():
            words[row.alert_id, name] = localized(cause)
    return words


def _alerts(family: queries.Family) -> None:
    section(t("family.alerts"), t("family.alerts.note"))
    if not family.alerts:
        st.caption(t("family.alerts.none"))
        return
    table(
        [t("column.severity"), t("column.title"), t("column.subject")],
        [
            [
                severity_chip(row.severity, row.queue),
                link(localized(row.title), "alert", id=row.alert_id),
                _subject(row, family.payer),
            ]
            for row in family.alerts
        ],
    )


def _subject(row: Row, payer: str) -> str:
    """Whom an alert is about, and its status where nobody has to attend to it any more."""
    if row.pseudonym != payer:
        return subject_link(row.subject_kind, row.pseudonym, row.subject)
    return join(
        [t("family.this_account"), *([] if row.status == "new" else [" ", chip(label("status", row.status))])]
    )


main()
