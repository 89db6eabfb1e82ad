"""Money of subjects in small worlds: whom it belongs to, and when."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from support.world import World

from detection.subjects.files import SubjectFiles, subject_files
from detection.subjects.write import write_subjects
from features.engine import Views

KEY = b"k" * 32
MONEY = ["pool", "account", "mutual_aid"]


def written(world: World, folder: Path) -> SubjectFiles:
    write_subjects(Views(world.tables()), folder, KEY)
    return subject_files(folder)


def rows(files: SubjectFiles, kind: str, name: str, identity: str, *columns: str) -> list[tuple[object, ...]]:
    stored = files.of(kind, name, identity)
    assert stored is not None
    return stored.select(*columns).collect().rows()


@pytest.fixture
def family(tmp_path: Path) -> SubjectFiles:
    """Ann works at the mill until March, and pays for Bo, who works nowhere."""
    world = World()
    world.person("ann").enrolled(employer="mill", start_date="2024-01-01", end_date="2024-03-15")
    world.person("bo").enrolled(start_date="2024-01-01")
    world.provider("p1", provider_kind="clinic")
    world.provider("p2", provider_kind="pharmacy")
    world.settlement(
        "ann",
        "p1",
        "2024-02-01 10:00",
        care_type="outpatient",
        pool_paid="10.00",
        account_paid="5.00",
        prescriber="d1",
        operator="o1",
    )
    world.settlement(
        "ann", "p2", "2024-04-01 10:00", account_paid="7.00", prescriber="d1", care_type="pharmacy"
    )
    world.settlement("bo", "p2", "2024-02-03 10:00", mutual_aid_paid="3.00", mutual_aid_payer="ann")
    world.settlement("bo", "p1", "2024-02-04 10:00", total_amount="9.00", pool_paid="9.00").reversed(
        "2024-02-04 10:20"
    )
    return written(world, tmp_path)


def test_an_account_counts_what_it_paid_itself_and_for_whom(family: SubjectFiles) -> None:
    assert rows(family, "payer_account", "users", "ann", "other", *MONEY) == [
        ("ann", 0, 1_200, 0),
        ("bo", 0, 0, 300),
    ]
    assert rows(family, "person", "accounts", "bo", "other", *MONEY) == [("ann", 0, 0, 300)]


def test_a_person_counts_what_was_paid_for_it(family: SubjectFiles) -> None:
    february, april = 2024 * 12 + 1, 2024 * 12 + 3
    assert rows(family, "person", "months", "ann", "month", *MONEY) == [
        (february, 1_000, 500, 0),
        (april, 0, 700, 0),
    ]


def test_a_settlement_that_was_reversed_is_not_counted(family: SubjectFiles) -> None:
    assert rows(family, "person", "totals", "bo", "settlements", "money") == [(1, 300)]
    assert rows(family, "provider", "totals", "p1", "settlements", "money") == [(1, 1_500)]


def test_an_employer_counts_its_people_while_they_are_enrolled(family: SubjectFiles) -> None:
    assert rows(family, "employer", "totals", "mill", "settlements", "money") == [(1, 1_500)]
    assert rows(family, "employer", "employees", "mill", "other", "settlements") == [("ann", 1)]


def test_a_prescriber_is_tied_to_pharmacies_apart(family: SubjectFiles) -> None:
    assert rows(family, "prescriber", "institutions", "d1", "other") == [("p1",)]
    assert rows(family, "prescriber", "pharmacies", "d1", "other") == [("p2",)]
    assert rows(family, "operator", "patients", "o1", "other") == [("ann",)]


def test_who_is_only_on_a_register_is_there_without_money(tmp_path: Path) -> None:
    world = World()
    world.person("cy").enrolled(employer="mill")
    world.provider("p1")
    files = written(world, tmp_path)
    for kind, identity in (("person", "cy"), ("provider", "p1"), ("employer", "mill")):
        assert rows(files, kind, "totals", identity, "settlements", "money", "first_day") == [(0, 0, None)]
    assert rows(files, "employer", "employees", "mill", "other", "money") == [("cy", 0)]


def test_ledgers_and_contributions_are_summed_by_month(tmp_path: Path) -> None:
    tables = World.from_rows(
        account_entries="""
          entry | account | posted_at        | entry_kind     | amount | balance_after
          e1    | ann     | 2024-02-01 08:00 | monthly_credit | 100.00 | 100.00
          e2    | ann     | 2024-02-09 08:00 | settlement     | -30.00 | 70.00
          e3    | ann     | 2024-03-01 08:00 | monthly_credit | 100.00 | 170.00
        """,
        enrolments="""
          person | employer | start_date | end_date
          ann    | mill     | 2024-02-10 |
        """,
        contributions="""
          person | accrual_month | contribution_base | person_into_account | employer_into_account
          ann    | 2024-01       | 5000.00           | 100.00              | 0.00
          ann    | 2024-02       | 5000.00           | 100.00              | 20.00
        """,
    )
    files = written(tables, tmp_path)
    february = 2024 * 12 + 1
    assert rows(files, "payer_account", "ledger", "ann", "month", "credited", "debited", "balance") == [
        (february, 10_000, 3_000, 7_000),
        (february + 1, 10_000, 0, 17_000),
    ]
    assert rows(files, "payer_account", "credits", "ann", "entry_kind", "entries", "amount") == [
        ("monthly_credit", 2, 20_000)
    ]
    assert rows(files, "employer", "contributions", "mill", "month", "people", "own", "employer") == [
        (february, 1, 10_000, 2_000)
    ]


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    world = World()
    for person in ("ann", "bo", "cy"):
        world.settlement(person, "p1", "2024-02-01 10:00", pool_paid="10.00")
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        written(world, folder)
    names = sorted(file.relative_to(first) for file in first.rglob("*.parquet"))
    assert len(names) > 20
    assert [name for name in names if (first / name).read_bytes() != (second / name).read_bytes()] == []


def test_the_index_holds_no_id_of_the_source(tmp_path: Path) -> None:
    world = World()
    world.settlement("ann-0123456789", "p1", "2024-02-01 10:00", pool_paid="10.00")
    written(world, tmp_path)
    index = pl.read_parquet(tmp_path / "search" / "subjects.parquet")
    assert {"person", "provider"} <= set(index["kind"])
    assert index["pseudonym"].is_sorted()
    for file in (tmp_path / "search").iterdir():
        assert pl.read_parquet(file).height
        assert b"ann-0123456789" not in file.read_bytes()
