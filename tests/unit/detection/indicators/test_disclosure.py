"""Values of few people are not assessed; values of very few are neither shown nor can they be worked out."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from detection.indicators.disclosure import HIDDEN, Side, Sides, suppressed

DAY = dt.date(2024, 6, 30)


def side(numerator: int, denominator: int, units: int) -> Side:
    """Sums of so many people, of whom as many count as do not."""
    return Side(numerator, denominator, units, counted=units, rest=units)


def of(units: int, numerator: int = 3, denominator: int = 6) -> Sides:
    return Sides((side(numerator, denominator, units),))


def share(counted: int, units: int) -> Sides:
    """So many of so many people."""
    return Sides((Side(counted, units, units, counted, units - counted),))


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
    both = Sides((side(3, 4, 100), side(1, 4, 12)))
    assert both.shown(DAY).value == 0.5
    assert both.shown(DAY).sufficiency == "few"
    assert Sides((side(3, 4, 100), side(1, 4, 9))).shown(DAY) == HIDDEN


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
    assert Sides((side(3, 4, 100), side(0, 0, 0))).shown(DAY) == HIDDEN
    assert Sides((side(0, 0, 0), side(3, 4, 100))).shown(DAY) == HIDDEN


@pytest.mark.parametrize(
    ("counted", "sufficiency"),
    [
        *((people, "enough") for people in (0, 258)),
        *((people, "enough") for people in (10, 248)),
        *((people, "withheld") for people in (1, 9, 249, 257)),
    ],
)
def test_a_numerator_of_few_people_is_withheld_and_so_is_the_rest(counted: int, sufficiency: str) -> None:
    value = share(counted, 258).shown(DAY)
    assert value.sufficiency == sufficiency
    assert (value.denominator, value.units) == (258, 258)
    assert (value.numerator is None) == (value.value is None) == (sufficiency == "withheld")


def test_where_the_numerator_is_no_part_of_the_denominator_there_is_no_rest() -> None:
    visits = Sides((Side(900, 300, 300, counted=300, rest=4),), of_whole=False)
    assert visits.shown(DAY).sufficiency == "enough"


def test_a_withheld_side_withholds_the_difference() -> None:
    both = Sides((Side(50, 100, 100, 50, 50), Side(3, 100, 100, 3, 97)))
    value = both.shown(DAY)
    assert (value.sufficiency, value.numerator, value.other, value.value) == ("withheld", None, None, None)


def test_a_withheld_numerator_is_not_the_whole_less_the_others() -> None:
    shown = suppressed({"north": share(90, 200), "south": share(30, 60), "west": share(4, 50)}, DAY)
    assert {cell for cell, value in shown.items() if value.sufficiency == "withheld"} == {"west", "south"}
    assert shown["west"].denominator == 50


def test_the_numerators_of_hidden_cells_are_many_together_or_none() -> None:
    """East and west are twelve people, of whom three count: the whole less the others would be these three."""
    some = suppressed(
        {"north": share(90, 200), "south": share(30, 60), "east": share(2, 6), "west": share(1, 6)}, DAY
    )
    assert some["south"].sufficiency == "withheld" and some["east"] == some["west"] == HIDDEN
    none = suppressed({"north": share(90, 200), "east": share(0, 6), "west": share(0, 6)}, DAY)
    assert none["north"].sufficiency == "enough"


def test_a_value_is_exact() -> None:
    assert Sides((side(1, 3, 100),)).shown(DAY).exact == Fraction(1, 3)
    assert Sides((side(1, 3, 100), side(1, 7, 100))).shown(DAY).exact == Fraction(4, 21)
