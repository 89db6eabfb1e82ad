"""Periods: months, twelve of them in a row, before and after the cut-over, and everything."""

from __future__ import annotations

import datetime as dt

from features.indicators.periods import Period, periods


def month(text: str) -> int:
    return int(text[:4]) * 12 + int(text[5:]) - 1


def test_periods_of_two_years_over_a_cut_over() -> None:
    found = periods(month("2022-07"), month("2024-06"), dt.date(2023, 1, 1))
    keys = [one.key for one in found]
    assert keys[0] == "month:2022-07"
    assert next(one for one in keys if one.startswith("rolling12")) == "rolling12:2023-06"
    assert Period("before", month("2022-07"), month("2022-12")) in found
    assert Period("after", month("2023-01"), month("2024-06")) in found
    assert found[-1] == Period("whole", month("2022-07"), month("2024-06"))
    assert len(keys) == len(set(keys)) == 24 + 13 + 2 + 1


def test_a_month_in_which_the_pool_begins_to_pay_is_neither_before_nor_after() -> None:
    found = periods(month("2022-09"), month("2022-11"), dt.date(2022, 10, 15))
    assert [(one.kind, one.start, one.end) for one in found if one.kind in ("before", "after")] == [
        ("before", month("2022-09"), month("2022-09")),
        ("after", month("2022-11"), month("2022-11")),
    ]


def test_data_on_one_side_of_the_cut_over_have_one_side() -> None:
    later = periods(month("2023-02"), month("2023-04"), dt.date(2023, 1, 1))
    earlier = periods(month("2022-02"), month("2022-04"), dt.date(2023, 1, 1))
    unknown = periods(month("2022-02"), month("2022-04"), None)
    assert [one.kind for one in later if one.kind != "month"] == ["after", "whole"]
    assert [one.kind for one in earlier if one.kind != "month"] == ["before", "whole"]
    assert [one.kind for one in unknown if one.kind != "month"] == ["whole"]
