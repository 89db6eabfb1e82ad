"""Queries of indicators on a run of a small city: every number opens a list with its count and its sums."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from support.commands import fundwatch

from detection.indicators.card_files import indicator_cards
from detection.store.queries import Reader, open_store
from detection.store.queries.indicators.values import (
    ListFilters,
    Value,
    cut,
    grid,
    kinds,
    listed,
    tile,
    trend,
)
from features.errors import UsageError
from features.workspace import open_workspace

NAMES = sorted(indicator_cards())
WINDOW = "whole:2024-06"
MEASURED = [name for name in NAMES if "whole" in indicator_cards()[name].kinds]


@pytest.fixture(scope="module")
def store(finished: Path) -> Iterator[Reader]:
    with open_store(open_workspace(finished)) as reader:
        yield reader


def sums(value: Value) -> tuple[tuple[int, int], ...]:
    assert value.numerator is not None and value.denominator is not None
    return ((value.numerator, value.denominator), *([value.other] if value.other else []))


def shown(store: Reader, name: str) -> Value | None:
    value = tile(store, name, WINDOW).point.value
    return value if value and value.sufficiency in ("enough", "few") else None


def test_most_indicators_are_shown_in_the_small_city(store: Reader) -> None:
    assert len([name for name in MEASURED if shown(store, name)]) > len(MEASURED) / 2


@pytest.mark.parametrize("name", MEASURED)
def test_a_value_is_the_sum_of_its_list(store: Reader, name: str) -> None:
    value = shown(store, name)
    if value is None:
        pytest.skip("not assessable, or of too few, in the small city")
    pages: list[tuple[int, int | None, int]] = []
    page = 1
    while rows := listed(store, name, WINDOW, page=page, size=5_000).rows:
        pages += [(row.side, row.numerator, row.denominator) for row in rows]
        page += 1
    whole = listed(store, name, WINDOW)
    by_side = {
        side: (
            sum(numerator or 0 for of, numerator, _ in pages if of == side),
            sum(denominator for of, _, denominator in pages if of == side),
        )
        for side in sorted({side for side, _, _ in pages})
    }
    assert tuple(by_side.values()) == whole.totals == sums(value)
    assert whole.count == len(pages)


@pytest.mark.parametrize("name", MEASURED)
def test_a_cell_is_the_sum_of_its_list_and_a_hidden_one_opens_nothing(store: Reader, name: str) -> None:
    if shown(store, name) is None:
        pytest.skip("not assessable, or of too few, in the small city")
    for by in indicator_cards()[name].cuts:
        result = cut(store, name, by, WINDOW)
        for cell in result.cells[:3] + result.cells[-3:]:
            behind = listed(store, name, WINDOW, ListFilters(cells={by: cell.key}))
            if cell.value.sufficiency == "hidden":
                assert (behind.hidden, behind.rows, behind.totals) == (True, (), ())
                assert cell.value.value is None and not cell.attention
            elif cell.value.sufficiency == "withheld":
                assert behind.withheld and behind.totals == ((None, cell.value.denominator),)
                assert {row.numerator for row in behind.rows} == {None}
                assert {row.part for row in behind.rows} == {""}
                alone = ListFilters(cells={by: cell.key}, rows="numerator")
                assert listed(store, name, WINDOW, alone).hidden
                assert cell.value.value is None and not cell.attention
            else:
                assert behind.totals == sums(cell.value), (by, cell)


@pytest.mark.parametrize("name", MEASURED)
def test_cells_of_a_cut_make_up_the_whole(store: Reader, name: str) -> None:
    value = shown(store, name)
    if value is None:
        pytest.skip("not assessable, or of too few, in the small city")
    for by in set(indicator_cards()[name].cuts) & {"person_category", "part", "provider_kind"}:
        cells = cut(store, name, by, WINDOW).cells
        if all(cell.value.numerator is not None for cell in cells):
            assert sum(cell.value.numerator or 0 for cell in cells) == value.numerator


def test_hidden_cells_are_never_one_alone(store: Reader) -> None:
    for name in ("pooled_participation", "effective_reimbursement", "self_pay_share"):
        for by in indicator_cards()[name].cuts:
            hidden = [
                cell for cell in cut(store, name, by, WINDOW).cells if cell.value.sufficiency == "hidden"
            ]
            assert len(hidden) != 1, (name, by)


PLACES = {"provider_id": "provider", "district": "district", "age_band": "age_band"}


def test_rows_do_not_name_what_the_cut_hides(store: Reader) -> None:
    kept_back = 0
    for name in MEASURED:
        if shown(store, name) is None:
            continue
        rows = listed(store, name, WINDOW, size=100_000).rows
        for by in set(indicator_cards()[name].cuts) & PLACES.keys():
            cells = cut(store, name, by, WINDOW).cells
            hidden = {cell.label for cell in cells if cell.value.sufficiency in ("hidden", "withheld")}
            named = {getattr(row, PLACES[by]) for row in rows}
            assert not hidden & named, (name, by)
            assert {cell.label for cell in cells} - hidden <= named, (name, by)
            kept_back += bool(hidden) and "" in named
    assert kept_back, "nothing was hidden: the test proves nothing"


def test_a_numerator_of_few_people_is_withheld_with_its_list(store: Reader) -> None:
    points = [(name, tile(store, name, WINDOW).point.value) for name in MEASURED]
    withheld = [(name, value) for name, value in points if value and value.sufficiency == "withheld"]
    assert withheld, "no numerator was withheld: the test proves nothing"
    for name, value in withheld:
        behind = listed(store, name, WINDOW)
        assert behind.withheld and behind.count and value.numerator is None and value.denominator
        assert {row.numerator for row in behind.rows} == {None}
        assert all(
            listed(store, name, WINDOW, ListFilters(rows=rows)).hidden for rows in ("numerator", "rest")
        )


def test_periods_that_are_compared_do_not_overlap(store: Reader) -> None:
    compared = [
        shown for kind in ("", "month") for shown in grid(store, kind=kind) if shown.change is not None
    ]
    assert compared
    for shown in compared:
        assert tile(store, shown.card.name, shown.against).point.end < shown.point.start


def test_data_that_begin_with_the_cut_over_have_nothing_before(store: Reader) -> None:
    assert "before" not in kinds(store) and {"month", "after", "whole"} <= kinds(store)
    assert grid(store, "benefit", "before") == []
    after = grid(store, "benefit", "after")
    assert after and all(shown.point.kind == "after" and shown.change is None for shown in after)


def test_a_list_of_two_cells_with_few_people_opens_nothing(store: Reader) -> None:
    """Two filters together may be narrower than either."""
    employers = cut(store, "pooled_participation", "employer_id", WINDOW).cells
    small = next(cell for cell in employers if cell.value.units is not None and cell.value.units < 30)
    behind = listed(
        store,
        "pooled_participation",
        WINDOW,
        ListFilters(cells={"employer_id": small.key, "age_band": "65-79"}),
    )
    assert behind.hidden and not behind.rows


def test_what_counts_in_the_numerator_can_be_listed_alone(store: Reader) -> None:
    value = shown(store, "pooled_participation")
    assert value is not None and value.denominator is not None
    counted = listed(store, "pooled_participation", WINDOW, ListFilters(rows="numerator"))
    rest = listed(store, "pooled_participation", WINDOW, ListFilters(rows="rest"))
    assert counted.count == value.numerator
    assert counted.count + rest.count == value.denominator
    assert all(row.numerator == 1 for row in counted.rows)


def test_both_lists_of_a_difference_open(store: Reader) -> None:
    value = shown(store, "retired_active_gap")
    assert value is not None and value.other is not None
    retired = listed(store, "retired_active_gap", WINDOW, ListFilters(side=0))
    working = listed(store, "retired_active_gap", WINDOW, ListFilters(side=1))
    assert retired.totals == ((value.numerator, value.denominator),)
    assert working.totals == (value.other,)
    assert {row.person_category for row in retired.rows} == {"retired"}


def test_no_query_returns_an_id_of_the_source(store: Reader, small_city: Path) -> None:
    people = set(pl.read_parquet(small_city / "persons.parquet")["person_id"])
    settlements = set(
        pl.scan_parquet(small_city / "settlements/**/*.parquet")
        .select("settlement_id")
        .collect()["settlement_id"]
    )
    for name in MEASURED:
        for row in listed(store, name, WINDOW, size=50).rows:
            assert row.person not in people and row.record not in settlements
    for cell in cut(store, "pooled_participation", "employer_id", WINDOW).cells:
        assert cell.key == "unknown" or cell.key.startswith("E-")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_assessable_says_what_it_needs(store: Reader, name: str) -> None:
    for kind in ("month", "rolling12", "before", "after", "whole"):
        for point in trend(store, name, kind):
            assert (point.value is None) == bool(point.reason_en) == bool(point.reason_zh)


def test_illustrative_values_are_not_used_unless_requested(store: Reader) -> None:
    point = tile(store, "near_cap", WINDOW).point
    assert point.value is None and "needs policy benefit.annual_cap" in point.reason_en
    assert listed(store, "near_cap", WINDOW).reason_en == point.reason_en


def test_a_grid_shows_every_card_of_its_screen(store: Reader) -> None:
    assert [shown.card.name for shown in grid(store)] == list(indicator_cards())
    assert {shown.card.screen for shown in grid(store, "benefit")} == {"benefit"}


def test_what_there_is_not_is_refused_in_words(store: Reader) -> None:
    for ask in (
        lambda: grid(store, "kitchen"),
        lambda: tile(store, "nothing", WINDOW),
        lambda: tile(store, "near_cap", "month:1999-01"),
        lambda: cut(store, "near_cap", "provider_id", WINDOW),
        lambda: listed(store, "near_cap", WINDOW, sort="name"),
    ):
        with pytest.raises(UsageError):
            ask()


def test_the_command_prints_the_grid(finished: Path) -> None:
    english = fundwatch("indicators", "--workspace", finished)
    chinese = fundwatch("indicators", "--workspace", finished, "--screen", "benefit", "--language", "zh")
    assert english.code == chinese.code == 0
    assert "Idle accounts" in english.out and "not assessable" in english.out
    assert "普通门诊统筹" in chinese.out and "闲置账户" not in chinese.out
