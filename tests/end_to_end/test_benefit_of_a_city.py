"""In a city without planted errors every settlement was paid its price; of planted ones the rule finds each, alone."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from data_samples.city import simulate
from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import evaluate
from features.benefit import not_covered, not_repriced, recalculated
from features.engine import Views
from features.intake import create_snapshot, open_snapshot
from features.policy import load_policy
from features.tables import Tables
from features.workspace import open_workspace

CITIES = [("320600", 18), ("150200", 21)]
PAID = {
    "expected_deductible": "deductible_paid",
    "expected_pool": "pool_paid",
    "expected_second": "other_fund_paid",
}


def city(folder: Path, area: str, months: int, *, planted: bool) -> Tables:
    simulate(folder / "data", persons=1_000, months=months, seed=111, area=area, planted=planted)
    space = open_workspace(folder / "ws", create=True)
    with space.lock():
        return open_snapshot(create_snapshot(folder / "data", space, mapping=None).folder)


@pytest.mark.parametrize(("area", "months"), CITIES)
def test_recalculated_to_the_fen(tmp_path: Path, area: str, months: int) -> None:
    tables, policy = city(tmp_path, area, months, planted=False), load_policy(area, profile="illustrative")
    request = (tables.settlements, tables.providers, policy)
    frame: pl.LazyFrame = recalculated(*request).to_native()
    priced = frame.collect()
    assert priced.height > 5_000
    for expected, paid in PAID.items():
        assert priced[expected].equals(priced[paid].fill_null(0).alias(expected)), expected
    for left in (not_repriced(*request), not_covered(*request)):
        native: pl.LazyFrame = left.to_native()
        assert native.collect().is_empty()


def test_exactly_the_planted_errors_are_reported(tmp_path: Path) -> None:
    tables = city(tmp_path, "320600", 18, planted=True)
    context = DetectorContext(tables, Views(tables), load_policy("320600", profile="illustrative"), "320600")
    hits = evaluate(catalogue()["benefit_recalc_mismatch"], context).hits
    truth = pl.read_parquet(tmp_path / "data" / "truth" / "entities.parquet").filter(
        pl.col("typology") == "benefit_recalc_mismatch", pl.col("entity_kind") == "settlement"
    )
    assert set(hits["settlement_id"]) == set(truth["entity_id"])
    assert not truth.is_empty()
