"""Figures in stored texts: yuan to the fen, shares in per cent, other numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from detection.language.formats import formats
from features.figures import grouped_yuan, number, percent, plain_yuan

FEN = (0, 5, -5, 100, -12345, 123_456_789, 10**16 + 1)


def test_yuan_for_programs_are_exact_and_have_no_marks() -> None:
    written = ["0.00", "0.05", "-0.05", "1.00", "-123.45", "1234567.89", "100000000000000.01"]
    assert [plain_yuan(fen) for fen in FEN] == written


@pytest.mark.parametrize("language", ["en", "zh"])
def test_figures_of_stored_texts_are_those_of_the_languages(language: str) -> None:
    figures = formats(language)
    for fen in FEN:
        assert grouped_yuan(fen).replace("-", "\N{MINUS SIGN}") == figures.yuan(fen)
    for value in (0.0, 0.25, 4.5, 100.0, 1234.5, 1_234_567.0):
        assert number(value) == figures.number(value)
    for share in (0.0, 0.1235, 0.125, 0.8, 1.0):
        assert percent(share, 1) == figures.share(share).replace(".0%", "%")


def test_a_share_has_the_decimals_that_it_needs() -> None:
    shares = (Decimal("0.8"), Decimal("0.655"), Decimal("0.6667"), 1, 0, 0.1)
    assert [percent(share, 4) for share in shares] == ["80%", "65.5%", "66.67%", "100%", "0%", "10%"]
