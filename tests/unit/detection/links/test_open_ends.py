"""Enrolments with open ends that were extracted before the claims end, and ordinary registers that were not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.world import World

from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import Evaluation, evaluate
from detection.links.catalogue import breaks_of
from detection.links.link import Break, Part
from features.calendar import day_number
from features.engine import Views
from features.policy import load_policy

AREA = "320600"
FIRST, LAST = dt.date(2024, 1, 1), dt.date(2024, 6, 30)
JOINED_FROM = dt.date(2022, 9, 1)


def joined(every: int) -> Iterator[tuple[str, dt.date]]:
    """People, and the day on which each joined: one every so many days, up to the last claim."""
    for number in range((LAST - JOINED_FROM).days // every):
        yield f"p{number:03}", JOINED_FROM + dt.timedelta(days=number * every)


def register(every: int, extracted: dt.date = LAST, lacking: tuple[str, ...] = ()) -> World:
    """Everybody has a claim two days after joining and one on the last day, and a row if joined by the extract."""
    world = World()
    world.provider("p1")
    for name, day in joined(every):
        world.person(name)
        if day <= extracted and name not in lacking:
            world.enrolment(name, start_date=f"{day}")
        for claimed in {max(day + dt.timedelta(days=2), FIRST), LAST}:
            world.settlement(name, "p1", f"{claimed} 09:00", pool_paid="10.00")
    return world


def breaks(world: World) -> tuple[Break, ...]:
    return breaks_of("patient_enrolment", Views(world.tables()))


def extracts(world: World) -> list[Break]:
    return [each for each in breaks(world) if " extract " in each.name]


def ineligible(world: World) -> Evaluation:
    tables = world.tables()
    by = load_policy(AREA, profile="illustrative")
    return evaluate(catalogue()["ineligible_person"], DetectorContext(tables, Views(tables), by, AREA))


@settings(max_examples=12)
@given(every=st.integers(1, 4), months=st.integers(2, 4))
def test_nothing_is_read_after_the_extract(every: int, months: int) -> None:
    extracted = dt.date(2024, 6 - months, 28)
    last = max(day for _, day in joined(every) if day <= extracted)
    [extract] = breaks(register(every, extracted))
    assert extract.part == Part("person", None, day_number(last) + 1, None)
    assert extract.reason[0].startswith(
        f"enrolments end around 2024-{6 - months:02}: no row begins after {last}"
    )
    assert extract.reason[1].startswith(f"参保登记表止于 2024-{6 - months:02} 前后")


@settings(max_examples=12)
@given(every=st.integers(1, 9), lacking=st.sets(st.integers(0, 60), max_size=8))
def test_a_register_that_goes_on_is_read_to_the_end(every: int, lacking: set[int]) -> None:
    assert extracts(register(every, lacking=tuple(f"p{number:03}" for number in lacking))) == []


def test_a_closed_group_is_read_to_the_end() -> None:
    world = World()
    world.provider("p1")
    for name, day in joined(2):
        if day <= dt.date(2024, 3, 1):
            world.person(name)
            world.enrolment(name, start_date=f"{day}")
            world.settlement(name, "p1", f"{LAST} 09:00", pool_paid="10.00")
    assert breaks(world) == ()


def test_rows_that_begin_with_the_month_show_the_extract_too() -> None:
    world = World()
    world.provider("p1")
    for month in range(36):
        for number in range(8):
            name, day = f"m{month:02}-{number}", dt.date(2021 + (month + 6) // 12, (month + 6) % 12 + 1, 1)
            world.person(name)
            if day <= dt.date(2024, 3, 1):
                world.enrolment(name, start_date=f"{day}")
            world.settlement(name, "p1", f"{max(day, FIRST)} 09:00", pool_paid="10.00")
            world.settlement(name, "p1", f"{LAST} 09:00", pool_paid="10.00")
    [extract] = breaks(world)
    assert extract.part is not None
    assert extract.part.first_day == day_number(dt.date(2024, 3, 2))
    assert "while 8 began per month before" in extract.reason[0]


@pytest.mark.parametrize("since", ["before", "after"])
def test_who_is_not_insured_is_assessed_up_to_the_extract_alone(since: str) -> None:
    world = register(2, dt.date(2024, 3, 31))
    world.person("li")
    world.enrolment("li", start_date="2020-01-01", end_date="2023-12-31")
    world.settlement(
        "li", "p1", f"{'2024-02-10' if since == 'before' else '2024-05-10'} 09:00", pool_paid="10.00"
    )
    evaluation = ineligible(world)
    assert evaluation.hits.height == (since == "before")
    assert evaluation.assessability.status == "partial"
    assert "the table was extracted before the claims end" in evaluation.assessability.reason_en
