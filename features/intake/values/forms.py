"""Other forms of dates, times, months and amounts than those of the contract.

Some are unmistakable in a single cell: fractions of a second, offsets, ``24:00:00``, thousands separators. Others are
read only where the whole column has them (`COLUMN_FORMS`): ``2024/3/31``, ``20240331``, the day numbers of Excel.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from features.contract import Kind

_LOCAL = "Asia/Shanghai"
_DAY = r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})-(?P<day>[0-9]{2}))"
_ANY_DAY = r"(?P<year>[0-9]{4})[-/.年](?P<month>[0-9]{1,2})[-/.月](?P<day>[0-9]{1,2})日?"
_CLOCK = r"(?P<hour>[0-9]{1,2})[:时](?P<minute>[0-9]{1,2})(?:[:分](?P<second>[0-9]{1,2})秒?(?:[.,][0-9]{1,9})?)?分?"
_ZONE = r"(?:\s*(?P<utc>[Zz]|UTC|GMT)|\s*(?P<sign>[+-])(?P<away>[0-9]{2}):?(?P<minutes>[0-9]{2})?)?"
_SERIAL = r"^[2-7][0-9]{4}(\.[0-9]+)?$"
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_MILLISECONDS = 86_400_000
_PARTS = ("month", "day", "hour", "minute", "second")


@dataclass(frozen=True)
class Form:
    """A way to write a day, a time or a month.

    Attributes:
        name: an example, or what it is called.
        pattern: cells that are written like this.
        kinds: kinds of columns that may have it.
    """

    name: str
    pattern: str
    kinds: tuple[Kind, ...]

    def matches(self, cells: pl.Expr) -> pl.Expr:
        """Whether cells are written like this."""
        return cells.str.contains(_plain(self.pattern))

    def read(self, cells: pl.Expr, kind: Kind, zone: str | None = None) -> pl.Expr:
        """Local times of cells; null where they are written otherwise.

        Args:
            cells: texts.
            kind: of the column.
            zone: time zone of times without an offset; None for local time.
        """
        if self.name == SERIAL:
            return to_local(_serial(cells, kind), zone if kind is Kind.TIME else None)
        return _moment(cells, self.pattern, zone if kind is Kind.TIME else None)


SERIAL = "day numbers of Excel"
_OF_MONTH, _OF_YEAR = r"(?P<day>0?[1-9]|[12][0-9]|3[01])", r"(?P<month>0?[1-9]|1[0-2])"
_REST = rf"(?P<year>[0-9]{{4}})(?:[ T]+{_CLOCK}{_ZONE})?$"
DAYS = (Kind.DATE, Kind.TIME, Kind.MONTH)
PRECISE = Form("", rf"^{_DAY}[ T]+{_CLOCK}{_ZONE}$", (Kind.TIME, Kind.DATE))
"""ISO with fractions of a second, an offset or 24:00: read in any row."""
COLUMN_FORMS: tuple[Form, ...] = (
    Form("2024/3/31", rf"^{_ANY_DAY}(?:[ T]+{_CLOCK}{_ZONE})?$", DAYS),
    Form("20240331", r"^(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})$", DAYS),
    Form(
        "20240331093000",
        r"^(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})[ T]?"
        r"(?P<hour>[0-9]{2}):?(?P<minute>[0-9]{2})(?::?(?P<second>[0-9]{2})(?:\.[0-9]{1,9})?)?$",
        (Kind.TIME, Kind.DATE),
    ),
    Form("31/03/2024", rf"^{_OF_MONTH}[-/.]{_OF_YEAR}[-/.]{_REST}", (Kind.TIME, Kind.DATE)),
    Form("03/31/2024", rf"^{_OF_YEAR}[-/.]{_OF_MONTH}[-/.]{_REST}", (Kind.TIME, Kind.DATE)),
    Form(SERIAL, _SERIAL, DAYS),
    Form("202403", r"^(?P<year>[0-9]{4})(?P<month>[0-9]{2})$", (Kind.MONTH,)),
    Form("2024/3", r"^(?P<year>[0-9]{4})[-/.年](?P<month>[0-9]{1,2})月?$", (Kind.MONTH,)),
)
"""Forms that a whole column may have."""
DAY_FIRST, MONTH_FIRST = (
    next(form for form in COLUMN_FORMS if form.name == name) for name in ("31/03/2024", "03/31/2024")
)
"""Two forms that only days after the twelfth tell apart."""
_OF_DAY = r"[:时]|^[0-9]{12,14}$|^[0-9]{8}[ T][0-9]|^[0-9]{5}\.[0-9]*[1-9]"
_NOISE = r"^-?[0-9]+\.[0-9]{7,}$|^-?[0-9]+(?:\.[0-9]+)?[eE]-[0-9]{1,3}$"
_NEARLY, _NEARLY_UNIT = 1e-6, 0.01
"""Largest deviation of noise: of the amount, and of its last decimal."""
_NOISY_DECIMALS = 6
_AMOUNT = r"^[-−]?(?:[0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?$"


def has_clock(cells: pl.Expr) -> pl.Expr:
    """Whether cells in one of the forms name a time of day."""
    return cells.str.contains(_OF_DAY)


def amount(cells: pl.Expr, decimals: int) -> pl.Expr:
    """Plain decimals of amounts with separators, a currency, full-width digits, surplus digits or another minus.

    Accounts write ``(57.25)`` and ``57.25-`` for −57.25. Surplus digits are zeros, or the noise of a floating-point
    number: ``57.24999999999999``, ``5.7E-14``.

    Args:
        cells: texts.
        decimals: of the column.
    """
    return cells.map_batches(
        lambda texts: _amounts(texts, decimals), return_dtype=pl.String(), is_elementwise=True
    )


def _amounts(cells: pl.Series, decimals: int) -> pl.Series:
    plain = (
        cells.str.normalize("NFKC")
        .str.replace_all(r"[¥￥\s]|元$|CNY|RMB", "")
        .str.replace("−", "-", literal=True)
        .str.replace(r"^\((.+)\)$|^([0-9][0-9.,]*)-$", "-${1}${2}")
    )
    noisy = plain.str.contains(_NOISE).fill_null(value=False)
    if decimals <= _NOISY_DECIMALS and noisy.any():
        plain = plain.zip_with(~noisy, _without_noise(plain.set(~noisy, None), decimals))
    valid = plain.str.contains(_AMOUNT) & plain.str.contains(r"[0-9]")
    number = plain.set(~valid, None).str.replace_all("[,，]", "").str.replace(r"^(-?)\.", "${1}0.")
    return number.str.replace(rf"(\.[0-9]{{{decimals}}})0+$", "${1}").str.replace(r"\.0+$", "")


def _without_noise(cells: pl.Series, decimals: int) -> pl.Series:
    """Decimals of numbers that differ from them as floating-point numbers do; null for all others."""
    scaled = cells.cast(pl.Float64, strict=False) * 10**decimals
    near = (scaled - scaled.round()).abs() <= min(_NEARLY * 10**decimals, _NEARLY_UNIT)
    units = scaled.round().cast(pl.Int64, strict=False).set(~near, None)
    width: pl.Series = (units < 0).cast(pl.Int64) + decimals + 1
    digits: pl.Series = units.cast(pl.String).str.zfill(width)
    return digits.str.replace(rf"([0-9]{{{decimals}}})$", ".${1}")


def label(cells: pl.Expr, forms: Sequence[Form]) -> pl.Expr:
    """What is unusual about cells that were read in a form, as it is counted."""
    named = pl.lit(None, dtype=pl.String)
    for form in reversed(forms):
        named = pl.when(form.matches(cells)).then(pl.lit(form.name)).otherwise(named)
    return (
        pl.when(cells.str.contains("[ T]24:00"))
        .then(pl.lit("24:00, the next day"))
        .when(
            cells.str.contains(r":[0-9]{2}\s*([Zz]|UTC|GMT|[+-][0-9]{2}:?([0-9]{2})?)$|[.,][0-9]+([Zz]|[+-])")
        )
        .then(pl.lit("times with an offset"))
        .when(cells.str.contains(r":[0-9]{2}[.,][0-9]+$"))
        .then(pl.lit("times with fractions of a second"))
        .otherwise(named)
    )


def to_local(times: pl.Expr, zone: str | None) -> pl.Expr:
    """Times without an offset, from the zone in which they were written to local time."""
    if zone is None or zone == _LOCAL:
        return times
    aware = times.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    return aware.dt.convert_time_zone(_LOCAL).dt.replace_time_zone(None)


def _moment(cells: pl.Expr, pattern: str, zone: str | None) -> pl.Expr:
    parts = {
        name: cells.str.extract(_plain(pattern), number) for number, name in enumerate(_names(pattern), 1)
    }
    part = {name: parts.get(name, pl.lit(None, dtype=pl.String)) for name in (*_PARTS, "year")}
    day = pl.concat_str(
        part["year"],
        part["month"].str.zfill(2),
        part["day"].str.zfill(2) if "day" in parts else pl.lit("01"),
        separator="-",
    )
    midnight = part["hour"] == "24"
    whole = ~midnight.fill_null(value=False) | (
        (part["minute"].cast(pl.Int8, strict=False) == 0)
        & (part["second"].cast(pl.Int8, strict=False).fill_null(0) == 0)
    )
    hour = pl.when(midnight).then(pl.lit("00")).otherwise(part["hour"].fill_null("0").str.zfill(2))
    clock = pl.concat_str(
        hour,
        part["minute"].fill_null("0").str.zfill(2),
        part["second"].fill_null("0").str.zfill(2),
        separator=":",
    )
    text = pl.when(whole).then(pl.concat_str(day, clock, separator=" "))
    naive = text.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us")
    naive = pl.when(midnight.fill_null(value=False)).then(naive.dt.offset_by("1d")).otherwise(naive)
    return _shifted(naive, parts, zone)


def _shifted(naive: pl.Expr, parts: dict[str, pl.Expr], zone: str | None) -> pl.Expr:
    """Local times: those with an offset are moved from it, the others from their zone."""
    if "utc" not in parts:
        return to_local(naive, zone)
    minutes = parts["away"].cast(pl.Int32, strict=False) * 60 + parts["minutes"].cast(
        pl.Int32, strict=False
    ).fill_null(0)
    east = pl.when(parts["sign"] == "-").then(-minutes).otherwise(minutes)
    offset = pl.when(parts["utc"].is_not_null()).then(pl.lit(0)).otherwise(east)
    moved = naive - pl.duration(minutes=offset)
    local = moved.dt.replace_time_zone("UTC").dt.convert_time_zone(_LOCAL).dt.replace_time_zone(None)
    return pl.when(offset.is_not_null()).then(local).otherwise(to_local(naive, zone))


def _serial(cells: pl.Expr, kind: Kind) -> pl.Expr:
    valid = pl.when(cells.str.contains(_SERIAL)).then(cells).cast(pl.Float64, strict=False)
    unit = 1000.0 if kind is Kind.TIME else float(_MILLISECONDS)
    elapsed = ((valid * _MILLISECONDS / unit).round() if kind is Kind.TIME else valid.floor()) * unit
    start = pl.lit(dt.datetime.combine(_EXCEL_EPOCH, dt.time())).cast(pl.Datetime("us"))
    return (start + pl.duration(milliseconds=elapsed.cast(pl.Int64))).cast(pl.Datetime("us"))


def _plain(pattern: str) -> str:
    """The pattern without the names of its groups."""
    for name in _names(pattern):
        pattern = pattern.replace(f"?P<{name}>", "")
    return pattern


def _names(pattern: str) -> list[str]:
    return [part.partition(">")[0] for part in pattern.split("?P<")[1:]]
