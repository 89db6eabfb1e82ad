"""Credits, dues and payments of personal accounts, counted by hand."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
from support.cases import policy_of
from support.world import World

from features.account.accuracy import person_month_dues, targets
from features.account.due import due_credits
from features.account.entitled import not_entitled
from features.account.ledger import against_settlements, with_previous_balance
from features.engine import Views
from features.policy import load_policy
from features.registry import Frame
from features.tables import Tables

JANUARY_2023 = 2023 * 12


def rows(frame: Frame, *columns: str) -> list[tuple[Any, ...]]:
    native: pl.LazyFrame = frame.select(*columns).to_native()
    return sorted(native.collect().iter_rows(), key=str)


LEDGER = """
  entry | account | posted_at        | entry_kind     | amount  | balance_after | accrual_month | settlement
  e1    | li      | 2023-01-08 02:00 | monthly_credit | 120.00  | 120.00        | 2023-01       |
  e2    | li      | 2023-02-20 02:00 | monthly_credit | 120.00  | 240.00        | 2023-01       |
  e3    | li      | 2023-02-21 02:00 | adjustment     | -120.00 | 120.00        | 2023-01       |
  e4    | li      | 2023-03-08 02:00 | monthly_credit | 100.00  | 220.00        |               |
  e5    | li      | 2023-03-09 02:00 | adjustment     | 5.00    | 225.00        |               |
  e6    | li      | 2023-03-10 09:00 | settlement     | -40.00  | 185.00        |               | s1
  e7    | li      | 2023-03-11 09:00 | refund         | 40.00   | 225.00        |               | r1
  e8    | li      | 2023-03-12 09:00 | mutual_aid     | -9.00   | 216.00        |               | s2
