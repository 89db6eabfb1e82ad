"""No flow of an account is lost, whatever its payments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.families.flows import Flow, flows_of

PAYMENTS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.integers(-(10**9), 10**9)), max_size=40
)


@given(PAYMENTS, st.integers(1, 8))
def test_the_flows_add_up_to_the_payments_to_the_fen(payments: list[tuple[str, str, int]], most: int) -> None:
    flows = flows_of(payments, most=most)
    shown = sum(flow.amount for flow in flows.largest)
    assert flows.total == shown + flows.total_of_others == sum(amount for _, _, amount in payments)
    assert sum(flow.payments for flow in (*flows.largest, *flows.others)) == len(payments)
    assert all(flow.amount > 0 for flow in flows.largest)
    assert len(flows.largest) <= most + 1


@pytest.mark.parametrize(("flows", "others"), [(3, 0), (4, 0), (5, 2)])
def test_the_rest_is_more_than_one_flow(flows: int, others: int) -> None:
    result = flows_of([("a", f"place-{n}", 100 - n) for n in range(flows)], most=3)
    assert len(result.others) == others
    assert result.largest[0] == Flow("a", "place-0", 1, 100)


def test_what_was_paid_back_is_among_the_others() -> None:
    flows = flows_of([("a", "x", 500), ("a", "y", 300), ("a", "y", -300)], most=3)
    assert flows.largest == (Flow("a", "x", 1, 500),)
    assert flows.others == (Flow("a", "y", 2, 0),)


def test_an_account_without_payments_has_no_flows() -> None:
    assert flows_of([], most=3).total == 0
