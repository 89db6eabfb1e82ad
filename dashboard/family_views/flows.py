"""Where the money of an account went: the largest flows drawn, all others as one that opens into its rows."""

from __future__ import annotations

import streamlit as st

from dashboard.charts.flow import MOST, family_flow
from dashboard.markup import bold, section, table
from dashboard.subjects import subject_link
from dashboard.wording import figures, language, t
from detection.families.flows import Flow, Flows, flows_of
from detection.store.queries.family import Family

_ROW, _LEAST_HEIGHT, _MOST_HEIGHT = 24, 240, 640
_MOST_ROWS, _TABLE_HEIGHT = 12, 380


def draw_flows(family: Family) -> None:
    """The picture, its sum, and the others."""
    section(t("family.flow"), t("family.flow.note"))
    if not family.payments:
        st.caption(t("family.no_payments"))
        return
    payments = ((each.beneficiary, each.institution, each.amount) for each in family.payments)
    flows = flows_of(payments, most=MOST)
    people = len({flow.person for flow in (*flows.largest, *flows.others)})
    places = len({flow.place for flow in flows.largest}) + bool(flows.others)
    height = min(max(60 + _ROW * max(people, places), _LEAST_HEIGHT), _MOST_HEIGHT)
    st.echarts_chart(family_flow(family, flows), height=height, key=f"flow_{family.payer}_{language()}")
    if flows.others:
        _draw_others(family, flows)


def _draw_others(family: Family, flows: Flows) -> None:
    sums = {
        "drawn": figures().money(flows.total - flows.total_of_others),
        "others": figures().money(flows.total_of_others),
        "total": figures().money(flows.total),
    }
    st.caption(t("family.others.sum", n=len(flows.largest), m=len(flows.others), **sums))
    with st.expander(t("family.others", n=len(flows.others), sum=sums["others"])):
        names = {payment.institution: payment.place for payment in family.payments}
        columns = ("person", "place", "payments", "amount")
        rows = [_row(flow, names[flow.place]) for flow in flows.others]
        total = [bold(t("family.others.total")), "", "", bold(sums["others"])]
        with st.container(height=_TABLE_HEIGHT if len(rows) > _MOST_ROWS else "content", border=False):
            table([t(f"family.column.{name}") for name in columns], [*rows, total], numeric=(2, 3))


def _row(flow: Flow, name: str) -> list[str]:
    return [
        subject_link("person", flow.person),
        subject_link("provider", flow.place, name),
        figures().count(flow.payments),
        figures().money(flow.amount),
    ]
