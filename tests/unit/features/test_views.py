"""What the base views say, in worlds small enough to count by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from support.random_worlds.life import random_tables
from support.world import World, without

from features.engine import Views, compute
from features.registry import ENTITY_KEYS, Entity, Frame
from features.tables import Tables

ENTITIES: tuple[Entity, ...] = ("person", "provider", "payer_account")


def _view(tables: Tables, name: str, *columns: str) -> list[tuple[Any, ...]]:
    frame: pl.DataFrame = Views(tables)[name].to_native().collect()
    return sorted(frame.select(*columns).iter_rows())


def test_reversals_leave_nothing_or_what_is_left() -> None:
    tables = World.from_rows(
        settlements="""
          settlement | person | settled_at       | total_amount | account_paid | reverses_settlement
          kept       | mother | 2024-03-01 10:00 | 100.00       | 60.00        |
          whole      | mother | 2024-03-02 10:00 | 100.00       | 60.00        |
          back       | mother | 2024-03-02 10:20 | -100.00      | -60.00       | whole
          part       | mother | 2024-03-03 10:00 | 100.00       | 60.00        |
          half       | mother | 2024-03-05 09:00 | -50.00       | -30.00       | part
          older      | mother | 2024-03-06 09:00 | -70.00       | -70.00       | before_the_data
        """
    ).tables()
    assert _view(tables, "net_settlements", "settlement_id", "total_amount", "account_paid") == [
        ("kept", 10000, 6000),
        ("part", 5000, 3000),
    ]
    assert _view(tables, "person_gross", "person_id", "made", "undone") == [("mother", 3, 3)]


def test_a_visit_is_a_person_a_provider_and_a_day() -> None:
    tables = World.from_rows(
        settlements="""
          settlement | person | provider | settled_at       | total_amount | care_type
          s1         | mother | p1       | 2024-03-01 10:00 | 100.00       | pharmacy
          s2         | mother | p1       | 2024-03-01 23:30 | 20.00        | outpatient
          s3         | mother | p2       | 2024-03-01 11:00 | 5.00         | pharmacy
        """
    ).tables()
    assert _view(tables, "visits", "provider_id", "settlements", "purchases", "night", "total") == [
        ("p1", 2, 1, 1, 12000),
        ("p2", 1, 1, 0, 500),
    ]


def test_exposure_counts_each_enrolled_day_of_the_observed_period_once() -> None:
    tables = World.from_rows(
        settlements="""
          settlement | person | settled_at
          first      | mother | 2024-03-01 10:00
          last       | mother | 2024-03-30 10:00
        """,
        enrolments="""
          person | scheme   | status     | start_date | end_date
          mother | employee | active     | 2020-01-01 | 2024-03-10
          mother | resident | active     | 2024-03-06 | 2024-03-15
          mother | resident | active     | 2024-03-21 |
          son    | employee | suspended  | 2020-01-01 |
          aunt   | employee | active     | 2020-01-01 | 2024-02-28
        """,
    ).tables()
    assert _view(tables, "person_exposure", "person_id", "enrolled_days") == [("mother", 25)]


def test_exposure_of_an_interval_whose_end_or_status_is_unknown_is_not_known() -> None:
    tables = World.from_rows(
        settlements="""
          settlement | person | settled_at
          first      | mother | 2024-03-01 10:00
          last       | mother | 2024-03-30 10:00
        """,
        enrolments="""
          person | scheme   | status  | start_date | end_date
          mother | employee | active  | 2020-01-01 |
          son    | employee | active  | 2020-01-01 |
          son    | resident | active  | 2020-01-01 | 2024-03-10
          aunt   | employee | unknown | 2020-01-01 |
        """,
    ).tables()
    whose = (nw.col("person_id") == "son") & nw.col("end_date").is_null()
    frames = {**tables.frames, "enrolments": tables.frames["enrolments"].with_columns(end_unknown=whose)}
    unread = replace(tables, frames=frames)
    assert _view(unread, "person_exposure", "person_id", "enrolled_days") == [("mother", 30)]
    spells = _view(unread, "entitlement_spells", "insured_code", "category")
    assert len(spells) == 1 < len(_view(tables, "entitlement_spells", "insured_code", "category"))


def test_peers_share_category_age_band_and_district() -> None:
    tables = World.from_rows(
        settlements="""
          settlement | person | settled_at
          s1         | mother | 2024-03-01 10:00
          s2         | son    | 2024-03-01 10:00
          s3         | nobody | 2024-03-01 10:00
        """,
        persons="""
          person | birth_date | region_code
          mother | 1958-06-01 | 320602
          son    | 2010-06-01 |
        """,
        enrolments="""
          person | person_category | start_date
          mother | active          | 2000-01-01
          mother | retired         | 2013-06-01
          son    | resident        | 2010-06-01
        """,
    ).tables()
    assert _view(tables, "person_attributes", "person_id", "person_category", "age_band", "district") == [
        ("mother", "retired", "65-79", "320602"),
        ("nobody", "unknown", "unknown", "unknown"),
        ("son", "resident", "0-17", "unknown"),
    ]


def test_an_account_spends_on_its_owner_and_on_others() -> None:
    tables = World.from_rows(
        settlements="""
          settlement | person | settled_at       | account_paid | pool_paid | mutual_aid_paid | mutual_aid_payer
          s1         | son    | 2024-03-01 10:00 | 10.00        | 50.00     |                 |
          s2         | mother | 2024-03-02 10:00 | 1.00         | 20.00     | 30.00           | son
        """,
        family_authorizations="""
          payer | beneficiary
          son   | mother
          aunt  | mother
        """,
    ).tables()
    assert _view(tables, "payer_account_spend", "payer_id", "pool", "account") == [
        ("aunt", 0, 0),
        ("son", 2000, 4000),
    ]
    assert _view(tables, "person_spend", "person_id", "pool", "account") == [
        ("mother", 2000, 3100),
        ("son", 5000, 1000),
    ]


def test_what_cannot_be_computed_is_left_out_with_the_reason() -> None:
    complete = random_tables(seed=41)
    by_day = Tables(complete.frames, complete.columns, frozenset({"settlements.settled_at"}))
    _, left_out = compute("person", Views(by_day))
    assert left_out["night_share"] == "needs settlements.settled_at to the minute"
    _, left_out = compute("payer_account", Views(without(complete, "account_entries", "persons.region_code")))
    assert left_out["beneficiary_districts"] == "needs persons.region_code"
    assert left_out["spend_soon_after_credit"].startswith("needs account_entries.")


@pytest.mark.parametrize("entity", ENTITIES)
def test_no_rows_at_all_give_no_entities(entity: Entity) -> None:
    tables = random_tables(seed=42)
    empty = tables.replacing(**{name: frame.head(0) for name, frame in tables.frames.items()})
    frame, left_out = compute(entity, Views(empty))
    assert frame.is_empty() and ENTITY_KEYS[entity] in frame.columns
    assert not left_out


@pytest.mark.parametrize("on_disk", [False, True])
def test_shared_rows_are_computed_once_and_keep_their_order(on_disk: bool, tmp_path: Path) -> None:
    views = Views(random_tables(seed=43), tmp_path if on_disk else None)
    calls: list[str] = []

    def build() -> Frame:
        calls.append("built")
        return nw.from_native(pl.LazyFrame({"row": [3, 1, 2]}))

    for _ in range(2):
        assert views.share("rows", build).to_native().collect()["row"].to_list() == [3, 1, 2]
        views.to_disk()
    assert calls == ["built"]
    assert bool(list(tmp_path.glob("shared_rows.parquet"))) == on_disk
