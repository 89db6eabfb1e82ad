"""Every card's own examples hold: what fires, what nearly fires, and what cannot be assessed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from support.cases import policy_of, tables_of

from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.hits import evidence_ids
from detection.detectors.runner import Evaluation, evaluate
from features.engine import Views
from features.policy import load_policy

AREA = "320600"
CASES = [
    pytest.param(name, case, id=f"{name}: {case['name']}")
    for name, detector in catalogue().items()
    for case in detector.card.cases
    if detector.module is not None
]


def evaluated(detector: str, case: Mapping[str, Any], folder: Path) -> Evaluation:
    """With codes in place of ids, as in a run."""
    tables = tables_of(case)
    area = case.get("area", AREA)
    context = DetectorContext(
        tables, Views(tables), policy_of(case, load_policy(area, profile=case.get("profile"))), area
    )
    coded = context.coded(folder / "coded")
    return evaluate(catalogue()[detector].with_thresholds(case.get("thresholds", {})), coded)


@pytest.mark.parametrize(("detector", "case"), CASES)
def test_case(detector: str, case: Mapping[str, Any], tmp_path: Path) -> None:
    evaluation = evaluated(detector, case, tmp_path)
    if case.get("not_assessable"):
        assert evaluation.assessability.status == "not_assessable", case["why"]
        assert evaluation.assessability.reason_en
        assert evaluation.assessability.reason_zh
        assert evaluation.hits.is_empty()
        return
    assert evaluation.assessability.status == ("partial" if case.get("partial") else "available")
    raised = evidence_ids(catalogue()[detector].card, evaluation.hits)
    assert sorted(set(raised)) == sorted(case["hits"]), case["why"]
    causes = dict(zip(raised, evaluation.hits["cause"], strict=True))
    assert {evidence: causes[evidence] for evidence in case.get("causes", {})} == case.get("causes", {})
    money = {evidence: yuan(fen) for evidence, fen in zip(raised, at_issue(evaluation.hits), strict=True)}
    assert {evidence: money[evidence] for evidence in case.get("money", {})} == case.get("money", {})


def yuan(fen: int | None) -> str:
    return "all that it paid" if fen is None else f"{fen / 100:.2f}"


def at_issue(hits: pl.DataFrame) -> pl.Series:
    """Fen of each hit with money of its own; null where it has none."""
    own = pl.when(pl.any_horizontal(pl.col("pool", "account").is_not_null()))
    return hits.select(own.then(pl.sum_horizontal("pool", "account")).alias("fen"))["fen"]
