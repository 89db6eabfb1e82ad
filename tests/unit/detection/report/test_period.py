"""Periods of reports, and the earlier ones that they are compared with."""

from __future__ import annotations

import pytest

from detection.report.period import report_period
from features.errors import UsageError


@pytest.mark.parametrize(
    ("text", "start", "end", "before", "year_before"),
    [
        ("2024-Q3", "2024-07-01", "2024-09-30", "2024-Q2", "2023-Q3"),
        ("2024-Q1", "2024-01-01", "2024-03-31", "2023-Q4", "2023-Q1"),
        ("2024-H1", "2024-01-01", "2024-06-30", "2023-H2", "2023-H1"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024-01", "2023-02"),
        ("2023", "2023-01-01", "2023-12-31", "2022", "2022"),
    ],
)
def test_periods(text: str, start: str, end: str, before: str, year_before: str) -> None:
    period = report_period(text)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)
    assert (period.before, period.year_before) == (report_period(before), report_period(year_before))


@pytest.mark.parametrize("text", ["2024-Q5", "2024-13", "last quarter", "24-Q1", ""])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not a period"):
        report_period(text)
