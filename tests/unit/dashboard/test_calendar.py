"""The visit calendar: Monday first, no week left out, and a short time does not look like a long one."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
import streamlit as st

from dashboard.charts.evidence import visit_calendar
from detection.alerts.moment import Moment
from detection.store.queries.evidence import EvidenceRow


def calendar_of(*days: str) -> dict[str, Any]:
    rows = [
        EvidenceRow("S-1", "c", "P-1", "A pharmacy", Moment.from_text(f"{day} 10:00:00"), 0, 100, "f", 1)
        for day in days
    ]
    return visit_calendar(rows).to_dict()


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {"language": "en"})


def test_a_sunday_ends_the_week_of_its_monday() -> None:
    cells = calendar_of("2024-03-04", "2024-03-10", "2024-03-11")["data"]["values"]
    assert [(cell["week"], cell["weekday"]) for cell in cells] == [
        ("2024-03-04", 0),
        ("2024-03-04", 6),
        ("2024-03-11", 0),
    ]


def test_weeks_without_a_visit_keep_their_place() -> None:
    weeks = [
        dt.date.fromisoformat(day)
        for day in calendar_of("2023-01-02", "2024-01-08")["encoding"]["x"]["scale"]["domain"]
    ]
    assert len(weeks) == 54
    assert {(after - before).days for before, after in pairwise(weeks)} == {7}


def test_a_single_day_stands_among_weeks_around_it() -> None:
    weeks = calendar_of("2024-03-05")["encoding"]["x"]["scale"]["domain"]
    assert len(weeks) == 36 and "2024-03-04" in weeks


def test_one_settlement_a_day_needs_no_legend() -> None:
    assert calendar_of("2024-03-04", "2024-03-05")["encoding"]["color"]["legend"] is None
    assert calendar_of("2024-03-04", "2024-03-04")["encoding"]["color"]["legend"]["format"] == "d"
