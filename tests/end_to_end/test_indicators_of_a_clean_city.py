"""In a city that lives by the rules, indicators of what is not by the rules say nothing."""

from __future__ import annotations

from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from data_samples.city import simulate
from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import evaluate
from detection.indicators.card_files import indicator_cards
from detection.indicators.findings import Findings
from detection.indicators.measure import measure
from features.engine import Views
from features.intake import create_snapshot, open_snapshot
from features.policy import load_policy
from features.registry import Frame
from features.workspace import open_workspace

NOTHING_IN = (
    "uncovered_payments",
    "uncovered_yuan",
    "prohibited_goods",
    "unlisted_premiums",
    "late_programme_use",
)
COUNTED = sorted({name for card in indicator_cards().values() for name in card.needs_detectors})


@pytest.mark.parametrize("area", ["320600", "150200"])
def test_a_clean_city(area: str, tmp_path: Path) -> None:
    simulate(tmp_path / "city", persons=1_000, months=12, seed=114, area=area, planted=False)
    space = open_workspace(tmp_path / "workspace", create=True)
    with space.lock():
        tables = open_snapshot(create_snapshot(tmp_path / "city", space, mapping=None).folder)
    context = DetectorContext(tables, Views(tables), load_policy(area, profile="illustrative"), area)
    outcomes = {name: evaluate(catalogue()[name], context) for name in COUNTED}
    reported: dict[str, Frame] = {}
    assessed: dict[str, Frame] = {}
    for name, item in outcomes.items():
        key = "record_id" if "record_id" in item.hits.columns else "settlement_id"
        hits = item.hits.select(id=key, cause="cause", account=pl.lit(1, dtype=pl.Int64)).unique("id")
        reported[name] = nw.from_native(hits.lazy())
        assessed[name] = context.assessable.settlements.select(id="settlement_id")
    able = {name: item.assessability for name, item in outcomes.items()}
    measure(context, Findings(reported, assessed), able, tmp_path / "indicators")
    values = pl.read_parquet(tmp_path / "indicators" / "values.parquet")
    for name in NOTHING_IN:
        rows = values.filter(pl.col("indicator") == name)
        assert rows["denominator"].sum() > 0, name
        assert rows["numerator"].sum() == 0, name
    credits_due = values.filter(pl.col("indicator") == "credit_accuracy")
    assert credits_due["denominator"].sum() > 0
    assert credits_due.filter(pl.col("numerator") != pl.col("denominator")).is_empty()
    assert values.filter(pl.col("indicator") == "employer_share", kind="after")["numerator"].to_list() == [0]
