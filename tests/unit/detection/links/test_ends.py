"""An end that cannot be read is neither open nor any day: it adds no alert, and what needs it is counted."""

from __future__ import annotations

from functools import cache

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.random_worlds.rules import random_world
from support.rule_properties import AREA
from support.world import World

from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.hits import evidence_keys
from detection.detectors.runner import Evaluation, evaluate
from features.contract import TABLES, stem
from features.contract.vocabulary import UNKNOWN
from features.engine import Views
from features.policy import load_policy
from features.tables import Tables, unknown_end

BY = load_policy(AREA, profile="illustrative")
INTERVALS = {
    "enrolments": ("start_day", "end_date"),
    "providers": ("agreement_start_day", "agreement_end"),
    "provider_status": ("from_day", "to"),
    "family_authorizations": ("valid_from_day", "valid_to"),
}
RULES = (
    "benefit_recalc_mismatch",
    "closed_policy_use",
    "credit_rule_violation",
    "duplicate_benefit",
    "family_authorization",
    "ineligible_person",
    "provider_not_designated",
    "unlisted_premium",
)


@cache
def world(seed: int) -> Tables:
    return random_world(seed)


def rows_of(tables: Tables, name: str) -> pl.DataFrame:
    frame: pl.LazyFrame = tables.frame(name).to_native()
    return frame.collect()


def ended(tables: Tables, name: str, rows: list[int], how: str) -> Tables:
    """The data in which some rows end on the day they begin, or on a day that cannot be read."""
    start, column = INTERVALS[name]
    chosen = pl.int_range(pl.len()).is_in(rows)
    frame = rows_of(tables, name)
    day = pl.col(start) if how == "at once" else pl.lit(None, dtype=pl.Int32)
    changed = {f"{stem(column)}_day": day, column: day.cast(pl.Date).cast(frame.schema[column])}
    if f"{stem(column)}_minute" in frame.columns:
        changed[f"{stem(column)}_minute"] = day.cast(pl.Int64) * 24 * 60
    changed[unknown_end(column)] = pl.lit(how == "unknown")
    frame = frame.with_columns(
        pl.when(chosen).then(value).otherwise(pl.col(name_)).alias(name_) for name_, value in changed.items()
    )
    return tables.replacing(**{name: nw.from_native(frame.lazy())})


def evaluated(rule: str, tables: Tables) -> Evaluation:
    return evaluate(catalogue()[rule], DetectorContext(tables, Views(tables), BY, AREA))


def alerts(rule: str, tables: Tables) -> set[tuple[object, ...]]:
    hits = evaluated(rule, tables).hits
    return set(hits.select(*evidence_keys(catalogue()[rule].card), "subject_id", "cause").rows())


@cache
def as_recorded(rule: str, seed: int) -> set[tuple[object, ...]]:
    return alerts(rule, world(seed))


@cache
def common_as_recorded(rule: str, seed: int) -> frozenset[str]:
    card = catalogue()[rule].card
    exposure = evaluated(rule, world(seed)).exposure
    return frozenset(name for name, each in exposure.items() if each.is_common(card, card.causes[name]))


def test_the_rules_have_alerts_in_these_worlds() -> None:
    assert sum(bool(as_recorded(rule, 1)) for rule in RULES) >= 5


def test_every_table_with_such_an_end_is_tried() -> None:
    open_ends = {name for name, table in TABLES.items() if any(c.open_end for c in table.columns.values())}
    of_innocent_reasons = {"programme_registrations", "registered_contexts", "persons"}  # nobody died, so far
    assert open_ends == {*INTERVALS, *of_innocent_reasons}


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=4)
@given(seed=st.integers(1, 2), name=st.sampled_from(sorted(INTERVALS)), draw=st.data())
def test_an_end_that_cannot_be_read_adds_no_alert(
    rule: str, seed: int, name: str, draw: st.DataObject
) -> None:
    tables = world(seed)
    places = st.integers(0, rows_of(tables, name).height - 1)
    rows = draw.draw(st.lists(places, min_size=1, max_size=3, unique=True))
    added = alerts(rule, ended(tables, name, rows, "unknown")) - as_recorded(rule, seed)
    # What is common raises no alert; without the rows of one place it may be common no more.
    assert {each for each in added if each[-1] not in common_as_recorded(rule, seed)} == set()


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=4)
@given(seed=st.integers(1, 2), draw=st.data())
def test_a_status_of_no_list_adds_no_alert(rule: str, seed: int, draw: st.DataObject) -> None:
    tables = world(seed)
    enrolments = rows_of(tables, "enrolments")
    places = st.integers(0, enrolments.height - 1)
    rows = draw.draw(st.lists(places, min_size=1, unique=True))
    chosen = pl.int_range(pl.len()).is_in(rows)
    changed = enrolments.with_columns(
        status=pl.when(chosen).then(pl.lit(UNKNOWN)).otherwise(pl.col("status").cast(pl.String))
    )
    damaged = tables.replacing(enrolments=nw.from_native(changed.lazy()))
    usual = {
        each[:-1] for each in as_recorded(rule, seed)
    }  # another cause of the same rows is no other alert
    added = {each for each in alerts(rule, damaged) if each[:-1] not in usual}
    assert {each for each in added if each[-1] not in common_as_recorded(rule, seed)} == set()


