"""Recommendations follow from findings by dated rules: one that has no finding is not made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detection.alerts.draft import NO_MONEY, Money
from detection.report.content import Content, gather
from detection.report.period import report_period
from detection.report.recommendations import Recommendation, recommendations
from detection.store.queries.period_figures import Owed
from detection.store.queries.reader import open_store
from features.workspace import open_workspace


@pytest.fixture(scope="module")
def content(finished: Path) -> Content:
    with open_store(open_workspace(finished)) as reader:
        return gather(reader, report_period("2024-Q2"))


def of_rule(content: Content, rule: str) -> list[Recommendation]:
    return [item for item in recommendations(content) if item.rule == rule]


def test_three_institutions_in_order_and_none_for_a_trifle(content: Content) -> None:
    [item] = of_rule(content, "inspect")
    worth_it = [row for row in content.institutions if row.expected_fen >= 100_000]
    assert item.institutions == tuple(worth_it[:3])
    small = tuple(replace(row, expected_fen=99_999) for row in content.institutions)
    assert of_rule(replace(content, institutions=small), "inspect") == []


def test_agency_errors_state_both_sides(content: Content) -> None:
    owed = (
        Owed("credit_rule_violation", 2, to_fund=Money(0, 300), to_insured=NO_MONEY),
        Owed("benefit_recalc_mismatch", 1, to_fund=Money(5, 0), to_insured=Money(70, 0)),
    )
    [item] = of_rule(replace(content, owed=owed), "settle")
    assert (item.owed.to_fund, item.owed.to_insured) == (Money(5, 300), Money(70, 0))
    assert of_rule(replace(content, owed=()), "settle") == []


def test_nothing_to_say_gives_no_recommendation(content: Content) -> None:
    calm = replace(
        content,
        institutions=(),
        owed=(),
        accounts_in_all=0,
        limited=(),
        indicators=(),
        handled={"triaged": 4},
    )
    assert recommendations(calm) == ()


def test_alerts_that_no_desk_took_up(content: Content) -> None:
    [item] = of_rule(replace(content, handled={"new": 3, "triaged": 4}), "take_up")
    assert (item.count, item.of) == (3, 7)
