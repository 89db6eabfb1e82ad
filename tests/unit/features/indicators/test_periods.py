"""Periods: months, twelve of them in a row, before and after the cut-over, and everything."""

from __future__ import annotations

import datetime as dt

from features.indicators.periods import Period, periods


def month(text: str) -> int:
    return int(text[:4]) * 12 + int(text[5:]) - 1


def test_periods_of_two_years_over_a_cut_over() -> None:
    result = periods(month("2022-07"), month("2024-06"), dt.date(2023, 1, 1))
    keys = [period.key for period in result]
    assert keys[0] == "month:2022-07"
    assert next(period for period in keys if period.startswith("rolling12")) == "rolling12:2023-06"
    assert Period("before", month("2022-07"), month("2022-12")) in result
    assert Period("after", month("2023-01"), month("2024-06")) in result
    assert result[-1] == Period("whole", month("2022-07"), month("2024-06"))
    assert len(keys) == len(set(keys)) == 24 + 13 + 2 + 1


def test_a_month_in_which_the_pool_begins_to_pay_is_neither_before_nor_after() -> None:
    result = periods(month("2022-09"), month("2022-11"), dt.date(2022, 10, 15))
    assert [
        (period.kind, period.start, period.end) for period in result if period.kind in ("before", "after")
    ] == [
        ("before", month("2022-09"), month("2022-09")),
        ("after", month("2022-11"), month("2022-11")),
    ]


def test_data_on_one_side_of_the_cut_over_have_one_side() -> None:
    later = periods(month("2023-02"), month("2023-04"), dt.date(2023, 1, 1))
    earlier = periods(month("2022-02"), month("2022-04"), dt.date(2023, 1, 1))
    unknown = periods(month("2022-02"), month("2022-04"), None)
    assert [period.kind for period in later if period.kind != "month"] == ["after", "whole"]
    assert [period.kind for period in earlier if period.kind != "month"] == ["before", "whole"]
    assert [period.kind for period in unknown if period.kind != "month"] == ["whole"]
