"""Months of contributions and credits: those that they are for, or those in which they were booked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.world import World

from features.engine import collect
from features.readings import Reading, read_as
from features.tables import Tables

FOR, AFTER = "for", "after"
JANUARY = 2023 * 12


def text(index: int) -> str:
    return f"{index // 12}-{index % 12 + 1:02}"


def town(spans: list[tuple[int, int]], contributions: int, credited: int) -> Tables:
    """People at work from one month to another of two years, some of them throughout.

    Args:
        spans: first and last month of each, from 0 to 23.
        contributions: months after which contributions are recorded.
        credited: months after which credits are.
    """
    world = World()
    world.settlement("p0", "h1", "2024-06-01 09:00")
    for number, (first, last) in enumerate([*spans, (0, 23), (0, 23)]):
        name = f"p{number}"
        world.person(name)
        begun, ended = text(JANUARY + first), text(JANUARY + last)
        world.enrolment(
            name,
            start_date=f"{begun}-01",
            end_date=f"{ended}-28" if last < 23 else None,
        )
        for month in range(first, last + 1):
            world.add(
                "contributions",
                person=name,
                accrual_month=text(JANUARY + month + contributions),
                contribution_base="5000.00",
            )
            world.entry(
                name,
                f"{text(JANUARY + month + 1)}-10 09:00",
                "monthly_credit",
                "100.00",
                accrual_month=text(JANUARY + month + credited),
            )
    return world.tables()


def read(tables: Tables, **chosen: str) -> tuple[Tables, dict[str, Reading]]:
    translated, readings = read_as(tables, chosen)
    return translated, {each.name: each for each in readings}


def months(tables: Tables, table: str) -> list[int]:
    return sorted(collect(tables.frame(table).select("accrual_month_index"))["accrual_month_index"])


SPANS = st.lists(
    st.tuples(st.integers(2, 10), st.integers(11, 20)),
    min_size=5,
    max_size=8,
)


@settings(max_examples=10)
@given(contributions=st.integers(0, 1), credited=st.integers(0, 1), spans=SPANS)
def test_each_table_is_read_as_its_edges_show(
    contributions: int, credited: int, spans: list[tuple[int, int]]
) -> None:
    straight = town(spans, 0, 0)
    translated, readings = read(town(spans, contributions, credited))
    for name, table, shift in (
        ("contribution_accrual_month", "contributions", contributions),
        ("credit_accrual_month", "account_entries", credited),
    ):
        assert (readings[name].value, readings[name].by) == (AFTER if shift else FOR, "data")
        assert months(translated, table) == months(straight, table)


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("last", [0, 1])
def test_people_who_begin_or_end_mid_month_do_not_move_the_months(first: int, last: int) -> None:
    """A first contribution for the month after the beginning is lawful, and so is one for the month after the end."""
    world = World()
    world.settlement("p0", "h1", "2024-06-01 09:00")
    for number in range(20):
        name, until = f"p{number}", "2024-03-15" if number < 15 else None
        world.enrolment(name, start_date="2023-03-15", end_date=until)
        months_of = range(2 + first, 15 + last) if until else range(-2, 24)
        for month in months_of:
            world.add(
                "contributions",
                person=name,
                accrual_month=text(JANUARY + month),
                contribution_base="5000.00",
            )
    _, readings = read(world.tables())
    moved = first == 1 and last == 1
    assert readings["contribution_accrual_month"].value == (AFTER if moved else FOR)


def test_few_edges_change_nothing_and_the_run_may_say_so() -> None:
    tables = town([(3, 12)] * 2, 1, 0)
    _, readings = read(tables)
    assert readings["contribution_accrual_month"].value == FOR
    moved, readings = read(tables, contribution_accrual_month=AFTER)
    assert readings["contribution_accrual_month"].by == "option"
    assert months(moved, "contributions") == [month - 1 for month in months(tables, "contributions")]
