"""Months as numbers: ``year * 12 + month - 1``, and the days that they begin and end on."""

from __future__ import annotations

import narwhals as nw

_MONTHS = 12


def month_of(time: str) -> nw.Expr:
    """The month of a time column."""
    moment = nw.col(time).dt
    return (moment.year().cast(nw.Int32) * _MONTHS + moment.month().cast(nw.Int32) - 1).cast(nw.Int32)


def first_day(month: nw.Expr) -> nw.Expr:
    """First day of a month, in days since 1970-01-01 (Int32).

    Counted from March, so that the leap day ends a year (E. M. Reingold and N. Dershowitz, Calendrical Calculations).
    """
    since_march = month.cast(nw.Int32) - 2
    year, place = since_march // _MONTHS, since_march % _MONTHS
    leap_days = year // 4 - year // 100 + year // 400
    return (year * 365 + leap_days + (place * 153 + 2) // 5 - 719_468).cast(nw.Int32)


def last_day(month: nw.Expr) -> nw.Expr:
    """Last day of a month, in days since 1970-01-01 (Int32)."""
    return first_day(month + 1) - 1
