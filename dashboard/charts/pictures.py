"""The picture that an alert's card declares, made from the alert's evidence."""

from __future__ import annotations

import streamlit as st

from dashboard.charts.evidence import days_by_people, swipe_timeline, visit_calendar
from dashboard.charts.family import family_timeline
from dashboard.charts.flow import money_flow
from dashboard.charts.months import signed_months
from dashboard.query_cache import query
from dashboard.wording import language, localized, t
from detection.store.queries import evidence as evidence_queries
from detection.store.queries import family as family_queries
from detection.store.queries.alert import AlertPage
from detection.store.queries.evidence import EvidenceRow


def picture(alert: AlertPage, rows: list[EvidenceRow]) -> None:
    """Draw the picture, with a note when it shows a part of the evidence only."""
    causes = {name: localized(cause) for name, cause in alert.card.causes.items()}
    key = f"picture_{alert.row.alert_id}_{language()}"
    if not rows:
        _record_picture(alert, key)
        return
    match alert.card.picture:
        case "days_by_people":
            st.altair_chart(days_by_people(rows), key=key)
        case "visit_calendar" | "peer_strip":
            st.altair_chart(visit_calendar(rows), key=key)
        case "money_flow":
            payer = alert.row.subject if alert.row.subject_kind == "payer_account" else ""
            st.echarts_chart(money_flow(rows, payer), height=260, key=key)
        case "family_timeline" if (family := query(family_queries.family, alert.row.subject)) is not None:
            st.altair_chart(family_timeline(family, causes, columns=3), key=key)
        case _:
            st.altair_chart(swipe_timeline(rows, causes), key=key)
    if len(rows) < alert.row.evidence_rows:
        st.caption(t("picture.part", shown=len(rows), all=alert.row.evidence_rows))


def _record_picture(alert: AlertPage, key: str) -> None:
    """Records have neither a time of day nor an institution: their money by month."""
    months = query(evidence_queries.record_months, alert.row.alert_id)
    if months:
        st.altair_chart(signed_months(months), key=key)
    else:
        st.caption(t("picture.none"))
