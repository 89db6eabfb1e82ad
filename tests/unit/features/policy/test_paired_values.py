"""Values that change together have the same dates: whose care an account may pay, and whose contribution."""

from __future__ import annotations

import datetime as dt

import pytest

from features.policy import load_policy

PAIRS = [("family_mutual_aid.permitted_relations", "account_use.premium_relations")]
WIDENED = dt.date(2024, 8, 1)


@pytest.mark.parametrize(("area", "profile"), [("320600", None), ("150200", "illustrative")])
@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_paired_values_change_on_the_same_days(
    area: str, profile: str | None, first: str, second: str
) -> None:
    policy = load_policy(area, profile=profile)
    values = [
        [(window.start_day, window.value) for window in policy.known_windows(name)]
        for name in (first, second)
    ]
    assert len(values[0]) > 1
    assert values[0] == values[1]


@pytest.mark.parametrize("name", [name for pair in PAIRS for name in pair])
def test_near_relatives_are_permitted_from_august_2024(name: str) -> None:
    policy = load_policy("320600")
    before, since = policy.at(name, WIDENED - dt.timedelta(days=1)), policy.at(name, WIDENED)
    assert isinstance(before.value, list)
    assert isinstance(since.value, list)
    assert {"grandparent", "grandchild", "sibling"} <= set(since.value) - set(before.value)
