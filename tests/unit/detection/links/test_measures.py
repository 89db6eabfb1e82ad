"""Links of a data set: what breaks them, and that ordinary life does not."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.links.arrivals import behind
from detection.links.gaps import Span, gaps_of, mass_gaps
from detection.links.keys import KeyNames, unmatched
from detection.links.link import Part
from detection.links.units import AmountNames, other_unit

PEOPLE = KeyNames("patient_enrolment", "person", "enrolments", "参保登记表", "people", "人")
PROVIDERS = KeyNames("provider_agreement", "provider", "providers", "定点机构表", "providers", "家机构")
MONEY = AmountNames("lines_unit", "settlements", "结算", "charge_lines", "费用明细")
SPAN = Span(1_000, 1_180)


def keys(matched: int, lacking: int) -> pl.DataFrame:
    names = [f"p{number:04}" for number in range(matched + lacking)]
    flags = [True] * matched + [False] * lacking
    return pl.DataFrame({"key": names, "matched": flags}, {"key": pl.String, "matched": pl.Boolean})


def intervals(*rows: tuple[str, int, int | None]) -> pl.DataFrame:
    kinds = {"key": pl.String(), "start_day": pl.Int32(), "end_day": pl.Int32()}
    return pl.DataFrame(rows, schema=kinds, orient="row")


def pairs(*amounts: tuple[int, int, int, str]) -> pl.DataFrame:
    rows = [(left, right, day, day // 30, provider) for left, right, day, provider in amounts]
    return pl.DataFrame(rows, schema=["left", "right", "day", "month", "provider_id"], orient="row")


def test_people_without_a_row_are_left_out_and_a_table_that_lacks_many_is_not_read_at_all() -> None:
    assert list(unmatched(keys(100, 0), PEOPLE)) == []
    [part] = unmatched(keys(995, 3), PEOPLE)
    assert part.part == Part("person", ("p0995", "p0996", "p0997"))
    assert "changed number" in part.reason[0]
    [many] = unmatched(keys(605, 405), PEOPLE)
    assert many.part is None
    assert many.reason[0].startswith("405 of 1,010 people have no row in enrolments")
    assert "1,010 人中有 405" in many.reason[1]


@given(matched=st.integers(0, 400), lacking=st.integers(0, 400))
def test_keys_without_a_row_are_never_assessed(matched: int, lacking: int) -> None:
    breaks = list(unmatched(keys(matched, lacking), PEOPLE))
    assert len(breaks) == (lacking > 0)
    for each in breaks:
        assert each.part is None or each.part.ids == tuple(keys(matched, lacking)["key"][matched:])


def test_a_table_that_ends_on_one_day_is_not_read_beyond_it() -> None:
    rows = intervals(*((f"p{number}", 0, 1_100) for number in range(100)), ("late", 0, None))
    [end] = mass_gaps(gaps_of(rows), 101, PEOPLE, SPAN)
    assert end.part == Part("person", None, 1_101, None)
    assert "100 of 101 people end on 1973-01-05" in end.reason[0]


def test_those_who_end_together_are_left_out_alone() -> None:
    rows = intervals(
        *((f"p{number:03}", 0, 1_100 if number < 30 else None) for number in range(200)),
    )
    [end] = mass_gaps(gaps_of(rows), 200, PEOPLE, SPAN)
    assert end.part is not None
    assert end.part.ids == tuple(f"p{number:03}" for number in range(30))


def test_a_month_that_a_table_of_months_lacks_is_left_out() -> None:
    rows = intervals(
        *((f"p{number}", 900, 1_060) for number in range(60)),
        *((f"p{number}", 1_091, None) for number in range(60)),
    )
    parts = {each.part for each in mass_gaps(gaps_of(rows), 60, PEOPLE, SPAN)}
    assert parts == {Part("person", None, 1_061, 1_090)}


def test_a_table_that_begins_late_is_not_read_before() -> None:
    rows = intervals(*((f"p{number}", 1_050, None) for number in range(60)))
    [begin] = mass_gaps(gaps_of(rows), 60, PEOPLE, SPAN)
    assert begin.part == Part("person", None, None, 1_049)


def test_all_institutions_on_one_day_are_a_fault_of_the_table() -> None:
    rows = intervals(*((f"h{number}", 0, 1_090) for number in range(24)))
    [end] = mass_gaps(gaps_of(rows), 24, PROVIDERS, SPAN)
    assert end.part == Part("provider", None, 1_091, None)
    single = intervals(*((f"h{number}", 0, 1_090 if number == 3 else None) for number in range(24)))
    assert list(mass_gaps(gaps_of(single), 24, PROVIDERS, SPAN)) == []


@given(st.lists(st.integers(0, 2_000), min_size=40, max_size=200, unique=True))
def test_intervals_that_end_one_by_one_are_a_table_that_is_whole(ends: list[int]) -> None:
    rows = intervals(*((f"p{number:03}", 0, end) for number, end in enumerate(ends)))
    assert list(mass_gaps(gaps_of(rows), len(ends), PEOPLE, SPAN)) == []


def test_continued_intervals_have_no_gap() -> None:
    gaps = gaps_of(intervals(("a", 0, 10), ("a", 11, 20), ("a", 5, 30), ("a", 31, None)))
    assert gaps.rows() == [("a", None, 0)]


def test_a_table_is_behind_when_what_it_lacks_begins_after_its_end() -> None:
    arrived = pl.Series(range(900, 1_150, 3))
    after, spread = pl.Series([1_155, 1_160, 1_170]), pl.Series([1_010, 1_050, 1_090, 1_170])
    [late] = behind(arrived, after, PEOPLE, SPAN)
    assert late.part == Part("person", None, 1_150, None)
    assert list(behind(arrived, spread, PEOPLE, SPAN)) == []
    assert list(behind(arrived, pl.Series([], dtype=pl.Int64), PEOPLE, SPAN)) == []
    assert list(behind(pl.Series(range(900, 1_180, 3)), after, PEOPLE, SPAN)) == []


@pytest.mark.parametrize("fen_side", ["left", "right"])
def test_a_table_in_fen_is_named_as_a_whole(fen_side: str) -> None:
    yuan = [1_000 + 7 * number for number in range(50)]
    hundredfold = [amount * 100 for amount in yuan]
    left, right = (hundredfold, yuan) if fen_side == "left" else (yuan, hundredfold)
    rows = [(a, b, 1_000 + number, "h1") for number, (a, b) in enumerate(zip(left, right, strict=True))]
    [whole] = other_unit(pairs(*rows), MONEY)
    assert whole.part is None
    assert "factor 100 in 50 of 50" in whole.reason[0]


def test_one_month_or_one_provider_in_fen_is_left_out_alone() -> None:
    right = [(1_000, 1_000, 1_020 + number % 28, "h1") for number in range(200)]
    month = [(100_000, 1_000, 1_050 + number % 28, "h2") for number in range(40)]
    [of_month, *_] = other_unit(pairs(*right, *month), MONEY)
    assert of_month.part is not None
    assert (of_month.part.first_day, of_month.part.last_day) == (1_050, 1_077)
    spread = [(100_000, 1_000, 1_020 + number % 28, "h2") for number in range(40)]
    [of_provider] = other_unit(pairs(*right, *spread), MONEY)
    assert of_provider.part == Part("provider", ("h2",))


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(-50, 50)), min_size=30, max_size=100))
def test_small_differences_are_not_another_unit(amounts: list[tuple[int, int]]) -> None:
    rows = [(left, max(left + off, 1), 1_000 + number, "h1") for number, (left, off) in enumerate(amounts)]
    assert list(other_unit(pairs(*(row for row in rows if row[0] > 200)), MONEY)) == []
