"""The list of alerts as a place of work: columns that sort, choices in order, a way back after every act."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest
from support.alert_acts import EXPLAINED

import dashboard
from dashboard.alert_views.actions import _Done
from dashboard.gate.access import DEMO
from dashboard.theme import GRADES
from dashboard.wording import catalogue
from detection.alerts.draft import SEVERITIES
from detection.cases.second_review import second_review
from detection.followup.acts import act
from detection.store.queries.alerts import Filters, choices, rows
from detection.store.queries.reader import open_reader

OpenPage = Callable[..., AppTest]


def test_money_is_a_number_so_that_a_column_sorts_by_size(open_page: OpenPage, sample: Path) -> None:
    app = open_page(sample, "alerts", list="all", sort="money", lang="zh")
    with open_reader(sample) as reader:
        assert reader is not None
        expected = rows(reader, Filters(list="all"), sort="money", page=1, size=25)
    shown = app.dataframe[0].value
    for name in ("pool", "account", "rows"):
        assert shown[name].dtype.kind in "if", name
    assert [round(yuan * 100) for yuan in shown["pool"]] == [row.pool for row in expected]


def test_grades_are_offered_by_weight(sample: Path) -> None:
    with open_reader(sample) as reader:
        assert reader is not None
        offered = choices(reader)["severity"]
    assert len(offered) > 3
    assert offered == [grade for grade in reversed(SEVERITIES) if grade in offered]


def test_grades_are_labels_in_the_colors_of_their_weight(open_page: OpenPage, sample: Path) -> None:
    app = open_page(sample, "alerts", list="all", lang="zh")
    config = json.loads(app.dataframe[0].proto.columns)["severity"]["type_config"]
    colors = {option["value"]: option["color"] for option in config["options"]}
    assert config["type"] == "multiselect"
    assert {grade for [grade] in app.dataframe[0].value["severity"]} <= set(colors)
    assert len(set(colors.values())) == len(SEVERITIES)
    style = (Path(dashboard.__file__).parent / "theme.css").read_text(encoding="utf-8")
    chips = dict(re.findall(r"\.fw-sev-(\w+) \{ background: (#\w+)", style))
    assert chips.items() <= GRADES.items()
    assert len(chips) == len(SEVERITIES) - 1, "a remark has no color"


def test_every_filter_takes_several_values_and_all_are_cleared_at_once(
    open_page: OpenPage, sample: Path
) -> None:
    chosen = {"severity": "watch,definite", "detector": "ineligible_person", "district": "320613"}
    app = open_page(sample, "alerts", list="all", lang="en", **chosen)
    assert {tuple(each.value) for each in app.multiselect} >= {("watch", "definite"), ("ineligible_person",)}
    [reset] = [button for button in app.button if button.label == catalogue("en")["filter.reset"]]
    reset.click().run()
    assert not app.exception
    assert not set(chosen) & set(app.query_params)
    assert app.query_params["list"] == "all"


def test_a_filtered_list_has_a_name_until_its_filters_are_cleared(open_page: OpenPage, sample: Path) -> None:
    app = open_page(sample, "alerts", list="all", severity="watch", lang="en")
    [field] = [each for each in app.text_input if each.label == catalogue("en")["list_name"]]
    field.set_value("Pharmacies in the north").run()
    assert not app.exception
    assert app.query_params["name"] == "Pharmacies in the north"
    assert "<h1>Pharmacies in the north</h1>" in "".join(str(part.value) for part in app.html)
    [reset] = [button for button in app.button if button.label == catalogue("en")["filter.reset"]]
    reset.click().run()
    assert "name" not in app.query_params
    assert f"<h1>{catalogue('en')['nav.alerts']}</h1>" in "".join(str(part.value) for part in app.html)


def test_an_act_can_be_taken_back_when_it_has_emptied_the_list(
    open_page: OpenPage, sample_to_change: Path
) -> None:
    with open_reader(sample_to_change) as reader:
        assert reader is not None
        only = next(
            row.alert_id
            for row in rows(reader, Filters(list="all"))
            if not second_review(row.alert_id, row.pool, row.account)
        )
    app = open_page(sample_to_change, "alerts", list="all", text=only, lang="en")
    assert len(app.dataframe[0].value) == 1
    at = "2024-07-03T09:00:00"
    done = act(
        sample_to_change, [only], actor=DEMO.actor, action="dismiss", note="explained", code=EXPLAINED, at=at
    )
    assert done.done == (only,) and not done.waiting
    app.session_state["acts_done"] = [_Done("dismiss", done.events)]
    app.run()
    assert not app.dataframe, "nothing is left"
    [undo] = [button for button in app.button if button.label == catalogue("en")["act.undo"]]
    undo.click().run()
    assert not app.exception
    assert len(app.dataframe[0].value) == 1


def test_a_typed_reason_outlives_a_reload_and_is_of_its_alert_alone(
    open_page: OpenPage, sample_to_change: Path
) -> None:
    with open_reader(sample_to_change) as reader:
        assert reader is not None
        first, second = [row.alert_id for row in rows(reader, Filters(list="all"))][:2]

    def reason(alert_id: str) -> Any:
        app = open_page(sample_to_change, "alert", id=alert_id, lang="en")
        [field] = [each for each in app.text_input if each.label == catalogue("en")["act.reason"]]
        return field

    reason(first).set_value("pharmacy of the same family").run()
    assert reason(first).value == "pharmacy of the same family"
    assert not reason(second).value
    act(
        sample_to_change,
        [second],
        actor=DEMO.actor,
        action="snooze",
        note="later",
        until=dt.date(2024, 7, 20),
        at="2024-07-03T09:00:00",
    )
    assert not reason(first).value, "the alerts are no longer as they were when it was typed"
