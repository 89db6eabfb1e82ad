"""What the area's policy says where the source does not is a reading of the run, which screens and manifest show."""

from __future__ import annotations

import datetime as dt
from typing import cast

import pytest
from support.world import World

from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import evaluate
from detection.run.ingest import RunData, with_policy
from features.engine import Views
from features.intake import Snapshot
from features.policy import load_policy
from features.tables import Tables

DAY = dt.date(2024, 1, 2)
BY = load_policy("320600", profile="illustrative")


def read_data() -> RunData:
    world = World()
    world.person("li").enrolled()
    world.provider("p1", provider_kind="primary_care", level="primary")
    amounts = {"in_scope_amount": "900.00", "deductible_paid": "800.00", "care_type": "outpatient"}
    world.settlement("li", "p1", "2024-01-02 09:00", **amounts, pool_paid="75.00")
    world.person("wang").enrolled()
    world.settlement("wang", "p1", "2024-01-02 10:00", **amounts, pool_paid="95.00")
    return RunData(cast("Snapshot", None), world.tables(), DAY, DAY, after_as_of=0, implausible=0)


def evaluated(tables: Tables) -> tuple[str, list[str]]:
    context = DetectorContext(tables, Views(tables), BY, "320600")
    evaluation = evaluate(catalogue()["benefit_recalc_mismatch"], context)
    return evaluation.assessability.status, evaluation.hits["settlement_id"].to_list()


def test_benefits_are_recalculated_from_the_areas_start() -> None:
    data = read_data()
    assert evaluated(data.tables) == ("not_assessable", [])
    filled = with_policy(data, BY, {})
    [reading] = filled.readings
    assert (reading.name, reading.value, reading.by) == ("pooled_outpatient_from", "area_start", "policy")
    assert "2023-01-01" in reading.en and "2023-01-01" in reading.zh
    _, hits = evaluated(filled.tables)
    [wrong] = data.tables.settlements.to_native().collect().filter(person_id="wang")["settlement_id"]
    assert hits == [wrong]


@pytest.mark.parametrize("area", ["none"])
def test_without_a_policy_the_data_stay(area: str) -> None:
    data = read_data()
    assert with_policy(data, load_policy(area), {}) is data
