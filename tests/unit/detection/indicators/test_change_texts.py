"""A change or a small value is printed with as many digits as it takes to see that it is one."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.indicators.card import Unit
from detection.indicators.texts import change_text, value_text

UNITS: tuple[Unit, ...] = ("share", "points", "yuan", "months", "times", "per_10000")
parts = st.integers(0, 10**9)
wholes = st.integers(1, 10**10)


@given(parts, wholes, parts, wholes, st.sampled_from(UNITS), st.sampled_from(["en", "zh"]))
def test_a_change_is_printed_as_zero_only_where_the_figures_are_equal(
    now: int, of_now: int, then: int, of_then: int, unit: Unit, language: str
) -> None:
    change = Fraction(now, of_now) - Fraction(then, of_then)
    text = change_text(change, unit, language)
    assert any(digit in text for digit in "123456789") == (change != 0)
    assert ("\N{MINUS SIGN}" in text, "+" in text) == (change < 0, change > 0)


@given(parts, st.integers(0, 10**9), st.sampled_from(["en", "zh"]))
def test_a_share_is_printed_as_nothing_or_all_only_where_it_is(part: int, rest: int, language: str) -> None:
    if part + rest:
        text = value_text(part / (part + rest), "share", language)
        assert (text == "0.0%") == (part == 0)
        assert (text == "100.0%") == (rest == 0)


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [(195_295, 476_930_000, "0.04%"), (1, 3, "33.3%"), (99_999, 100_000, "99.999%"), (0, 5, "0.0%"), (3, 2, "150.0%")],
)  # fmt: skip
def test_small_shares_have_digits_enough(numerator: int, denominator: int, text: str) -> None:
    assert value_text(numerator / denominator, "share", "en") == text


def test_a_change_below_a_fen_has_its_digits() -> None:
    assert change_text(Fraction(1, 3), "yuan", "zh") == "+¥0.003"
    assert change_text(Fraction(-12_345), "yuan", "en") == "\N{MINUS SIGN}CN¥123.45"