def test_whose_status_is_unknown_is_counted() -> None:
    world = World()
    world.person("li")
    world.enrolment("li", start_date="2020-01-01", status="terminated", end_date="2023-12-31")
    world.settlement("li", "p1", "2024-02-01 09:00", pool_paid="10.00")
    for number in range(30):
        world.person(f"p{number}").enrolled()
        world.settlement(f"p{number}", "p1", "2024-03-05 09:00", pool_paid="10.00")
    tables = world.tables()
    assert evaluated("ineligible_person", tables).hits.height == 1
    rows = rows_of(tables, "enrolments")
    status = pl.when(pl.col("person_id") == "li").then(pl.lit(UNKNOWN)).otherwise("status")
    evaluation = evaluated(
        "ineligible_person",
        tables.replacing(enrolments=nw.from_native(rows.with_columns(status=status).lazy())),
    )
    assert evaluation.hits.is_empty()
    assert "the status is not known for 1 of 31 people (rows: 1)" in evaluation.assessability.reason_en


def test_whose_end_is_unknown_is_counted() -> None:
    world = World()
    world.person("li")
    world.enrolment("li", start_date="2020-01-01", end_date="2023-12-31")
    world.settlement("li", "p1", "2024-02-01 09:00", pool_paid="10.00")
    for number in range(30):
        name = f"p{number}"
        world.person(name).enrolled()
        world.settlement(name, "p1", "2024-03-05 09:00", pool_paid="10.00")
    tables = world.tables()
    assert evaluated("ineligible_person", tables).hits.height == 1
    evaluation = evaluated("ineligible_person", ended(tables, "enrolments", [0], "unknown"))
    assert evaluation.hits.is_empty()
    assert evaluation.assessability.status == "partial"
    assert "the end is not known for 1 of 31 people (rows: 1)" in evaluation.assessability.reason_en


def test_a_suspension_that_may_have_ended_is_no_stop() -> None:
    world = World()
    world.person("li").enrolled()
    world.provider("p1").status("suspended", "2024-01-10", "2024-01-20")
    world.settlement("li", "p1", "2024-01-15 09:00", pool_paid="10.00")
    world.settlement("li", "p1", "2024-03-05 09:00", pool_paid="10.00")
    tables = world.tables()
    assert evaluated("provider_not_designated", tables).hits.height == 1
    unknown = ended(tables, "provider_status", [0], "unknown")
    assert evaluated("provider_not_designated", unknown).hits.is_empty()


def test_a_residents_contribution_for_who_may_no_longer_be_an_employee() -> None:
    world = World()
    world.person("li").enrolled()
    world.person("bo")
    world.enrolment("bo", end_date="2024-12-31")
    world.authorization("li", "bo", relation="child")
    world.settlement("li", "p1", "2024-03-05 09:00")
    world.entry(
        "li",
        "2024-03-01 09:00",
        "premium",
        "-400.00",
        balance_after="100.00",
        beneficiary="bo",
        premium_kind="resident",
    )
    tables = world.tables()
    assert evaluated("unlisted_premium", tables).hits["cause"].to_list() == ["employee_insured"]
    evaluation = evaluated("unlisted_premium", ended(tables, "enrolments", [1], "unknown"))
    assert evaluation.hits.is_empty()
    assert "a day that cannot be read" in evaluation.assessability.reason_en
