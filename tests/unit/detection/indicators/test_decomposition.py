"""Growth of what the pool pays, by factor: it adds up to the fen, and a factor that stands still adds nothing."""

from __future__ import annotations

from dataclasses import astuple
from fractions import Fraction
from itertools import permutations
from math import prod

from hypothesis import assume, given
from hypothesis import strategies as st

from detection.indicators.decomposition import Outgo, decomposed


@st.composite
def outgoes(draw: st.DrawFn) -> Outgo:
    people = draw(st.integers(0, 10**6))
    visits = draw(st.integers(people, 10**8)) if people else 0
    return Outgo(draw(st.integers(0, 10**13)) if visits else 0, visits, people)


@given(outgoes(), outgoes())
def test_the_factors_add_up_to_the_fen(then: Outgo, now: Outgo) -> None:
    assert sum(astuple(decomposed(then, now))) == now.fen - then.fen


@given(outgoes(), outgoes())
def test_each_factor_is_what_it_adds_on_average_of_all_orders(then: Outgo, now: Outgo) -> None:
    growth = astuple(decomposed(then, now))
    for factor in range(3):
        added = Fraction(0)
        for order in permutations(range(3)):
            values = list(then.factors)
            for changed in order:
                before = prod(values)
                values[changed] = now.factors[changed]
                added += (prod(values) - before) if changed == factor else 0
        assert abs(growth[factor] - added / 6) <= 1


@given(outgoes(), st.integers(2, 50))
def test_a_factor_that_stands_still_adds_nothing(then: Outgo, times: int) -> None:
    assume(then.fen > 0)
    more = decomposed(then, Outgo(then.fen * times, then.visits * times, then.people * times))
    assert (more.visits, more.cost) == (0, 0) and more.people == then.fen * (times - 1)
    dearer = decomposed(then, Outgo(then.fen * times, then.visits, then.people))
    assert (dearer.people, dearer.visits) == (0, 0) and dearer.cost == then.fen * (times - 1)


def test_a_growth_by_hand() -> None:
    """From 10 people × 2 visits × 1 yuan to 20 × 3 × 2: 20 yuan become 120."""
    growth = decomposed(Outgo(2_000, 20, 10), Outgo(12_000, 60, 20))
    assert (growth.people, growth.visits, growth.cost) == (3_834, 2_333, 3_833)
