"""A deterministic rule applies the thresholds of the day of each event, and its alerts name those."""

from __future__ import annotations

import dataclasses
import datetime as dt
import importlib

import pytest
from support.world import World

from detection.alerts.build import build_alerts
from detection.alerts.draft import AlertDraft
from detection.detectors.cards import Threshold
from detection.detectors.catalogue import Detector, catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import evaluate
from features.engine import Views
from features.errors import CardError
from features.policy import load_policy
from features.tables import Tables

AREA = "320600"
MARCH = dt.date(2024, 3, 1)
LOW = {"days": 2, "percent": 1, "late_percent": 1}


def changed_in_march(detector: str, **values: tuple[float, float]) -> Detector:
    """The detector with thresholds that have one value until March 2024 and another one from then on."""
    rule = catalogue()[detector]
    thresholds = rule.card.thresholds
    dated = {}
    for name, (before, after) in values.items():
        first: Threshold = dataclasses.replace(thresholds.values[name][0], value=before)
        dated[name] = (first, dataclasses.replace(first, start=MARCH, value=after))
    changed = dataclasses.replace(thresholds, values={**thresholds.values, **dated})
    return dataclasses.replace(rule, card=dataclasses.replace(rule.card, thresholds=changed))


def alerts(rule: Detector, tables: Tables) -> list[AlertDraft]:
    policy = load_policy(AREA, profile="illustrative")
    hits = evaluate(rule, DetectorContext(tables, Views(tables), policy, AREA)).hits
    return build_alerts(rule.card, hits, tables, policy=policy, area=AREA, key=b"key")


def late_in_both_months() -> Tables:
    days = (6, 9, 12, 15, 18, 21, 24, 27)  # again and again: no backlog of an outage
    rows = [
        f"s{month}-{day} | li | 2024-0{month}-{day:02d} 10:00 | 2024-0{month}-{day - 4:02d}"
        for month in (2, 4)
        for day in days
    ]
    return World.from_rows(
        settlements="\n".join(["settlement | person | settled_at | service_date", *rows])
    ).tables()


@pytest.mark.parametrize(("rows", "month", "applied"), [((3, 100), "2024-02", 3), ((100, 3), "2024-04", 3)])
def test_a_defect_is_frequent_by_the_threshold_of_the_day(
    rows: tuple[float, float], month: str, applied: int
) -> None:
    rule = changed_in_march("data_transmission_defect", rows=rows).with_thresholds(LOW)
    [alert] = alerts(rule, late_in_both_months())
    assert {f"{time:%Y-%m}" for time in alert.evidence["settled_at"]} == {month}
    assert [used.value for used in alert.provenance.values if used.name == "rows"] == [applied]


def test_a_benefit_year_is_whole_by_the_threshold_of_the_day() -> None:
    """The data begin in February: too late by the first threshold, in time by the second."""
    settlements = """
      settlement | person | provider | settled_at       | care_type  | in_scope_amount | deductible_paid | pool_paid
      s1         | wang   | p1       | 2024-02-10 10:00 | outpatient | 100.00          | 0.00            | 75.00
      s2         | wang   | p1       | 2024-04-10 10:00 | outpatient | 100.00          | 0.00            | 75.00
    """
    providers = """
      provider | provider_kind | level   | pooled_outpatient_from
      p1       | primary_care  | primary | 2023-01-01
    """
    tables = World.from_rows(settlements=settlements, providers=providers, enrolments="person\nwang").tables()
    rule = changed_in_march("benefit_recalc_mismatch", opening_days=(3, 365), opening_share=(1.01, 1.01))
    hits = [settlement for alert in alerts(rule, tables) for settlement in alert.evidence["settlement_id"]]
    assert hits == ["s2"]


def test_only_a_statistical_card_has_most_recent_thresholds() -> None:
    for detector in catalogue().values():
        if detector.card.certainty == "statistical":
            assert detector.card.detector_thresholds == detector.card.statistical_thresholds
        else:
            assert not hasattr(detector.card.detector_thresholds, "latest")
            with pytest.raises(CardError):
                _ = detector.card.statistical_thresholds


@pytest.mark.parametrize("name", [name for name, detector in catalogue().items() if detector.module])
def test_a_detector_declares_the_thresholds_that_its_card_has(name: str) -> None:
    detector = catalogue()[name]
    declared = importlib.import_module(str(detector.module)).hits.__annotations__["thresholds"]
    assert declared == type(detector.card.detector_thresholds).__name__
