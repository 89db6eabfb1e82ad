"""Read dates, times and months, and derive the integer columns that features use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from features.calendar import MONTHS_PER_YEAR
from features.contract import Kind, Table, stem
from features.intake.values.forms import PRECISE, Form, to_local

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_LOCAL = "Asia/Shanghai"
_YEAR = r"(?:(?:19|20)[0-9]{2}|2100)"
"""From the first to the last year: a pattern looks for it once, a condition on the parsed value would parse twice."""
_DATE = rf"^{_YEAR}-[0-9]{{2}}-[0-9]{{2}}$"
_TIME = rf"^{_YEAR}-[0-9]{{2}}-[0-9]{{2}}[ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.0+)?)?$"
_MONTH = rf"^{_YEAR}-(0[1-9]|1[0-2])$"
_TO_THE_MINUTE = len("2024-03-01 10:00")
_TO_THE_SECOND = len("2024-03-01 10:00:00")
_MINUTE_US = 60_000_000
_TIME_OF_DAY = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?$"
_STARTS_WITH_DAY = r"^([0-9]{4})-?([0-9]{2})-?([0-9]{2})"
_SIDE_BY_SIDE = ("%Y%m", "%m%d", "%d%H", "%H%M", "%M%S")
_NO_END = (
    r"^(?:(?:0000|0001|2[1-9][0-9]{2}|[3-9][0-9]{3})[-/.年]?[0-9]{1,2}[-/.月]?[0-9]{1,2}"
    r"|(?:1900|1970)[-/.年]?0?1[-/.月]?0?1|1899[-/.年]?12[-/.月]?3[01])日?(?:[ T].*)?$"
)
_ZERO_DAYS = [dt.date(1900, 1, 1), dt.date(1899, 12, 30), dt.date(1899, 12, 31), dt.date(1970, 1, 1)]
"""Days that databases and spreadsheets write where there is none: their day zero."""
NO_END = "no date (9999-12-31, 1900-01-01)"
"""What a date that stands for no end is read as."""
_EXAMPLE_TIME = dt.datetime(2024, 10, 10, 10, 10, 10)


@dataclass(frozen=True)
class DateReader:
    """How the cells of a date, time or month column are read.

    Attributes:
        formats: strptime formats, from a mapping.
        zone: time zone of times without an offset; None for local time.
        forms: other forms that the whole column has; None to read nothing but ISO and the formats.
    """

    formats: Sequence[str] = ()
    zone: str | None = None
    forms: Sequence[Form] | None = None

    def others(self, source: pl.Expr, kind: Kind) -> list[pl.Expr]:
        """Local times of the cells in other forms."""
        if self.forms is None:
            return []
        return [form.read(source, kind, self.zone) for form in (PRECISE, *self.forms) if kind in form.kinds]


ISO = DateReader()
"""Nothing but ISO."""


def read_date(source: pl.Expr, dtype: pl.DataType, how: DateReader = ISO) -> pl.Expr:
    """A Date from ISO text, from text in the mapping's formats, or from a Parquet date or time."""
    if isinstance(dtype, pl.String):
        if how.formats:
            days = [_whole(source, form).str.to_date(form, strict=False) for form in how.formats]
        else:
            valid = pl.when(source.str.contains(_DATE)).then(source)
            days = [valid.str.to_date("%Y-%m-%d", strict=False)]
            if how.forms is None:
                return days[0]
        return _plausible(_first([*days, *(time.cast(pl.Date) for time in how.others(source, Kind.DATE))]))
    if isinstance(dtype, (pl.Date, pl.Datetime)):
        return _plausible(_local(source, dtype).cast(pl.Date))
    return pl.lit(None, dtype=pl.Date)


