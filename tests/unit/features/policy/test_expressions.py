"""Policy values as expressions over days: null or false outside the days on which they are known."""

from __future__ import annotations

import datetime as dt

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from features.calendar import day_number
from features.dated import Status
from features.policy import Policy, PolicyValue
from features.policy.values import Value

DAY = nw.col("day")


def _value(
    start: str, value: Value, status: Status = "verified", rows: tuple[dict[str, str | float], ...] = ()
) -> PolicyValue:
    return PolicyValue(dt.date.fromisoformat(start), value, "", "notice", status, rows)


POLICY = Policy(
    "320600",
    parameters={
        "benefit.pharmacy_level": (
            _value("2023-01-01", "primary"),
            _value("2024-01-01", None, "unknown"),
            _value("2025-01-01", "secondary"),
        ),
        "account_credit.active_rate": (_value("2023-01-01", 0.02),),
        "designation.emergency_exempt": (_value("2023-01-01", False), _value("2024-01-01", True)),
        "family_mutual_aid.permitted_relations": (
            _value("2023-01-01", ["spouse"]),
            _value("2024-01-01", None, "unknown"),
        ),
        "benefit.annual_cap": (
            _value(
                "2023-01-01",
                None,
                rows=(
                    {"person_category": "active", "value": 100.29},
                    {"person_category": "retired", "value": 200},
                ),
            ),
        ),
    },
)
DAYS = ["2022-12-31", "2023-01-01", "2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01"]


def _on_days(expression: nw.Expr) -> list[object]:
    days = [day_number(dt.date.fromisoformat(day)) for day in DAYS]
    frame = nw.from_native(pl.DataFrame({"day": days, "who": "retired", "code": "spouse"}))
    values: list[object] = frame.with_columns(result=expression)["result"].to_list()
    return values


def test_a_value_is_in_force_from_its_first_day_until_the_next() -> None:
    level = POLICY.expression("benefit.pharmacy_level", DAY)
    assert _on_days(level) == [None, "primary", "primary", None, None, "secondary"]
    assert _on_days(POLICY.is_known("benefit.pharmacy_level", DAY)) == [False, True, True, False, False, True]


def test_a_number_is_scaled_exactly() -> None:
    assert _on_days(POLICY.scaled("account_credit.active_rate", DAY, 1_000_000)) == [None, *[20_000] * 5]


def test_an_amount_depends_on_the_category_of_the_row() -> None:
    assert _on_days(POLICY.fen("benefit.annual_cap", DAY, person_category=nw.col("who"))) == [
        None,
        *[20_000] * 5,
    ]
    flexible = POLICY.fen("benefit.annual_cap", DAY, person_category=nw.lit("flexible"))
    assert _on_days(flexible) == [None] * 6


@pytest.mark.parametrize(("value", "days"), [(False, [1, 2]), (True, [3, 4, 5])])
def test_a_flag_holds_on_the_days_of_its_value(value: bool, days: list[int]) -> None:
    holds = POLICY.holds("designation.emergency_exempt", value, DAY)
    assert _on_days(holds) == [index in days for index in range(6)]


def test_a_code_is_listed_while_the_list_is_known() -> None:
    listed = POLICY.listed("family_mutual_aid.permitted_relations", nw.col("code"), DAY)
    assert _on_days(listed) == [None, True, True, None, None, None]


def test_a_parameter_that_the_area_lacks_is_never_known() -> None:
    assert _on_days(POLICY.expression("benefit.ungraded_level", DAY)) == [None] * 6
    assert _on_days(POLICY.is_known("benefit.ungraded_level", DAY)) == [False] * 6
    assert _on_days(POLICY.holds("benefit.ungraded_level", "primary", DAY)) == [False] * 6
    assert POLICY.known("benefit.ungraded_level", dt.date(2024, 1, 1)) is None
    assert POLICY.known_windows("benefit.ungraded_level") == []


def test_a_date_finds_the_known_value_only() -> None:
    known = POLICY.known("benefit.pharmacy_level", dt.date(2023, 12, 31))
    assert known is not None
    assert known.value == "primary"
    assert POLICY.known("benefit.pharmacy_level", dt.date(2024, 1, 1)) is None
    assert POLICY.known("benefit.pharmacy_level", dt.date(2022, 1, 1)) is None
