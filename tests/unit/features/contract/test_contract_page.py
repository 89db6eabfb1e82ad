"""The contract's page is written from the contract."""

from __future__ import annotations

from support.golden import CONTRACT, assert_up_to_date


def test_the_page_is_current() -> None:
    assert_up_to_date(CONTRACT)
