"""The subject of an error in credits: a person, an employer whose people share it, or the agency."""

from __future__ import annotations

from typing import Any

import pytest
from support.cases import policy_of
from support.world import World

from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import evaluate
from features.engine import Views
from features.policy import load_policy


def about(texts: dict[str, str], policy: dict[str, Any] | None = None) -> list[tuple[str, str, str, int]]:
    """Kind, name, error and fen at issue of every hit."""
    tables = World.from_rows(**texts).tables()
    stated = policy_of({"policy": policy or {}}, load_policy("320600"))
    errors = evaluate(
        catalogue()["credit_rule_violation"], DetectorContext(tables, Views(tables), stated, "320600")
    ).hits
    return sorted(errors.select("subject_kind", "subject_id", "error", "account").iter_rows())


def credited(people: list[str], amount: str) -> dict[str, str]:
    """People of the mill, each with a base of 6,000.00 and this credit for March 2023."""
    heads = {
        "enrolments": "person | employer",
        "contributions": "person | accrual_month | contribution_base | employer_into_account",
        "account_entries": "entry | account | posted_at | entry_kind | amount | balance_after",
    }
    rows = {
        "enrolments": "{0} | mill",
        "contributions": "{0} | 2023-03 | 6000.00 | 0.00",
        "account_entries": f"e-{{0}} | {{0}} | 2023-03-08 02:00 | monthly_credit | {amount} | {amount}",
    }
    return {
        name: "\n".join([heads[name], *(rows[name].format(person) for person in people)]) for name in heads
    }


@pytest.mark.parametrize(
    ("people", "errors"),
    [
        (["anna", "bo"], [("person", "anna", "rate", 3000), ("person", "bo", "rate", 3000)]),
        (["anna", "bo", "chen"], [("employer", "mill", "rate", 3000)] * 3),
    ],
)
def test_the_same_error_of_three_people_is_looked_into_at_their_employer(
    people: list[str], errors: list[tuple[str, str, str, int]]
) -> None:
    assert about(credited(people, "150.00")) == errors


def test_an_amount_that_is_wrong_for_all_the_retired_is_a_single_case_of_the_agency() -> None:
    people = ["anna", "bo", "chen", "dong"]
    texts = {
        "enrolments": "\n".join(["person | person_category", *(f"{person} | retired" for person in people)]),
        "account_entries": "\n".join(
            [
                "entry | account | posted_at | entry_kind | amount | balance_after",
                *(
                    f"e-{person} | {person} | 2024-03-08 02:00 | monthly_credit | 80.00 | 80.00"
                    for person in people
                ),
            ]
        ),
    }
    assert about(texts, {"account_credit.average_pension": 3400}) == [("agency", "320600", "retired", -2000)]
    assert about(texts) == []  # no pension is known, and all have the same
