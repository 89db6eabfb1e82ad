"""Money, days and times are validated before they are converted."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from features.contract import Column, Kind
from features.intake.values.cells import read
from features.intake.values.dates import DateReader


def value(kind: Kind, cell: Any, dtype: pl.DataType | None = None, formats: tuple[str, ...] = ()) -> Any:
    series = pl.Series("cell", [cell], dtype=dtype or pl.String())
    return (
        series.to_frame()
        .select(read(pl.col("cell"), series.dtype, Column(kind, ""), DateReader(formats)))
        .item()
    )


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0),
        ("12", 12_00),
        ("12.3", 12_30),
        ("12.34", 12_34),
        ("-0.05", -5),
        ("0.29", 29),
        ("999999999.99", 99_999_999_999),
    ],
)
def test_money_text_becomes_exact_fen(text: str, fen: int) -> None:
    assert value(Kind.MONEY, text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "1.005",
        "1e3",
        "１２.00",
        "1,200.00",
        "12.",
        ".5",
        "+5",
        " 5",
        "5 ",
        "¥5",
        "NaN",
        "inf",
        "--5",
        "5元",
        "1_0",
        "9999999999.00",
    ],
)
def test_money_text_of_another_form_is_not_guessed_at(text: str) -> None:
    assert value(Kind.MONEY, text) is None


@pytest.mark.parametrize(
    ("cell", "dtype", "fen"),
    [
        (Decimal("12.34"), pl.Decimal(10, 2), 12_34),
        (Decimal("12.3400"), pl.Decimal(10, 4), 12_34),
        (Decimal("12.345"), pl.Decimal(10, 3), None),
        (Decimal("-12"), pl.Decimal(10, 0), -12_00),
        (12, pl.Int32(), 12_00),
        (12.34, pl.Float64(), 12_34),
        (1.005, pl.Float64(), None),
        (float("nan"), pl.Float64(), None),
        (float("inf"), pl.Float64(), None),
        (True, pl.Boolean(), None),
    ],
)
def test_money_of_parquet_types_is_exact_or_refused(cell: Any, dtype: pl.DataType, fen: int | None) -> None:
    assert value(Kind.MONEY, cell, dtype) == fen


def test_a_price_has_six_decimals_and_a_quantity_four() -> None:
    assert value(Kind.PRICE, "0.123456") == 123_456
    assert value(Kind.PRICE, "0.1234567") is None
    assert value(Kind.QUANTITY, "-2.5") == -25_000
    assert value(Kind.QUANTITY, "2.50001") is None


@pytest.mark.parametrize(
    "text", ["2024-02-30", "0001-01-01", "2101-01-01", "2024-3-1", "20240301", "2024/03/01", ""]
)
def test_an_invalid_or_implausible_day_is_unreadable(text: str) -> None:
    assert value(Kind.DATE, text) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-03-01 10:05:09", dt.datetime(2024, 3, 1, 10, 5, 9)),
        ("2024-03-01T10:05:09", dt.datetime(2024, 3, 1, 10, 5, 9)),
        ("2024-03-01 10:05", dt.datetime(2024, 3, 1, 10, 5)),
        ("2024-03-01 10:05:09.000", dt.datetime(2024, 3, 1, 10, 5, 9)),
        ("2024-03-01", None),
        ("2024-03-01 24:00:00", None),
        ("2024-03-01 10:05:60", None),
        ("2024-03-01 10:05:09Z", None),
        ("0001-01-01 00:00:00", None),
    ],
)
def test_a_time_is_local_and_to_the_second_or_minute(text: str, moment: dt.datetime | None) -> None:
    assert value(Kind.TIME, text) == moment


def test_a_parquet_time_with_an_offset_is_brought_to_local_time() -> None:
    noon = dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC)
    assert value(Kind.TIME, noon, pl.Datetime("us", "UTC")) == dt.datetime(2024, 3, 1, 20)


def test_a_month_is_year_and_month() -> None:
    assert value(Kind.MONTH, "2024-03") == "2024-03"
    assert value(Kind.MONTH, "2024-13") is None
    assert value(Kind.MONTH, "202403", formats=("%Y%m",)) == "2024-03"


@pytest.mark.parametrize(
    ("year", "read"), [("1899", False), ("1900", True), ("1999", True), ("2100", True), ("2101", False)]
)
def test_days_times_and_months_are_read_from_the_first_to_the_last_year(year: str, read: bool) -> None:
    assert (value(Kind.DATE, f"{year}-06-30") is not None) == read
    assert (value(Kind.TIME, f"{year}-06-30T10:05") is not None) == read
    assert (value(Kind.MONTH, f"{year}-06") is not None) == read


def test_flags_whole_numbers_and_degrees() -> None:
    assert [value(Kind.FLAG, text) for text in ("true", "FALSE", "1", "0", "yes")] == [
        True,
        False,
        True,
        False,
        None,
    ]
    assert value(Kind.INTEGER, "007") == 7
    assert value(Kind.INTEGER, "7.0") is None
    assert value(Kind.DECIMAL, "31.98") == 31.98
    assert value(Kind.DECIMAL, "nan") is None


def test_an_id_is_text_in_every_source_type() -> None:
    assert value(Kind.ID, "007") == "007"
    assert value(Kind.ID, 7, pl.Int64()) == "7"
    assert value(Kind.ID, 7.0, pl.Float64()) == "7"
    assert value(Kind.ID, 7.5, pl.Float64()) is None