def read_time(source: pl.Expr, dtype: pl.DataType, how: DateReader = ISO) -> pl.Expr:
    """A local Datetime from text to the second or minute, from a mapping's formats, or from a Parquet type."""
    if isinstance(dtype, pl.String):
        if how.formats:
            times = [_parsed(source, form, how.zone) for form in how.formats]
        else:
            times = [to_local(_iso_time(source), how.zone)]
            if how.forms is None and how.zone is None:
                return times[0]
        return _plausible(_first([*times, *how.others(source, Kind.TIME)]))
    if isinstance(dtype, (pl.Date, pl.Datetime)):
        local = _local(source, dtype).cast(pl.Datetime("us"))
        naive = isinstance(dtype, pl.Datetime) and dtype.time_zone is None
        return _plausible(to_local(local, how.zone) if naive else local)
    return pl.lit(None, dtype=pl.Datetime("us"))


def read_month(source: pl.Expr, dtype: pl.DataType, how: DateReader = ISO) -> pl.Expr:
    """A month as text ``2024-03``; a mapping's formats must name a day too, or be ``%Y%m``."""
    if not isinstance(dtype, pl.String):
        return read_date(source, dtype).dt.strftime("%Y-%m")
    others = [time.dt.strftime("%Y-%m") for time in map(_plausible, how.others(source, Kind.MONTH))]
    if not how.formats:
        valid = pl.when(source.str.contains(_MONTH)).then(source)
        return _first([valid, *others])
    # A month without a day is not a date to a parser, so its first day is read.
    days = [
        (_whole(source, form) + "01").str.to_date(form + "%d", strict=False)
        if "%d" not in form
        else _whole(source, form).str.to_date(form, strict=False)
        for form in how.formats
    ]
    return _first([_plausible(_first(days)).dt.strftime("%Y-%m"), *others])


def _parsed(source: pl.Expr, form: str, zone: str | None) -> pl.Expr:
    """Local times of a format; with an offset, ``Z`` is one too."""
    if "%z" not in form:
        time = _whole(source, form).str.to_datetime(form, strict=False, time_unit="us")
        return to_local(time, zone)
    aware = source.str.to_datetime(form.replace("%z", "%#z"), strict=False, time_unit="us")
    return aware.dt.convert_time_zone(_LOCAL).dt.replace_time_zone(None)


