"""The picture that an alert's card declares, made from the alert's evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from dashboard.charts.evidence import days_by_people, swipe_timeline, visit_calendar
from dashboard.charts.family import family_timeline
from dashboard.charts.flow import money_flow
from dashboard.charts.months import signed_months
from dashboard.charts.proof.cap import cap
from dashboard.charts.proof.delay import delay
from dashboard.charts.proof.drawing import Draw, Drawing, Pair, Row
from dashboard.charts.proof.gaps import paid_and_due
from dashboard.charts.proof.items import items
from dashboard.charts.proof.ledger import ledger
from dashboard.charts.proof.line import line
from dashboard.charts.proof.operator_day import operator_day
from dashboard.charts.proof.pair import pair
from dashboard.charts.proof.prescription_flow import prescription_flow
from dashboard.charts.proof.stay import stay
from dashboard.charts.proof.surroundings import NOTHING, Surroundings
from dashboard.charts.proof.travel import travel
from dashboard.identities import unmasked
from dashboard.markup import bold, table
from dashboard.query_cache import query
from dashboard.wording import label, language, localized, t
from detection.store.queries import evidence as evidence_queries
from detection.store.queries import family as family_queries
from detection.store.queries.alert import AlertPage
from detection.store.queries.evidence import EvidenceRow

_WITH_SURROUNDINGS: Mapping[str, Callable[[Sequence[Row], Surroundings], Drawing | None]] = {
    "cap": cap,
    "travel": travel,
}
FROM_PROOF: Mapping[str, Draw] = {
    "stay": stay,
    "line": line,
    "items": items,
    "pair": pair,
    "travel": travel,
    "cap": cap,
    "ledger": ledger,
    "operator_day": operator_day,
    "prescription_flow": prescription_flow,
    "delay": delay,
    "paid_and_due": paid_and_due,
}
"""Pictures that are drawn from the values stored with the evidence."""

_CALENDARS = ("visit_calendar", "peer_strip")
_FEW = 3  # settlements: a calendar of them is empty
_FLOW_HEIGHT = 260


def drawing_of(alert: AlertPage, rows: Sequence[Row], around: Surroundings = NOTHING) -> Drawing | None:
    """The picture from stored values; None where the card has none, or the rows lack what it shows."""
    if shown := _WITH_SURROUNDINGS.get(alert.card.picture):
        return shown(rows, around)
    draw = FROM_PROOF.get(alert.card.picture)
    return draw(rows) if draw else None


def picture_title(alert: AlertPage, drawing: Drawing | None, rows: Sequence[EvidenceRow]) -> str:
    """What the picture shows, in a few words."""
    if drawing is not None:
        return label("picture", alert.card.picture)
    return label("picture", _plain(alert.card.picture, rows))


def draw_picture(alert: AlertPage, drawing: Drawing | None, rows: Sequence[EvidenceRow]) -> None:
    """Draw the picture, with a note when it shows a part of the evidence only."""
    key = f"picture_{alert.row.alert_id}_{language()}"
    if drawing is not None:
        _render(drawing, key)
    elif rows:
        _settlements(alert, list(rows), key)
    else:
        _record_picture(alert, key)
    if rows and len(rows) < alert.row.evidence_rows:
        st.caption(t("picture.part", shown=len(rows), all=alert.row.evidence_rows))


def _render(drawing: Drawing, key: str) -> None:
    for number, chart in enumerate(drawing.charts):
        st.altair_chart(chart, key=f"{key}_{number}")
    if drawing.flow is not None:
        st.echarts_chart(drawing.flow, height=_FLOW_HEIGHT, key=key)
    for each in drawing.pairs:
        _pair(each)
    st.caption(t(f"picture.caption.{drawing.caption}"))


def _pair(pair_: Pair) -> None:
    """Two rows side by side; what is equal is bold."""
    cells = []
    for name, *sides in pair_.lines:
        left, right = (unmasked(side) for side in sides)
        cells.append([name, bold(left), bold(right)] if left == right else [name, left, right])
    table(["", t("picture.this"), t("picture.other")], cells)


def _plain(name: str, rows: Sequence[EvidenceRow]) -> str:
    """The picture without stored values: a calendar of a few settlements says less than their times."""
    if not rows:
        return "signed_months"
    if name in FROM_PROOF or (name in _CALENDARS and len(rows) <= _FEW):
        return "swipe_timeline"
    return name


def _settlements(alert: AlertPage, rows: list[EvidenceRow], key: str) -> None:
    causes = {name: localized(cause) for name, cause in alert.card.causes.items()}
    match _plain(alert.card.picture, rows):
        case "days_by_people":
            st.altair_chart(days_by_people(rows), key=key)
        case "visit_calendar" | "peer_strip":
            st.altair_chart(visit_calendar(rows), key=key)
        case "money_flow":
            payer = alert.row.subject if alert.row.subject_kind == "payer_account" else ""
            st.echarts_chart(money_flow(rows, payer), height=_FLOW_HEIGHT, key=key)
        case "family_timeline" if (family := query(family_queries.family, alert.row.subject)) is not None:
            words = {(alert.row.alert_id, name): cause for name, cause in causes.items()}
            st.altair_chart(family_timeline(family, words, alert_id=alert.row.alert_id, columns=3), key=key)
        case _:
            st.altair_chart(swipe_timeline(rows, causes), key=key)


def _record_picture(alert: AlertPage, key: str) -> None:
    """Records have neither a time of day nor an institution: their money by month."""
    months = query(evidence_queries.record_months, alert.row.alert_id)
    if months:
        st.altair_chart(signed_months(months), key=key)
    else:
        st.caption(t("picture.none"))
