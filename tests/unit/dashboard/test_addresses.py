"""Addresses that somebody wrote by hand, or to do harm, open a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.pager import page_from_url
from dashboard.wording import catalogue

OpenPage = Callable[..., AppTest]


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


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_of_unknown_addresses_needs_no_address(
    open_page: OpenPage, sample: Path, language: str
) -> None:
    named, bare = (
        "\n".join(str(piece.value) for piece in open_page(sample, "unknown", lang=language, **given).html)
        for given in ({"address": "/nowhere"}, {})
    )
    words = catalogue(language)
    assert "/nowhere" in named
    assert words["unknown.text.bare"] in bare and words["unknown.text.bare"] not in named
