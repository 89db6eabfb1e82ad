"""The inspection plan on the first screen and in the store: masked, within the days, each settlement once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.wording import catalogue
from detection.store.queries.alerts import Filters, rows
from detection.store.queries.inspection import inspection_plan
from detection.store.queries.reader import open_reader
from detection.store.queries.totals import totals

OpenPage = Callable[..., AppTest]


def html_of(app: AppTest) -> str:
    return "\n".join(str(piece.value) for piece in app.html)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_first_screen_shows_the_plan_for_the_days_at_hand(
    open_page: OpenPage, sample: Path, language: str
) -> None:
    app = open_page(sample, "home", lang=language)
    assert not app.exception
    assert catalogue(language)["plan.title"] in html_of(app)
    many = html_of(app).count("fw-chip")
    app.number_input(key="plan_days").set_value(2).run()
    assert not app.exception
    assert html_of(app).count("fw-chip") < many


def test_the_plan_is_masked_and_ends_at_the_days(sample: Path) -> None:
    with open_reader(sample) as reader:
        assert reader is not None
        plan = inspection_plan(reader, 12)
        open_alerts = {row.alert_id for row in rows(reader, Filters(queue="institutions"))}
        whole = totals(reader, Filters(queue="institutions"))
    assert plan.stops and plan.left_out
    assert plan.stops[-1].days_so_far == sum(stop.days for stop in plan.stops) <= 12
    every = [*plan.stops, *plan.left_out]
    assert all(re.fullmatch(r"[A-Z]-\w{13}", stop.provider) for stop in every)
    assert {alert for stop in every for alert in stop.alerts} <= open_alerts
    assert whole.in_question.pool > 0
    for kind in whole.kinds:
        assert sum(stop.totals.of(kind).pool for stop in every) == whole.of(kind).pool
    order = [stop.expected_fen for stop in plan.stops]
    assert order == sorted(order, reverse=True)
