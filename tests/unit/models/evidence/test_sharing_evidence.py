"""Evidence that those who share money are no family: signs, their combination, and what must not count."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from models.evidence.combined import fisher
from models.evidence.kin import wrong_rate
from models.evidence.sharing import further_surprise, sharing_evidence
from models.evidence.unit import ALERT, LEAD
from models.relations import KinLimits, with_impossible

LIMITS = KinLimits(
    generation_years=14,
    peer_years=30,
    spouses=1,
    parents=4,
    wrong_least=0.002,
    wrong_most=0.05,
    unreadable=0.33,
)
YEAR = 365
COUNTS = ("people", "stated", "impossible", "excess", "elsewhere")


def peers(*last: int, number: int = 400) -> pl.DataFrame:
    """Honest subjects, one in ten with a second person, and one with the given counts."""
    rows = [(2, 2, 0, 0, 0) if n % 10 == 0 else (1, 1, 0, 0, 0) for n in range(number)]
    return pl.DataFrame([*rows, last], schema=dict.fromkeys(COUNTS, pl.Int64), orient="row")


def value(*last: int) -> float:
    return float(sharing_evidence(peers(*last), LIMITS, 8)["value"][-1])


def test_impossible_relations_and_strangers_are_evidence() -> None:
    assert value(6, 6, 5, 0, 6) > ALERT
    assert value(9, 9, 3, 0, 8) > ALERT


def test_a_large_family_whose_relations_are_possible_is_none() -> None:
    assert value(8, 8, 0, 0, 1) == 0
    assert value(6, 6, 0, 0, 0) == 0


def test_the_number_alone_counts_where_relations_are_not_known() -> None:
    assert value(20, 0, 0, 0, 0) > ALERT
    assert value(20, 20, 0, 0, 0) == LEAD


def test_too_many_parents_are_a_lead_and_with_strangers_more() -> None:
    assert value(10, 10, 0, 6, 1) == LEAD
    assert value(10, 10, 0, 6, 9) > ALERT
    assert value(20, 0, 0, 16, 1) == LEAD  # ages are not known


def test_one_slip_and_one_stranger_are_no_alert() -> None:
    assert value(5, 5, 1, 0, 1) < ALERT
    assert value(1, 1, 1, 0, 1) < ALERT


def test_more_of_a_sign_is_more_evidence() -> None:
    values = [value(8, 8, impossible, 0, 3) for impossible in range(1, 7)]
    assert values == sorted(values)
    assert values[0] < values[-1]


def test_a_fund_without_sharing_has_no_evidence() -> None:
    assert sharing_evidence(peers(1, 1, 0, 0, 0).clear(), LIMITS, 8).is_empty()


def test_one_sign_among_silent_ones_is_worth_less_than_alone() -> None:
    assert fisher([3.0])[0] == pytest.approx(3.0)
    assert fisher([3.0], [0.0])[0] < 3.0
    assert fisher([3.0], [3.0])[0] > 3.0
    uniform = -np.log10(np.random.default_rng(1).random((3, 20_000)))
    assert np.mean(fisher(*uniform) > 2) == pytest.approx(0.01, abs=0.003)


def test_further_people_are_compared_with_the_average() -> None:
    surprise = further_surprise([1] * 95 + [2] * 4 + [9])
    assert surprise[0] == 0
    assert surprise[-1] > surprise[-2] > 0


def ties(*relations: tuple[str, int]) -> pl.DataFrame:
    """An owner born on day 0 for each relation and the years by which the user is younger."""
    return pl.DataFrame(
        {
            "payer_id": [f"o{n}" for n in range(len(relations))],
            "beneficiary_id": [f"u{n}" for n in range(len(relations))],
            "relation": [relation for relation, _ in relations],
            "payer_born": 0,
            "user_born": [years * YEAR for _, years in relations],
            "payer_sex": "female",
            "user_sex": "male",
        }
    )


HONEST = [("child", 25), ("parent", -28), ("spouse", 3), ("sibling", -8), ("grandchild", 55)]


@pytest.mark.parametrize(
    ("relation", "years", "impossible"),
    [
        ("child", 10, True),
        ("child", 15, False),
        ("parent", 5, True),
        ("grandchild", 20, True),
        ("other", 0, None),
    ],
)
def test_ages_exclude_relations(relation: str, years: int, impossible: bool | None) -> None:
    read = with_impossible(ties(*HONEST, (relation, years)), LIMITS)
    assert read["impossible"].to_list() == [False] * 5 + [impossible]


def test_the_other_reading_of_the_relation_is_used_where_it_fits() -> None:
    inverse = with_impossible(ties(*((name, -years) for name, years in HONEST)), LIMITS)
    assert inverse["impossible"].to_list() == [False] * 5
    assert inverse["relation"].to_list() == ["parent", "child", "spouse", "sibling", "grandparent"]


def test_a_column_that_fits_no_reading_says_nothing() -> None:
    read = with_impossible(ties(("child", 0), ("parent", 0), ("grandchild", 1)), LIMITS)
    assert read["impossible"].null_count() == read["relation"].null_count() == 3


def test_the_rate_of_wrong_records_is_of_the_peers_and_bounded() -> None:
    stated = [1] * 99 + [10]
    assert wrong_rate([0] * 99 + [10], stated, LIMITS) == pytest.approx(0.5 / 100)
    assert wrong_rate([0] * 999 + [10], [1] * 999 + [10], LIMITS) == LIMITS.wrong_least
    assert wrong_rate([1] * 100, [1] * 100, LIMITS) == LIMITS.wrong_most
