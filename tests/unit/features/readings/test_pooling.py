"""Days on which institutions joined outpatient pooling, where the source does not state them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.world import World

from features.engine import collect
from features.errors import UsageError
from features.policy import Policy, PolicyValue, load_policy
from features.readings import read_as, with_pooled_days
from features.tables import Tables

START = dt.date(2023, 1, 1)
BY = load_policy("320600")


def town(paid: dict[str, list[bool]]) -> Tables:
    """Visits by institution, a day apart since 2023-01-02: whether the fund paid."""
    world = World()
    for place, visits in paid.items():
        world.provider(place)
        for number, each in enumerate(visits):
            day = START + dt.timedelta(days=number + 1)
            world.settlement(
                "li",
                place,
                f"{day} 09:00",
                in_scope_amount="100.00",
                deductible_paid="0.00",
                pool_paid="75.00" if each else "0.00",
            )
    return world.tables()


def days(tables: Tables) -> dict[str, dt.date | None]:
    return dict(collect(tables.providers.select("provider_id", "pooled_outpatient_from")).rows())


VISITS = st.lists(st.booleans(), min_size=1, max_size=12)


@given(st.dictionaries(st.sampled_from(["p1", "p2", "p3"]), VISITS, min_size=1))
def test_a_place_joins_at_the_start_or_at_its_first_payment_after_many_without(
    paid: dict[str, list[bool]],
) -> None:
    filled, reading = with_pooled_days(town(paid), BY, None)
    assert reading is not None and (reading.value, reading.by) == ("area_start", "policy")
    assert filled.has("providers", "pooled_outpatient_from")
    for place, day in days(filled).items():
        unpaid = (paid[place] + [True]).index(True)
        first = START + dt.timedelta(days=unpaid + 1) if any(paid[place]) else None
        assert day == (START if unpaid < 5 else first)


def test_a_stated_day_is_left_as_it_is() -> None:
    world = World()
    world.provider("p1", pooled_outpatient_from="2024-05-01")
    world.settlement("li", "p1", "2024-06-01 09:00")
    tables = world.tables()
    assert with_pooled_days(tables, BY, None) == (tables, None)


@pytest.mark.parametrize(
    "policy",
    [
        Policy("none"),
        Policy(
            "320600",
            {},
            {"outpatient_pooling.in_force": (PolicyValue(START, None, "flag", "not read", "unknown"),)},
        ),
    ],
)
def test_without_a_start_of_the_area_nothing_is_filled_in(policy: Policy) -> None:
    tables = town({"p1": [True]})
    assert with_pooled_days(tables, policy, None) == (tables, None)


def test_the_run_may_leave_the_column_as_it_is() -> None:
    tables = town({"p1": [True]})
    same, reading = with_pooled_days(tables, BY, "column")
    assert same is tables and reading is not None and reading.by == "option"
    read_as(tables, {"pooled_outpatient_from": "column"})
    with pytest.raises(UsageError, match="no such reading"):
        read_as(tables, {"pooled_outpatient_from": "yesterday"})
