"""Accounts used up at once: several of one person count, and one occasion of a family does not."""

from __future__ import annotations

import polars as pl
from support.world import World

from detection.circumstances.accounts.spent_at_once import days_until_spent, spent_at_once
from detection.detectors.context import DetectorContext
from features.engine import Views
from features.policy import load_policy


def evidence_of(*days: int) -> float:
    """Evidence of a person with ties of so many days, among two hundred ties of others who have one or two each."""
    others = [(f"a{n}", f"p{n // 2 if n < 20 else n}", 10 + 2 * n) for n in range(200)]
    own = [(f"x{n}", "x", each) for n, each in enumerate(days)]
    ties = pl.DataFrame([*others, *own], schema=["payer_id", "beneficiary_id", "days"], orient="row")
    return float(spent_at_once(ties).filter(pl.col("beneficiary_id") == "x")["at_once"].sum())


def test_several_accounts_used_up_at_once_are_evidence() -> None:
    assert evidence_of(0, 1, 0, 2) > 2


def test_two_accounts_may_have_one_occasion() -> None:
    assert evidence_of(0, 1) < 2


def test_accounts_of_a_family_are_used_for_years() -> None:
    assert evidence_of(0, 200, 150, 300) < 1


def test_the_day_is_that_by_which_most_of_the_money_was_spent() -> None:
    tables = World.from_rows(
        settlements="""
            settlement | person | settled_at       | mutual_aid_paid | mutual_aid_payer
            early      | lu     | 2024-01-01 10:00 | 1.00            | other
            s1         | an     | 2024-02-03 10:00 | 30.00           | mo
            s2         | an     | 2024-02-07 10:00 | 60.00           | mo
            s3         | an     | 2024-06-07 10:00 | 10.00           | mo
            s4         | bo     | 2024-02-07 10:00 | 10.00           | ne
            s5         | li     | 2024-06-20 10:00 | 10.00           | wu
        """,
        family_authorizations="""
            authorization | payer | beneficiary | relation | valid_from
            a1            | mo    | an          | child    | 2024-02-01
            before        | ne    | bo          | child    | 2023-02-01
            late          | wu    | li          | child    | 2024-06-19
        """,
    ).tables()
    context = DetectorContext(tables, Views(tables), load_policy("320600"), "320600")
    assert days_until_spent(context, 60).rows() == [("mo", "an", 6)]
