"""The period that a report is about: a month, a quarter, a half year or a year."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from features.errors import UsageError

_WRITTEN = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12])))?"
)
_YEAR = 12
Kind = Literal["month", "quarter", "half", "year"]
_KINDS: dict[int, Kind] = {1: "month", 3: "quarter", 6: "half", _YEAR: "year"}


@dataclass(frozen=True)
class ReportPeriod:
    """Whole calendar months.

    Attributes:
        name: as it was asked for: ``2024``, ``2024-H1``, ``2024-Q3``, ``2024-06``.
        first_month: year * 12 + month - 1 of the first month.
        months: how many.
    """

    name: str
    first_month: int
    months: int

    @property
    def start(self) -> dt.date:
        """First day."""
        return _first_day(self.first_month)

    @property
    def end(self) -> dt.date:
        """Last day."""
        return _first_day(self.first_month + self.months) - dt.timedelta(days=1)

    @property
    def last_month(self) -> str:
        """The last month, as ``2024-09``."""
        return self.end.isoformat()[:7]

    @property
    def kind(self) -> Kind:
        """What it is called."""
        return _KINDS[self.months]

    @property
    def before(self) -> ReportPeriod:
        """The period of the same length that ends the day before it begins."""
        return _named(self.first_month - self.months, self.months)

    @property
    def year_before(self) -> ReportPeriod:
        """The same months of the year before; of a year, the year before."""
        return _named(self.first_month - _YEAR, self.months)

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.end - self.start).days + 1


def report_period(text: str) -> ReportPeriod:
    """Read a period.

    Raises:
        UsageError: not written as a year, a half year, a quarter or a month.
    """
    written = _WRITTEN.fullmatch(text.strip().upper())
    if written is None:
        raise UsageError(
            "{text!r} is not a period.",
            next_step="write a year (2024), a half year (2024-H1), a quarter (2024-Q3) or a month (2024-06)",
            text=text,
        )
    year = int(written["year"]) * _YEAR
    if written["month"]:
        return ReportPeriod(written[0], year + int(written["month"]) - 1, 1)
    for part, months in (("quarter", 3), ("half", 6)):
        if written[part]:
            return ReportPeriod(written[0], year + (int(written[part]) - 1) * months, months)
    return ReportPeriod(written[0], year, _YEAR)


def _first_day(month: int) -> dt.date:
    return dt.date(month // _YEAR, month % _YEAR + 1, 1)


def _named(first_month: int, months: int) -> ReportPeriod:
    year, month = divmod(first_month, _YEAR)
    part = {1: f"-{month + 1:02}", 3: f"-Q{month // 3 + 1}", 6: f"-H{month // 6 + 1}", _YEAR: ""}[months]
    return ReportPeriod(f"{year}{part}", first_month, months)
