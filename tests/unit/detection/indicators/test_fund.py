"""The pooled fund's outgo, its growth and its movers, on tables written by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import polars as pl
import pytest

from detection.indicators.about import About
from detection.indicators.catalogue import indicators
from detection.store.queries.indicators import fund
from detection.store.queries.indicators.files import Files
from detection.store.queries.reader import Reader
from features.calendar import month_text

FIRST, LAST = 2023 * 12, 2024 * 12 + 1
Bill = tuple[str, int, int, int]
"""Institution, month, person, fen."""


def bills() -> Iterator[Bill]:
    """In the first two months of 2023 and of 2024: A doubles its price, B doubles its people, C has three people."""
    for year, (cost, people) in ((2023, (100, 40)), (2024, (200, 80))):
        for month in (year * 12, year * 12 + 1):
            yield from (("A", month, person, cost) for person in range(40))
            yield from (("B", month, 100 + person, 100) for person in range(people))
            yield from (("C", month, 900 + person, 100 * year) for person in range(3))
            yield from (("D", month, 700 + person, 100) for person in range(15))


def write(folder: Path) -> None:
    (folder / "tables").mkdir()
    rows = list(bills())
    people = sorted({person for _, _, person, _ in rows})
    names = ["A", "B", "C", "D"]
    blank = {name: pl.lit("unknown") for name in ("district", "age_band", "employer_id")}
    insured = pl.DataFrame({"insured_code": people}, schema={"insured_code": pl.Int32})
    views = {
        "insured": insured.with_columns(person_id=pl.format("P{}", "insured_code"), **blank),
        "institutions": pl.DataFrame({"provider_id": names}).with_columns(
            institution_code=pl.int_range(pl.len(), dtype=pl.Int32),
            provider_kind=pl.lit("hospital"),
            provider_level=pl.Series(["tertiary", "tertiary", "primary", "primary"]),
        ),
        "pool_payments": pl.DataFrame(
            {
                "settlement_id": [f"S{number}" for number in range(len(rows))],
                "insured_code": [person for _, _, person, _ in rows],
                "institution_code": [names.index(name) for name, _, _, _ in rows],
                "month": [month for _, month, _, _ in rows],
                "pool": [fen for _, _, _, fen in rows],
            },
            schema_overrides={"insured_code": pl.Int32, "institution_code": pl.Int32, "month": pl.Int32},
        ).with_columns(person_category=pl.lit("active"), care_type=pl.lit("outpatient")),
    }
    dear = (pl.col("institution_code") == 0) & (pl.col("month") >= 2024 * 12)
    views["outpatient_settlements"] = views["pool_payments"].with_columns(
        total=pl.col("pool"), self_paid=pl.col("pool") // pl.when(dear).then(2).otherwise(10)
    )
    for name, frame in views.items():
        frame.write_parquet(folder / "tables" / f"{name}.parquet")
    sums: Counter[int] = Counter()
    for _, month, _, fen in rows:
        sums[month] += fen
    values = [
        (name, "month", month, month, 0, fen, 100, 50, 50, 50)
        for name in (fund.OUTGO, "self_pay_share")
        for month, fen in sums.items()
    ]
    columns = [
        "indicator",
        "kind",
        "start",
        "end",
        "side",
        "numerator",
        "denominator",
        "units",
        "counted",
        "rest",
    ]
    pl.DataFrame(values, schema=columns, orient="row").write_parquet(folder / "values.parquet")


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """A reader of the tables that names institutions as they are."""
    write(tmp_path)
    files = Files(tmp_path, About(first=FIRST, last=LAST, cut_over=None))
    monkeypatch.setattr(fund, "open_files", lambda _: files)
    return cast("Reader", SimpleNamespace(identity=lambda _, cell: cell, name=lambda _, cell: cell))


def test_the_year_so_far_is_compared_with_the_same_months_and_adds_up(reader: Reader) -> None:
    flow = fund.pool_flow(reader)
    assert (flow.now.start, flow.now.end) == ("2024-01", "2024-02")
    assert flow.then is not None and (flow.then.start, flow.then.end) == ("2023-01", "2023-02")
    paid = Counter[int]()
    for _, month, _, fen in bills():
        paid[month // 12] += fen
    assert flow.outgo_now is not None and flow.outgo_then is not None and flow.growth is not None
    assert (flow.outgo_then.fen, flow.outgo_now.fen) == (paid[2023], paid[2024])
    assert (flow.outgo_then.people, flow.outgo_now.people) == (98, 138)
    assert flow.growth.people + flow.growth.visits + flow.growth.cost == paid[2024] - paid[2023]
    months = {
        point.end: point.value.numerator for point in flow.months if point.value and point.value.numerator
    }
    assert len(months) == 4 and sum(months.values()) == paid[2023] + paid[2024]
    assert months[month_text(LAST)] == months[month_text(LAST - 1)]


def test_institutions_are_ordered_by_the_change_of_what_they_were_paid(reader: Reader) -> None:
    """C has three people: it is withheld, and with it the smallest other, which would give it away."""
    result = fund.movers(reader, fund.OUTGO)
    assert (result.now, result.against) == ("year:2024-02", "year:2023-02")
    assert {mover.label: mover.change for mover in result.most} == {
        "A": Fraction(8_000),
        "B": Fraction(8_000),
    }
    assert (result.count, result.withheld) == (2, 2)
    assert len(fund.movers(reader, fund.OUTGO, most=1).most) == 1


def test_shares_are_ordered_by_how_they_moved_apart_from_their_peers(reader: Reader) -> None:
    """A goes from a tenth to a half, and its only peer stands still."""
    result = fund.movers(reader, "self_pay_share")
    assert [(mover.label, mover.change, mover.peers) for mover in result.most] == [
        ("A", Fraction(2, 5), Fraction(0)),
        ("B", Fraction(0), Fraction(2, 5)),
    ]


def test_a_run_of_a_version_without_an_indicator_says_so(tmp_path: Path) -> None:
    write(tmp_path)
    files = Files(tmp_path, About(first=FIRST, last=LAST, cut_over=None))
    point = files.point(indicators()["surplus_supply"], files.periods[0])
    assert point.value is None and "run again" in point.reason_en and point.reason_zh


def test_data_of_one_year_have_no_growth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: Reader
) -> None:
    files = Files(tmp_path, About(first=2024 * 12, last=LAST, cut_over=None))
    monkeypatch.setattr(fund, "open_files", lambda _: files)
    flow = fund.pool_flow(reader)
    assert flow.then is None and flow.growth is None and flow.outgo_now is not None
    assert fund.movers(reader, fund.OUTGO).most == ()
