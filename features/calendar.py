"""Days and months as whole numbers, for dates and for Narwhals expressions.

A day number counts days since 1970-01-01. A month index is ``year * 12 + month - 1``. Columns named ``*_day``
and ``*_month`` hold them; every conversion is done here.
"""

from __future__ import annotations

import datetime as dt

import narwhals.stable.v2 as nw

EPOCH = dt.date(1970, 1, 1)
"""Day number 0."""
MONTHS_PER_YEAR = 12

_SINCE_MARCH_0000 = 719_468  # days from 0000-03-01 to the epoch: counted from March, a leap day ends the year
_DAYS_OF_400_YEARS = 146_097


def day_number(day: dt.date) -> int:
    """Day number of a date."""
    return (day - EPOCH).days


def date_of(number: int) -> dt.date:
    """Date of a day number."""
    return EPOCH + dt.timedelta(days=number)


def month_index(day: dt.date) -> int:
    """Month index of a date."""
    return day.year * MONTHS_PER_YEAR + day.month - 1


def month_text(index: int) -> str:
    """A month as ``2024-06``."""
    year, month = divmod(index, MONTHS_PER_YEAR)
    return f"{year:04d}-{month + 1:02d}"


def whole_years(first: dt.date, last: dt.date) -> int:
    """Whole years from a day to a later one, as ages are counted."""
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def first_date(month: int) -> dt.date:
    """First date of a month index."""
    return dt.date(month // MONTHS_PER_YEAR, month % MONTHS_PER_YEAR + 1, 1)


def last_date(month: int) -> dt.date:
    """Last date of a month index."""
    return first_date(month + 1) - dt.timedelta(days=1)


def month_of_time(column: str) -> nw.Expr:
    """Month index (Int32) of a date or time column."""
    moment = nw.col(column).dt
    return (moment.year().cast(nw.Int32) * MONTHS_PER_YEAR + moment.month().cast(nw.Int32) - 1).cast(nw.Int32)


def month_of_day(day: nw.Expr) -> nw.Expr:
    """Month index (Int64) of day numbers.

    In whole numbers, by the method of E. M. Reingold and N. Dershowitz, Calendrical Calculations.
    """
    since = day.cast(nw.Int64) + _SINCE_MARCH_0000
    era, within = since // _DAYS_OF_400_YEARS, since % _DAYS_OF_400_YEARS
    year = (within - within // 1_460 + within // 36_524 - within // 146_096) // 365
    of_year = within - (365 * year + year // 4 - year // 100)
    return (era * 400 + year) * MONTHS_PER_YEAR + (5 * of_year + 2) // 153 + 2


def first_day(month: nw.Expr) -> nw.Expr:
    """Day number (Int32) of the first day of month indexes; the method is that of `month_of_day`."""
    since_march = month.cast(nw.Int32) - 2
    year, month_of_year = since_march // MONTHS_PER_YEAR, since_march % MONTHS_PER_YEAR
    leap_days = year // 4 - year // 100 + year // 400
    return (year * 365 + leap_days + (month_of_year * 153 + 2) // 5 - _SINCE_MARCH_0000).cast(nw.Int32)


def last_day(month: nw.Expr) -> nw.Expr:
    """Day number (Int32) of the last day of month indexes."""
    return first_day(month + 1) - 1
