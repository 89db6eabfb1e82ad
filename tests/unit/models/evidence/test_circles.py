"""Circles of payments: which there are, whose generations close, and how rare the others are."""

from __future__ import annotations

import dataclasses

import polars as pl

from models.evidence.circles import Circle, payment_circles
from models.evidence.unit import ALERT
from models.relations import KinLimits

LIMITS = KinLimits(14, 30, 1, 4, 0.002, 0.05, 0.33)
LONGEST = 5


def circles(*pairs: tuple[str, str, str, bool], limits: KinLimits = LIMITS) -> list[Circle]:
    """Circles among these pairs and four hundred honest ones."""
    schema = {
        "payer_id": pl.String,
        "beneficiary_id": pl.String,
        "relation": pl.String,
        "impossible": pl.Boolean,
    }
    honest = [(f"mother{n}", f"son{n}", "child", False) for n in range(400)]
    return payment_circles(pl.DataFrame([*pairs, *honest], schema=schema, orient="row"), limits, LONGEST)


def ring(
    relations: tuple[str, ...], *, impossible: int = 0, name: str = "p"
) -> list[tuple[str, str, str, bool]]:
    size = len(relations)
    return [
        (f"{name}{n}", f"{name}{(n + 1) % size}", relation, n < impossible)
        for n, relation in enumerate(relations)
    ]


def test_generations_that_do_not_close_are_evidence() -> None:
    (circle,) = circles(*ring(("child", "child", "child")))
    assert circle.pairs == [("p0", "p1"), ("p1", "p2"), ("p2", "p0")]
    assert (circle.closes, circle.wrong) == (False, 1)
    assert circle.value > ALERT


def test_a_family_s_circle_is_none() -> None:
    (circle,) = circles(*ring(("parent", "spouse", "child")))
    assert (circle.closes, circle.wrong, circle.value) == (True, 0, 0.0)


def test_impossible_ages_are_more() -> None:
    values = [circles(*ring(("sibling",) * 4, impossible=n))[0].value for n in range(4)]
    assert values == sorted(values)
    assert values[0] == 0
    assert values[-1] > ALERT


def test_couples_and_long_circles_are_left_out() -> None:
    couple = [("a", "b", "spouse", False), ("b", "a", "spouse", False), ("b", "c", "child", False)]
    assert circles(*couple, ("c", "a", "child", False)) == []
    assert circles(*ring(("child",) * LONGEST), *chords(LONGEST)) != []
    long = circles(*ring(("child",) * 8), *chords(8))
    assert long
    assert all(len(circle.accounts) <= LONGEST for circle in long)
    assert circles() == []


def chords(size: int) -> list[tuple[str, str, str, bool]]:
    """Of a ring of so many: each account pays for the one after the next, too."""
    return [(f"p{n}", f"p{(n + 2) % size}", "child", False) for n in range(size)]


def test_a_long_ring_is_followed_where_only_one_way_goes_on() -> None:
    (circle,) = circles(*ring(("child",) * 9, impossible=4), ("p3", "aunt", "sibling", False))
    assert len(circle.accounts) == 9
    assert circle.value > ALERT


def test_where_families_have_many_circles_one_slip_is_less_rare() -> None:
    lawful = [pair for n in range(20) for pair in ring(("parent", "spouse", "child"), name=f"f{n}-")]
    alone, among = circles(*ring(("child",) * 3)), circles(*ring(("child",) * 3), *lawful)
    assert len(among) == 21
    assert among[-1].accounts == ("p0", "p1", "p2")
    assert among[-1].value < alone[0].value


def test_a_fund_of_wrong_records_shows_less() -> None:
    loose = dataclasses.replace(LIMITS, wrong_least=0.05)
    (strict,), (lenient,) = circles(*ring(("child",) * 3)), circles(*ring(("child",) * 3), limits=loose)
    assert lenient.value < strict.value
