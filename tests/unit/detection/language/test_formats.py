"""Figures are written the same everywhere, as the reader's language writes them."""

from __future__ import annotations

import datetime as dt

import pytest

from detection.language.formats import formats
from detection.language.text import Text

EN, ZH = formats("en"), formats("zh")


def test_money_is_exact_to_the_fen() -> None:
    assert (EN.money(12_345_678), ZH.money(12_345_678)) == ("CN¥123,456.78", "¥123,456.78")
    assert (EN.money(-5), ZH.money(-5)) == ("−CN¥0.05", "−¥0.05")
    assert (EN.yuan(-123_456), EN.yuan(0)) == ("−1,234.56", "0.00")
    assert EN.money(99_999_999_999_999_999) == "CN¥999,999,999,999,999.99"


@pytest.mark.parametrize(
    ("fen", "english", "chinese"),
    [
        (12_345_678_900, "CN¥123.46M", "¥1.23亿"),
        (-1_234_500, "−CN¥12.35K", "−¥1.23万"),
        (99_999, "CN¥999.99", "¥999.99"),
        (0, "CN¥0.00", "¥0.00"),
    ],
)
def test_short_money_is_rounded_in_steps_of_the_language(fen: int, english: str, chinese: str) -> None:
    assert (EN.short_money(fen), ZH.short_money(fen)) == (english, chinese)


def test_numbers_are_rounded_like_the_value_that_is_stored() -> None:
    values = [0.125, 2.675, 1234.5, 0.0004, 1e6 + 1 / 3, 247 / 2000, 1 / 8]
    for value in values:
        assert EN.fixed(value, 2) == ZH.fixed(value, 2) == f"{value:,.2f}"
        assert EN.share(value) == f"{value:.1%}"
        assert EN.share(value, 0) == f"{value:.0%}"
    assert [EN.number(value) for value in (3, 1234.5, 0.25, 2.0)] == ["3", "1,234.5", "0.25", "2"]
    assert EN.count(1_234_567) == "1,234,567"


def test_a_difference_bears_its_sign_unless_it_rounds_to_zero() -> None:
    assert [EN.signed(value, 1) for value in (4.14, -0.25, 0.04, -0.04, 0)] == [
        "+4.1",
        "−0.2",
        "0.0",
        "0.0",
        "0.0",
    ]


def test_days_months_and_times() -> None:
    assert (EN.day("2024-06-30 10:00"), ZH.day(dt.date(2024, 6, 3))) == ("2024-06-30", "2024年6月3日")
    assert (EN.month("2024-03"), ZH.month("2024-03")) == ("2024-03", "2024年3月")
    assert (
        EN.time(dt.datetime(2024, 3, 1, 9, 5, 59))
        == ZH.time(dt.datetime(2024, 3, 1, 9, 5))
        == "2024-03-01 09:05"
    )
    assert (EN.day(None), EN.day(""), ZH.time(None)) == ("–", "–", "–")


@pytest.mark.parametrize(
    ("period", "chinese"),
    [
        ("2024", "2024年"),
        ("2024-H1", "2024年上半年"),
        ("2024-H2", "2024年下半年"),
        ("2024-Q3", "2024年第3季度"),
        ("2024-06", "2024年6月"),
    ],
)
def test_a_period_is_written_as_it_is_requested_or_in_chinese(period: str, chinese: str) -> None:
    assert (EN.period(period), ZH.period(period)) == (period, chinese)


def test_a_language_that_the_project_does_not_have_is_an_error() -> None:
    with pytest.raises(KeyError):
        formats("fr")
    with pytest.raises(KeyError):
        Text("a", "b")["fr"]


def test_a_text_has_two_sides() -> None:
    text = Text.of({"en": "late", "zh": "迟延", "n": 3})
    assert (text["en"], text["zh"], text.to_json()) == ("late", "迟延", {"en": "late", "zh": "迟延"})
    assert not Text.of({})
    assert Text.same("P-1") == Text("P-1", "P-1")