"""


def test_entries_count_for_the_month_they_name_or_were_posted_in() -> None:
    credited = Views(World.from_rows(account_entries=LEDGER).tables())["monthly_credits"]
    names = ("person_id", "month", "credited", "credits", "smallest", "largest")
    assert rows(credited, *names) == [
        ("li", JANUARY_2023, 12_000, 2, 12_000, 12_000),
        ("li", JANUARY_2023 + 2, 10_000, 1, 10_000, 10_000),
    ]


def test_each_entry_has_the_balance_before_it() -> None:
    entries = with_previous_balance(World.from_rows(account_entries=LEDGER).tables().account_entries)
    assert rows(entries, "entry_id", "before")[:3] == [("e1", None), ("e2", 12_000), ("e3", 24_000)]


def test_payments_and_entries_of_a_settlement_and_its_reversal_are_one_sum() -> None:
    tables = World.from_rows(
        account_entries=LEDGER,
        settlements="""
          settlement | person | settled_at | account_paid | mutual_aid_paid | mutual_aid_payer | reverses_settlement
          s1         | li     | 2023-03-10 | 40.00        |                 |                  |
          r1         | li     | 2023-03-11 | -40.00       |                 |                  | s1
          s2         | mother | 2023-03-12 | 0.00         | 9.50            | li               |
          s3         | wang   | 2023-03-12 | 3.00         |                 |                  |
        """,
    ).tables()
    sums = against_settlements(tables.account_entries, tables.settlements)
    assert rows(sums, "account_id", "root", "paid", "posted") == [
        ("li", "s1", 0, 0),
        ("li", "s2", 950, -900),
        ("wang", "s3", 300, None),
    ]


PEOPLE = World.from_rows(
    persons="""
      person | death_date
      pen    | 2024-02-10
    """,
    enrolments="""
      person | person_category | pooling_area | start_date | end_date   | employer
      work   | active          | 320600       | 2020-01-01 |            | mill
      flex   | flexible        | 320600       | 2020-01-01 |            |
      pen    | retired         | 320600       | 2023-12-16 |            |
      both   | active          | 320600       | 2020-01-01 | 2024-01-15 | port
      both   | retired         | 320600       | 2024-01-16 |            |
      away   | active          | 150200       | 2020-01-01 |            |
    """,
    contributions="""
      person | accrual_month | contribution_base | person_into_account | employer_into_account
      work   | 2022-12       | 6000.00           | 120.00              | 30.00
      work   | 2024-01       | 4321.25           | 86.43               | 0.00
      flex   | 2024-01       | 3000.00           | 60.00               | 0.00
      both   | 2024-01       | 5000.00           | 100.00              | 0.00
      away   | 2024-01       | 5000.00           | 100.00              | 0.00
    """,
).tables()


def dues(tables: Tables, **values: Any) -> Frame:
    policy = policy_of(
        {"policy": {f"account_credit.{name}": value for name, value in values.items()}}, load_policy("320600")
    )
    months = (JANUARY_2023 - 1, JANUARY_2023 + 13)
    return due_credits(tables.enrolments, tables.contributions, policy, months, tables.persons)


def test_a_due_is_a_share_of_the_base_or_the_credit_of_the_retired() -> None:
    result = rows(dues(PEOPLE, average_pension=3400), "person_id", "month", "rule", "due", "covered")
    assert result == [
        ("both", JANUARY_2023 + 12, "active_rate", 10_000, 15),
        ("both", JANUARY_2023 + 12, "uniform", 8_500, 16),
        ("both", JANUARY_2023 + 13, "uniform", 8_500, 29),
        ("flex", JANUARY_2023 + 12, "flexible_rate", 6_000, 31),
        ("pen", JANUARY_2023 + 11, "unchanged", None, 16),
        ("pen", JANUARY_2023 + 12, "uniform", 8_500, 31),
        ("pen", JANUARY_2023 + 13, "uniform", 8_500, 10),
        ("work", JANUARY_2023 - 1, None, None, 31),
        ("work", JANUARY_2023 + 12, "active_rate", 8_643, 31),
    ]


def test_a_month_in_which_the_category_changed_has_no_target() -> None:
    credited = Views(
        World.from_rows(
            account_entries="""
              entry | account | posted_at        | entry_kind     | amount | balance_after
              e1    | both    | 2024-01-08 02:00 | monthly_credit | 85.00  | 85.00
              e2    | pen     | 2024-01-08 02:00 | monthly_credit | 90.00  | 90.00
              e3    | both    | 2024-02-08 02:00 | monthly_credit | 80.00  | 165.00
            """
        ).tables()
    )["monthly_credits"]
    months = person_month_dues(dues(PEOPLE)).join(credited, on=["person_id", "month"], how="left")
    result = rows(targets(months).filter(~nw.col("credits").is_null()), "person_id", "month", "low", "high")
    assert result == [
        ("both", JANUARY_2023 + 12, None, None),
        ("both", JANUARY_2023 + 13, 8_000, 8_000),  # no pension is known: most people's amount
        ("pen", JANUARY_2023 + 12, 9_000, 9_000),
    ]


def test_nothing_is_due_to_people_without_an_insured_day_in_the_month() -> None:
    """Anna died, Bo became a resident, Chen paused from one month to the next, Dong was never insured here."""
    tables = World.from_rows(
        persons="""
          person | death_date
          anna   | 2023-02-28
          bo     |
          chen   |
          dong   |
        """,
        enrolments="""
          person | scheme   | status    | start_date | end_date   | pooling_area
          anna   | employee | active    | 2022-01-01 |            | 320600
          bo     | employee | active    | 2023-01-01 | 2023-01-31 | 320600
          bo     | resident | active    | 2023-02-01 |            | 320600
          chen   | employee | active    | 2022-01-01 | 2023-01-31 | 320600
          chen   | employee | suspended | 2023-02-01 | 2023-03-30 | 320600
          chen   | employee | active    | 2023-03-31 |            | 320600
          dong   | employee | active    | 2022-01-01 | 2022-12-31 | 150200
        """,
    ).tables()
    person_months = [
        (who, JANUARY_2023 + month) for who in ("anna", "bo", "chen", "dong") for month in range(-1, 3)
    ]
    months = pl.LazyFrame(person_months, schema={"person_id": pl.String, "month": pl.Int32}, orient="row")
    result = not_entitled(
        nw.from_native(months), tables.frame("enrolments"), tables.frame("persons"), "320600"
    )
    assert rows(result, "person_id", "month", "dead") == [
        ("anna", JANUARY_2023 + 2, True),
        ("chen", JANUARY_2023 + 1, False),
    ]
