"""Where the category is that of today, what another one would make right is counted, and raises no alert."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.world import World

from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import Evaluation, evaluate
from features.engine import Views
from features.policy import load_policy
from features.readings.categories import OF_TODAY
from features.tables import Tables

BY = load_policy("320600", profile="illustrative")


def evaluated(detector: str, tables: Tables, *, today: bool) -> Evaluation:
    tables = replace(tables, of_today=OF_TODAY) if today else tables
    return evaluate(catalogue()[detector], DetectorContext(tables, Views(tables), BY, "320600"))


def priced(category: str, pool: str, deductible: str = "800.00") -> Tables:
    """A payment for somebody of this category, with the deductible on record."""
    world = World()
    world.provider("p1", provider_kind="primary_care", level="primary", pooled_outpatient_from="2023-01-01")
    world.person("li").enrolled(person_category=category)
    amounts = {"in_scope_amount": "900.00", "deductible_paid": deductible, "care_type": "outpatient"}
    world.settlement("li", "p1", "2024-01-02 09:00", person_category=category, pool_paid=pool, **amounts)
    return world.tables()


@pytest.mark.parametrize("today", [True, False])
@pytest.mark.parametrize(
    ("category", "pool", "deductible", "doubtful"),
    [
        ("retired", "75.00", "800.00", True),
        ("retired", "95.00", "800.00", True),
        ("retired", "75.00", "100.00", False),
        ("active", "75.00", "100.00", False),
    ],
)
def test_what_an_earlier_category_would_change(
    category: str, pool: str, deductible: str, doubtful: bool, today: bool
) -> None:
    evaluation = evaluated("benefit_recalc_mismatch", priced(category, pool, deductible), today=today)
    assert evaluation.hits.height == (0 if today and doubtful else 1)
    assert ("that of today" in evaluation.assessability.reason_en) == (today and doubtful)


def test_nothing_of_the_retired_excuses_people_at_work() -> None:
    """The deductible of the retired is wrong for who is at work today."""
    right = priced("retired", "340.00", "500.00")
    assert evaluated("benefit_recalc_mismatch", right, today=False).hits.is_empty()
    assert evaluated("benefit_recalc_mismatch", priced("active", "340.00", "500.00"), today=True).hits.height


@pytest.mark.parametrize("today", [True, False])
def test_credits_in_months_of_contributions_of_who_is_retired_today(today: bool) -> None:
    world = World()
    for number in range(12):
        name = f"p{number:02}"
        world.person(name)
        world.enrolment(name, person_category="retired")
        amounts = [100 if number < 2 and month < 4 else 80 for month in range(1, 7)]
        for month in range(1, 7):
            at_work = number < 2 and month < 4
            world.entry(
                name,
                f"2024-{month:02}-05 09:00",
                "monthly_credit",
                f"{amounts[month - 1]}.00",
                accrual_month=f"2024-{month:02}",
                balance_after=f"{sum(amounts[:month])}.00",
            )
            if at_work:
                world.add(
                    "contributions",
                    person=name,
                    accrual_month=f"2024-{month:02}",
                    contribution_base="5000.00",
                    person_into_account="100.00",
                    employer_into_account="0.00",
                )
        world.settlement(name, "p1", "2024-03-01 09:00")
    evaluation = evaluated("credit_rule_violation", world.tables(), today=today)
    wrong = evaluation.hits.filter(evaluation.hits["cause"].str.starts_with("retired_not"))
    assert wrong.is_empty() == today
    assert ("that of today" in evaluation.assessability.reason_en) == today
