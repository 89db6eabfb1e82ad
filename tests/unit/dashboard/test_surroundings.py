"""Pictures of an alert with what is around its evidence: changes of policy, and outlines of districts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import altair as alt
import pytest
import streamlit as st

from dashboard.charts.proof.cap import cap
from dashboard.charts.proof.drawing import Drawing
from dashboard.charts.proof.outlines import district_layers
from dashboard.charts.proof.surroundings import PolicyDay, Surroundings
from dashboard.charts.proof.travel import travel
from dashboard.theme import INK
from detection.alerts.moment import Moment
from detection.store.queries import Filters
from detection.store.queries.alerts import rows
from detection.store.queries.evidence import EvidenceRow, picture_rows
from detection.store.queries.reader import open_reader
from detection.store.queries.subjects.outlines import Outline

DAYS = (dt.datetime(2024, 5, 6, 9), dt.datetime(2024, 7, 1, 9), dt.datetime(2024, 12, 2, 9))


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {"language": "zh"})


def evidence_of(workspace: Path, detector: str) -> list[EvidenceRow]:
    with open_reader(workspace) as reader:
        assert reader is not None
        return picture_rows(reader, rows(reader, Filters(detector=detector))[0].alert_id)


def labels(drawing: Drawing | None) -> list[str]:
    """Texts that are written on a picture."""
    assert drawing is not None
    written: list[str] = []

    def walk(part: object) -> None:
        if isinstance(part, dict):
            written.extend(str(part[name]) for name in ("label", "name") if name in part)
            for each in part.values():
                walk(each)
        elif isinstance(part, Sequence) and not isinstance(part, str):
            for each in part:
                walk(each)

    for chart in drawing.charts:
        walk(json.loads(chart.to_json()))
    return list(dict.fromkeys(written))  # the layers of a chart repeat their rows


def three_bills(workspace: Path, caps: Sequence[int | None]) -> list[EvidenceRow]:
    bills = evidence_of(workspace, "cap_rush")[: len(DAYS)]
    return [
        replace(
            row,
            settled_at=Moment(day),
            proof={"pool_used": 100_00 * (k + 1)} | ({} if limit is None else {"cap": limit}),
        )
        for k, (row, day, limit) in enumerate(zip(bills, DAYS, caps, strict=True))
    ]


def test_each_cap_of_the_year_and_each_change_of_policy_is_a_line_with_its_name(sample: Path) -> None:
    changes = (
        PolicyDay(dt.date(2023, 1, 1), "改革启动"),
        PolicyDay(dt.date(2024, 1, 1), "年度限额"),
        PolicyDay(dt.date(2024, 7, 1), "支付比例"),
        PolicyDay(dt.date(2025, 1, 1), "起付标准"),
    )
    bills = three_bills(sample, [2_000_00, 3_000_00, 3_000_00])
    written = labels(cap(bills, Surroundings(policy_days=changes)))
    assert [text for text in written if text.startswith("年度限额 ")] == [
        "年度限额 ¥2,000.00",
        "年度限额 ¥3,000.00",
    ]
    assert [text for text in written if "起" in text] == [
        "年度限额：2024年1月1日起",
        "支付比例：2024年7月1日起",
    ], "changes of other years are not on the picture"


def test_an_unknown_cap_is_no_line(sample: Path) -> None:
    assert labels(cap(three_bills(sample, [None, None, None]))) == []


def test_two_places_of_one_name_are_two_points(sample: Path) -> None:
    visits = evidence_of(sample, "impossible_travel")
    proof = {**visits[0].proof, "visit_provider": "同名药店", "there": [32.3, 121.2]}
    named = [replace(visits[0], provider="同名药店", proof=proof)]
    drawing = travel(named)
    assert drawing is not None
    [chart], here = drawing.charts, visits[0].proof["here"]
    assert isinstance(here, list)
    [*_, points] = json.loads(chart.to_json())["layer"]
    assert [point["lat"] for point in points["data"]["values"]] == [here[0], 32.3]


def test_the_districts_of_the_places_are_outlined_and_named(sample: Path) -> None:
    visits = evidence_of(sample, "impossible_travel")
    here = visits[0].proof["here"]
    assert isinstance(here, list)
    lat, lon = float(here[0]), float(here[1])
    around = ((lat - 1, lon - 1), (lat - 1, lon + 1), (lat + 1, lon))
    far = tuple((north + 9, east) for north, east in around)
    outlines = (Outline("320602", around), Outline("320681", far))
    names = labels(travel(visits, Surroundings(outlines=outlines)))
    assert "崇川区" in names
    assert not [name for name in names if "启东" in name], "what is far from all places would shrink the map"
    assert "崇川区" not in labels(travel(visits))


def test_names_of_districts_are_dark_enough_to_be_read() -> None:
    around = ((31.0, 120.0), (31.0, 122.0), (33.0, 121.0))
    [_, names] = district_layers((Outline("320602", around),), [(32.0, 121.0)], alt.Scale())
    assert names.to_dict()["mark"]["color"] == INK
