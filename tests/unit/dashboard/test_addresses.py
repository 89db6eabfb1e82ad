"""Addresses that somebody wrote by hand, or to do harm, open a page."""

from __future__ import annotations

import pytest
import streamlit as st

from dashboard.pager import page_from_url


@pytest.mark.parametrize(
    ("named", "page"),
    [
        ("2", 2),
        ("4", 4),
        ("5", 4),
        ("0", 1),
        ("-1", 1),
        ("²", 1),
        ("٣", 1),
        ("9" * 23, 1),
        ("9" * 9, 4),
        ("9" * 5_000, 1),
    ],
)
def test_a_page_that_does_not_exist_is_one_that_does(
    named: str, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "query_params", {"page": named})
    assert page_from_url(100) == page
