"""Institutions compared with their peers and with the city's trend, on tables written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from detection.indicators.about import About
from detection.indicators.catalogue import indicators
from detection.indicators.measure import VALUES
from detection.store.queries.indicators.comparison import Compared, compared
from detection.store.queries.indicators.files import Files
from features.indicators.periods import Period

BEGINS = 2023 * 12
LATER = BEGINS + 12
Stays = dict[tuple[str, int], tuple[int, int]]
"""By institution and month, short stays and all stays, each of a person of its own."""


def files(folder: Path, stays: Stays, levels: dict[str, str]) -> Files:
    """Two months, a year apart, of stays and as many visits; a short stay is a visit paid by oneself."""
    names, rows = sorted(levels), list(_stays(stays))
    tables = folder / "tables"
    tables.mkdir()
    codes = {"insured_code": range(len(rows))}
    people = pl.DataFrame(codes, schema={"insured_code": pl.Int32}).with_columns(
        person_id=pl.format("P{}", "insured_code"),
        **{name: pl.lit("unknown") for name in ("district", "age_band", "employer_id")},
    )
    places = pl.DataFrame({"provider_id": names}).with_columns(
        institution_code=pl.int_range(pl.len(), dtype=pl.Int32),
        provider_kind=pl.lit("hospital"),
        provider_level=pl.col("provider_id").replace_strict(levels),
    )
    listed = (
        pl.DataFrame(rows, schema=["provider_id", "month", "days"], orient="row")
        .with_columns(pl.col("month").cast(pl.Int32), insured_code=pl.int_range(pl.len(), dtype=pl.Int32))
        .join(places.select("institution_code", "provider_id"), on="provider_id")
        .with_columns(settlement_id=pl.format("S{}", "insured_code"), person_category=pl.lit("active"))
    )
    visits = listed.with_columns(
        care_type=pl.lit("outpatient"),
        total=pl.lit(1, pl.Int64),
        self_paid=(pl.col("days") <= 2).cast(pl.Int64),
    )
    items = pl.DataFrame(schema={"settlement_id": pl.String, "item_name": pl.String})
    views = {
        "insured": people,
        "institutions": places,
        "hospital_stays": listed,
        "outpatient_settlements": visits,
        "stay_items": items,
    }
    for name, frame in views.items():
        frame.write_parquet(tables / f"{name}.parquet")
    _values(listed).write_parquet(folder / "values.parquet")
    return Files(folder, About(first=BEGINS, last=LATER, cut_over=None))


def _stays(stays: Stays) -> Iterator[tuple[str, int, int]]:
    for (name, month), (short, every) in stays.items():
        yield from ((name, month, 1 if number < short else 9) for number in range(every))


def _values(listed: pl.DataFrame) -> pl.DataFrame:
    result = listed.group_by("month").agg((pl.col("days") <= 2).sum().alias("short"), pl.len())
    rows = [
        (name, "month", month, month, 0, short, every, every, short, every - short)
        for name in ("short_stays", "self_pay_share")
        for month, short, every in result.iter_rows()
    ]
    return pl.DataFrame(rows, schema=VALUES, orient="row")


def comparisons(run: Files, name: str) -> dict[str, Compared]:
    indicator, period = indicators()[name], Period("month", LATER, LATER)
    return compared(run, indicator, period, run.cells(indicator, period, "provider_id"))


def test_an_institution_is_compared_with_the_change_of_the_city(tmp_path: Path) -> None:
    """The city falls from 40 to 30 in a hundred; an institution that stays rises relative to it, at any level."""
    stays = {
        ("HIGH", BEGINS): (60, 100), ("HIGH", LATER): (50, 100),
        ("STAYS", BEGINS): (10, 100), ("STAYS", LATER): (10, 100),
        ("FALLS", BEGINS): (50, 100), ("FALLS", LATER): (30, 100),
    }  # fmt: skip
    result = comparisons(
        files(tmp_path, stays, dict.fromkeys(("HIGH", "STAYS", "FALLS"), "tertiary")), "short_stays"
    )
    trends = {
        name: compared_with.trend.apart for name, compared_with in result.items() if compared_with.trend
    }
    assert trends == pytest.approx({"HIGH": 0.0, "STAYS": 0.1, "FALLS": -0.1})
    assert {name for name, comparison in result.items() if comparison.attention} == {"STAYS"}
    assert {comparison.against.value for comparison in result.values() if comparison.against} == {0.3}


@pytest.mark.parametrize(
    ("then", "now"), [((12, 29), (12, 30)), ((12, 30), (12, 29)), ((0, 0), (12, 30)), ((1, 30), (12, 30))]
)
def test_no_trend_is_shown_where_either_period_rests_on_few(
    tmp_path: Path, then: tuple[int, int], now: tuple[int, int]
) -> None:
    stays = {
        ("A", BEGINS): then,
        ("A", LATER): now,
        ("B", BEGINS): (20, 100),
        ("B", LATER): (20, 100),
        ("C", BEGINS): (15, 90),
        ("C", LATER): (15, 90),
    }
    result = comparisons(files(tmp_path, stays, dict.fromkeys("ABC", "tertiary")), "short_stays")
    assert result["A"].trend is None and not result["A"].attention
    assert result["B"].trend is not None


def test_the_first_year_has_no_trend(tmp_path: Path) -> None:
    run = files(tmp_path, {("A", BEGINS): (30, 40), ("A", LATER): (30, 40)}, {"A": "tertiary"})
    indicator, period = indicators()["short_stays"], Period("month", BEGINS, BEGINS)
    comparison = compared(run, indicator, period, run.cells(indicator, period, "provider_id"))["A"]
    assert comparison.trend is None and not comparison.attention and comparison.against is not None


def test_peers_of_whom_one_is_hidden_have_no_value(tmp_path: Path) -> None:
    """D goes with C, to protect it; E is the only other of D's level, and its peers' value would be D's."""
    stays = {
        ("A", LATER): (20, 50), ("B", LATER): (30, 60), ("C", LATER): (1, 5),
        ("D", LATER): (11, 40), ("E", LATER): (25, 50),
    }  # fmt: skip
    levels = {"A": "tertiary", "B": "tertiary", "C": "primary", "D": "secondary", "E": "secondary"}
    run = files(tmp_path, stays | {("A", BEGINS): (1, 1)}, levels)
    indicator, period = indicators()["self_pay_share"], Period("month", LATER, LATER)
    cells = run.cells(indicator, period, "provider_id")
    assert {name for name, value in cells.items() if value.sufficiency == "hidden"} == {"C", "D"}
    result = comparisons(run, "self_pay_share")
    assert result["E"].against is None and not result["E"].attention and result["D"].against is None
    assert result["A"].against is not None and result["A"].against.value == 0.5


def test_peers_of_whom_several_are_hidden_together_have_a_value(tmp_path: Path) -> None:
    """C and D are hidden, and fifteen people together: A and B are compared with all others of their level."""
    stays = {
        ("A", LATER): (20, 50), ("B", LATER): (30, 60), ("C", LATER): (0, 8), ("D", LATER): (0, 7),
    }  # fmt: skip
    run = files(tmp_path, stays | {("A", BEGINS): (1, 1)}, dict.fromkeys("ABCD", "tertiary"))
    indicator, period = indicators()["self_pay_share"], Period("month", LATER, LATER)
    cells = run.cells(indicator, period, "provider_id")
    assert {name for name, value in cells.items() if value.sufficiency == "hidden"} == {"C", "D"}
    result = comparisons(run, "self_pay_share")
    assert result["A"].against is not None and result["A"].against.value == 30 / 75