def has_time(source: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Whether a cell of a time column contains more than the day."""
    if isinstance(dtype, pl.String):
        return source.str.contains(":", literal=True) | (source.str.len_bytes() > len("2024-03-01"))
    return pl.lit(isinstance(dtype, pl.Datetime))


def stands_for_no_end(source: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Whether an end is a date that systems write where there is none: ``9999-12-31``, ``0001-01-01``, ``1900-01-01``.

    A year after the last that is read cannot be meant, nor the day zero of a database or spreadsheet; any other date
    is what it says.
    """
    if isinstance(dtype, pl.String):
        return source.str.contains(_NO_END)
    if isinstance(dtype, (pl.Date, pl.Datetime)):
        return ~source.dt.year().is_between(2, _LAST_YEAR) | source.cast(pl.Date).is_in(_ZERO_DAYS)
    return pl.lit(False)


def with_day(
    source: pl.Expr, dtype: pl.DataType, days: Sequence[tuple[str, pl.DataType]]
) -> tuple[pl.Expr, pl.DataType]:
    """A cell that contains only a time of day, combined with the first day given by these columns."""
    if isinstance(dtype, pl.Time):
        source, dtype = source.dt.strftime("%H:%M:%S"), pl.String()
    if not isinstance(dtype, pl.String):
        return source, dtype
    day = _first(_iso_day(pl.col(name), kind) for name, kind in days)
    alone = source.str.contains(_TIME_OF_DAY)
    clock = pl.when(source.str.len_bytes() == len("10:00")).then(source + ":00").otherwise(source)
    return pl.when(alone).then(day + " " + clock).otherwise(source), dtype


def _iso_day(source: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if isinstance(dtype, (pl.Date, pl.Datetime)):
        return _local(source, dtype).dt.strftime("%Y-%m-%d")
    text = source.cast(pl.String)
    parts = [text.str.extract(_STARTS_WITH_DAY, part) for part in (1, 2, 3)]
    return pl.concat_str(parts, separator="-", ignore_nulls=False)


def _whole(source: pl.Expr, form: str) -> pl.Expr:
    """The cell if it has the full length of the format; checked where fields are not separated.

    A parser would read ``2024031`` as the first of March.
    """
    if not any(pair in form for pair in _SIDE_BY_SIDE):
        return source
    return pl.when(source.str.len_bytes() == len(_EXAMPLE_TIME.strftime(form))).then(source)


def derived(table: type[Table], columns: Sequence[str], day_precision: frozenset[str]) -> list[pl.Expr]:
    """The integer columns derived from dates, times and months, as in `stored_schema`.

    Args:
        table: the table.
        columns: its columns that are present.
        day_precision: times with day precision; their minute is null.
    """
    derived_columns: list[pl.Expr] = []
    for name in columns:
        kind, value = table.columns[name].kind, pl.col(name)
        if kind in (Kind.DATE, Kind.TIME):
            derived_columns.append(_day(value).alias(f"{stem(name)}_day"))
        if kind is Kind.TIME:
            minute = value.dt.epoch("us") // _MINUTE_US
            known = pl.lit(None, dtype=pl.Int64) if name in day_precision else minute.cast(pl.Int64)
            derived_columns.append(known.alias(f"{stem(name)}_minute"))
        if kind is Kind.MONTH:
            year, month = value.str.slice(0, 4).cast(pl.Int32), value.str.slice(5, 2).cast(pl.Int32)
            derived_columns.append(
                (year * MONTHS_PER_YEAR + month - 1).cast(pl.Int32).alias(f"{stem(name)}_index")
            )
    if table.table == "settlements":
        # The day of service is always known: it defaults to the day of settlement.
        derived_columns = [
            expression for expression in derived_columns if expression.meta.output_name() != "service_day"
        ] + _of_settlements(columns)
    return derived_columns


def _of_settlements(columns: Sequence[str]) -> list[pl.Expr]:
    settled = pl.col("settled_at").cast(pl.Date)
    service = pl.coalesce("service_date", settled) if "service_date" in columns else settled
    return [
        _month_index(settled).alias("settled_month"),
        _day(service).alias("service_day"),
        _month_index(service).alias("service_month"),
    ]


def _month_index(day: pl.Expr) -> pl.Expr:
    return (day.dt.year() * MONTHS_PER_YEAR + day.dt.month().cast(pl.Int32) - 1).cast(pl.Int32)


def _day(value: pl.Expr) -> pl.Expr:
    return value.cast(pl.Date).cast(pl.Int32)


def _iso_time(source: pl.Expr) -> pl.Expr:
    valid = pl.when(source.str.contains(_TIME)).then(source)
    to_the_minute = valid.str.len_bytes() == _TO_THE_MINUTE
    whole = pl.when(to_the_minute).then(valid + ":00").otherwise(valid.str.slice(0, _TO_THE_SECOND))
    # The letter is replaced last: Polars would compute it once for each use of a conditional value.
    return whole.str.replace("T", " ", literal=True).str.to_datetime(
        "%Y-%m-%d %H:%M:%S", strict=False, time_unit="us"
    )


def _local(source: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if isinstance(dtype, pl.Datetime) and dtype.time_zone is not None:
        return source.dt.convert_time_zone(_LOCAL).dt.replace_time_zone(None)
    return source


def _plausible(value: pl.Expr) -> pl.Expr:
    return pl.when(value.dt.year().is_between(_FIRST_YEAR, _LAST_YEAR)).then(value)


def _first(parsed: Iterable[pl.Expr]) -> pl.Expr:
    return pl.coalesce(list(parsed))
