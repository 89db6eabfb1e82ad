"""Where to inspect with the days that are there: a number to set, and the institutions in order."""

from __future__ import annotations

import streamlit as st

from dashboard.alert_views.detector_links import detector_links
from dashboard.alert_views.money import funds
from dashboard.markup import amount, lines, ribbon, section, styled, table
from dashboard.query_cache import query
from dashboard.subjects import subject_link
from dashboard.wording import figures, label, t
from detection.store.queries.home import INSTITUTION_QUEUE
from detection.store.queries.home.figures import HEADLINES
from detection.store.queries.inspection import InspectionPlan, Stop, inspection_plan

_DAYS, _MOST_DAYS = 20, 1000


def draw_inspection_plan() -> None:
    """The days at hand, and the plan for them."""
    section(t("plan.title"), t("plan.note"))
    column, _ = st.columns([1, 3])
    with column:
        days = st.number_input(
            t("plan.days"), min_value=1, max_value=_MOST_DAYS, value=_DAYS, key="plan_days"
        )
    planned = query(inspection_plan, int(days))
    if not planned.stops and not planned.left_out:
        st.caption(t("plan.none"))
        return
    _totals(planned)
    columns = [
        "#",
        t("plan.column.institution"),
        t("plan.column.alerts"),
        *(t("money.funds", kind=label("money_kind_short", kind)) for kind in HEADLINES),
        t("plan.column.expected"),
        t("plan.column.rows"),
        t("plan.column.days"),
        t("plan.column.so_far"),
    ]
    rows = [_stop(number, stop) for number, stop in enumerate(planned.stops, 1)]
    table(columns, rows, numeric=range(3, 9))
    st.caption(t("plan.order"))


def _totals(planned: InspectionPlan) -> None:
    count = figures().count
    ribbon(
        t(
            "plan.total",
            n=count(len(planned.stops)),
            used=count(sum(stop.days for stop in planned.stops)),
            days=count(planned.days),
            others=count(len(planned.left_out)),
            more=count(sum(stop.days for stop in planned.left_out)),
        )
    )


def _stop(number: int, stop: Stop) -> list[str]:
    its_alerts = {"provider": stop.provider, "queue": INSTITUTION_QUEUE, "list": "all"}
    about = " · ".join(
        (label("provider_kind", stop.kind), label("level", stop.level), label("district", stop.district))
    )
    return [
        str(number),
        styled(
            lines([subject_link("provider", stop.provider, stop.name), styled(about, "muted nowrap")]), "wide"
        ),
        detector_links(stop.detectors, its_alerts),
        *(funds(stop.totals.of(kind)) for kind in HEADLINES),
        amount(stop.expected_fen),
        figures().count(stop.rows),
        figures().count(stop.days),
        figures().count(stop.days_so_far or 0),
    ]
