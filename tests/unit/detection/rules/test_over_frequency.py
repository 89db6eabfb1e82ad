"""An interval that nobody keeps is none; one that a single other provider does not keep is."""

from __future__ import annotations

import datetime as dt

import pytest
from support.world import World

from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from features.engine import Views
from features.policy import load_policy

_START = dt.date(2024, 1, 2)


def subjects(every: dict[str, int]) -> set[str]:
    """Who is raised, where each provider tests six people six times, every so many days; the interval is 90 days."""
    settlements, lines = [], []
    for place, days in every.items():
        for number in range(36):
            name = f"{place}-{number}"
            day = _START + dt.timedelta(days=number % 6 * days)
            settlements.append(
                f"{name} | {place}-{number // 6} | {place} | {day} 09:00 | 200.00 | outpatient"
            )
            lines.append(f"{name} | hba1c | service | 1 | 200.00")
    tables = World.from_rows(
        settlements="\n".join(
            ["settlement | person | provider | settled_at | total_amount | care_type", *settlements]
        ),
        charge_lines="\n".join(["settlement | item_code | item_kind | quantity | amount", *lines]),
        item_reference="item_code | min_interval_days\nhba1c | 90",
    ).tables()
    detector = catalogue()["over_frequency_test"]
    assert detector.hits is not None
    context = DetectorContext(tables, Views(tables), load_policy("320600"), "320600")
    hits = detector.hits(context, detector.card.detector_thresholds).to_native().collect()
    return set(hits["subject_id"].to_list())


@pytest.mark.parametrize(
    ("every", "raised"),
    [
        ({"a": 20, "b": 25}, {"a", "b"}),
        ({"a": 20, "b": 25, "c": 100, "d": 100, "e": 100, "f": 100, "g": 100}, {"a", "b"}),
        ({"a": 20, "b": 25, "c": 100, "d": 100}, {"a", "b"}),
        ({"a": 20, "b": 25, "c": 30, "d": 30, "e": 100}, set()),
    ],
    ids=["two providers alone", "two among many who keep it", "two of four", "most do not keep it"],
)
def test_another_provider_that_tests_too_often_excuses_none(every: dict[str, int], raised: set[str]) -> None:
    assert subjects(every) == raised
