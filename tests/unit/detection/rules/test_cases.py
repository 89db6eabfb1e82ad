"""Every card's own examples hold: what fires, what nearly fires, and what cannot be judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import pytest
from support.cases import policy_of, tables_of

from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.hits import evidence_ids
from detection.detectors.runner import Judged, judge
from features.engine import Views
from features.policy import load_policy

AREA = "320600"
CASES = [
    pytest.param(name, case, id=f"{name}: {case['name']}")
    for name, detector in catalogue().items()
    for case in detector.card.cases
    if detector.module is not None
]


def judged(detector: str, case: Mapping[str, Any]) -> Judged:
    tables = tables_of(case)
    area = case.get("area", AREA)
    context = DetectorContext(
        tables, Views(tables), policy_of(case, load_policy(area, profile=case.get("profile"))), area
    )
    return judge(catalogue()[detector].with_thresholds(case.get("lines", {})), context)


@pytest.mark.parametrize(("detector", "case"), CASES)
def test_case(detector: str, case: Mapping[str, Any]) -> None:
    found = judged(detector, case)
    if case.get("not_assessable"):
        assert found.assessability.status == "not_assessable", case["why"]
        assert found.assessability.reason_en
        assert found.assessability.reason_zh
        assert found.hits.is_empty()
        return
    assert found.assessability.status == ("partial" if case.get("partial") else "available")
    raised = evidence_ids(catalogue()[detector].card, found.hits)
    assert sorted(set(raised)) == sorted(case["hits"]), case["why"]
    causes = dict(zip(raised, found.hits["cause"], strict=True))
    assert {one: causes[one] for one in case.get("causes", {})} == case.get("causes", {})
    money = {one: yuan(fen) for one, fen in zip(raised, at_issue(found.hits), strict=True)}
    assert {one: money[one] for one in case.get("money", {})} == case.get("money", {})


def yuan(fen: int | None) -> str:
    return "all that it paid" if fen is None else f"{fen / 100:.2f}"


def at_issue(hits: pl.DataFrame) -> pl.Series:
    """Fen of each hit that says its own money; null where it says none."""
    said = pl.when(pl.any_horizontal(pl.col("pool", "account").is_not_null()))
    return hits.select(said.then(pl.sum_horizontal("pool", "account")).alias("fen"))["fen"]
