"""Values of few people are not assessed; values of very few are neither shown nor can they be worked out."""

from __future__ import annotations

import datetime as dt

import pytest

from detection.indicators.disclosure import HIDDEN, Sides, suppressed

DAY = dt.date(2024, 6, 30)


def of(units: int, numerator: int = 3, denominator: int = 6) -> Sides:
    return Sides(((numerator, denominator, units),))


@pytest.mark.parametrize(
    ("units", "sufficiency", "assessed"),
    [
        (30, "enough", True),
        (29, "few", False),
        (10, "few", False),
        (9, "hidden", False),
        (1, "hidden", False),
    ],
)
def test_thirty_are_assessed_and_ten_are_shown(units: int, sufficiency: str, assessed: bool) -> None:
    value = of(units).shown(DAY)
    assert (value.sufficiency, value.assessed) == (sufficiency, assessed)
    assert value.value == (None if sufficiency == "hidden" else 0.5)
    assert (value.numerator is None) == (value.units is None) == (sufficiency == "hidden")


def test_no_people_is_not_the_same_as_too_few() -> None:
    assert of(0, 0, 0).shown(DAY).sufficiency == "empty"


def test_a_difference_is_as_good_as_its_smaller_side() -> None:
    both = Sides(((3, 4, 100), (1, 4, 12)))
    assert both.shown(DAY).value == 0.5
    assert both.shown(DAY).sufficiency == "few"
    assert Sides(((3, 4, 100), (1, 4, 9))).shown(DAY) == HIDDEN


def test_one_hidden_cell_takes_the_smallest_other_with_it() -> None:
    """The whole less the other cells would be the hidden one."""
    shown = suppressed({"north": of(200), "south": of(40), "east": of(60), "west": of(4)}, DAY)
    assert {cell for cell, value in shown.items() if value == HIDDEN} == {"west", "south"}


def test_two_hidden_cells_hide_each_other() -> None:
    shown = suppressed({"north": of(200), "south": of(40), "east": of(6), "west": of(4)}, DAY)
    assert {cell for cell, value in shown.items() if value == HIDDEN} == {"east", "west"}


def test_a_cut_without_small_cells_shows_all() -> None:
    shown = suppressed({"north": of(200), "south": of(10)}, DAY)
    assert HIDDEN not in shown.values()


def test_hidden_cells_have_together_what_one_cell_must_have() -> None:
    """Three and four are seven people, and the whole less the others would reveal them."""
    shown = suppressed({"north": of(200), "south": of(40), "east": of(3), "west": of(4)}, DAY)
    assert {cell for cell, value in shown.items() if value == HIDDEN} == {"east", "west", "south"}


def test_an_empty_cell_hides_no_other() -> None:
    shown = suppressed({"north": of(200), "south": of(40), "east": of(0, 0, 0), "west": of(4)}, DAY)
    assert {cell for cell, value in shown.items() if value == HIDDEN} == {"west", "south"}
    assert shown["east"].sufficiency == "empty"


def test_one_side_alone_is_no_difference() -> None:
    assert Sides(((3, 4, 100), (0, 0, 0))).shown(DAY) == HIDDEN
    assert Sides(((0, 0, 0), (3, 4, 100))).shown(DAY) == HIDDEN
