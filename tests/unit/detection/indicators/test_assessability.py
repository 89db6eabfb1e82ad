"""What the data or the policy lack switches off exactly what needs it, and is given as the reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.random_worlds.findings import random_findings
from support.random_worlds.indicators import indicator_tables
from support.world import without

from detection.detectors.assessability import Assessability
from detection.detectors.context import DetectorContext
from detection.indicators.card_files import indicator_cards
from detection.indicators.measure import measure
from features.engine import Views
from features.policy import load_policy
from features.tables import Tables

pytestmark = pytest.mark.slow

ABLE = Assessability("available", "", "", 1, 1)
DETECTORS = sorted({name for card in indicator_cards().values() for name in card.needs_detectors})


def about(tables: Tables, folder: Path, area: str = "320600", profile: str | None = "illustrative") -> Any:
    context = DetectorContext(tables, Views(tables), load_policy(area, profile=profile), area)
    measure(
        context,
        random_findings(tables, 5).findings(),
        dict.fromkeys(DETECTORS, ABLE),
        folder / "indicators",
    )
    return json.loads((folder / "indicators" / "about.json").read_text())


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ("survey_answers", {"awareness_by_survey"}),
        ("charge_lines", {"short_stays", "prohibited_goods", "surplus_supply"}),
        ("contributions", {"credit_accuracy", "employer_share"}),
        ("providers.pooled_outpatient_from", {"zero_pay_visits"}),
    ],
)
def test_a_missing_table_or_column_switches_off_what_needs_it(
    table: str, names: set[str], tmp_path: Path
) -> None:
    tables = without(indicator_tables(5, settlements=300), table)
    lacking = about(tables, tmp_path)["lacking"]
    assert set(lacking) == names
    assert all(table.split(".")[-1] in en for reasons in lacking.values() for en, _ in reasons)


def test_an_unknown_value_switches_off_what_needs_it(tmp_path: Path) -> None:
    """The benefits of Baotou are unknown."""
    content = about(indicator_tables(5, settlements=300), tmp_path, "150200", None)
    after = {name for name, periods in content["outside"].items() if "after:2024-02" in periods}
    assert "near_cap" in after and "credit_accuracy" in after
    assert {"effective_reimbursement", "pooled_participation", "idle_accounts"}.isdisjoint(after)
    reasons = content["outside"]["near_cap"]["after:2024-02"]
    assert [en for en, _ in reasons if "annual_cap" in en] == [
        "needs policy benefit.annual_cap from 2022-10 to 2024-02"
    ]


def test_without_any_policy_what_needs_none_is_measured(tmp_path: Path) -> None:
    content = about(indicator_tables(5, settlements=300), tmp_path, "none", None)
    needing = {name for name, card in indicator_cards().items() if card.needs_policy}
    assert set(content["lacking"]) == needing
    assert content["cut_over"] is None


def test_a_year_that_the_data_do_not_cover_is_named(tmp_path: Path) -> None:
    content = about(indicator_tables(5, settlements=300), tmp_path)
    before = content["outside"]["idle_accounts"]["before:2022-12"]
    assert before == [["needs 12 months of data up to 2022-12", "需要截至 2022-12 的 12 个月数据"]]


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    tables = indicator_tables(5, settlements=300)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        about(tables, tmp_path / name)
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.*"))
    assert len(files) > 20
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file


@pytest.mark.parametrize("name", ["prohibited_goods", "unlisted_premiums"])
def test_before_a_list_is_known_nothing_is_counted_against_it(name: str, tmp_path: Path) -> None:
    """Spending that the rule could not assess does not count as lawful."""
    outside = about(indicator_tables(5, settlements=300), tmp_path)["outside"][name]
    assert any(key.startswith("before:") for key in outside)
    assert not any(key.startswith("after:") for key in outside)
