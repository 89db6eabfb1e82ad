"""Stored evidence under other weights: the product's own give the product's risks, and only real gains are chosen."""

from __future__ import annotations

from collections import defaultdict

import polars as pl
import pytest
from support.reweighting.choice import chosen
from support.reweighting.city import StoredAlert, StoredCity
from support.reweighting.ranking import StoredRanking, stored_ranking
from support.reweighting.weights import FIXED, Weights

from detection.evaluation.proportion import Proportion
from detection.evaluation.truth import Instance, Truth
from detection.evidence.fusion import fused, risks
from detection.evidence.pieces import PIECES, items_of_pieces

FAMILIES = {"a": "benefit", "b": "benefit", "c": "visit_frequency"}
EVIDENCE = """
    anna a 4 1   subject
    anna b 3 1   subject
    anna c 2 1   returned
    bob  a 5 1   subject
    carl c 6 0.1 touched
    carl c 1 0.5 spread
    dora b 6 0.1 touched
"""
SUSPECTS = ("anna", "carl")


def pieces() -> pl.DataFrame:
    rows = [line.split() for line in EVIDENCE.strip().splitlines()]
    return pl.DataFrame(
        [
            ("person", name, detector, float(value), None, None, float(share), role, None)
            for name, detector, value, share, role in rows
        ],
        schema=PIECES,
        orient="row",
    )


def ranked() -> pl.DataFrame:
    return fused(None, risks(items_of_pieces(pieces()), "person"))


def ranking() -> StoredRanking:
    suspects = defaultdict(set, person=set(SUSPECTS))
    truth = Truth({"L1": Instance("loop", suspects=suspects)}, {"person": {"dora"}}, {})
    return stored_ranking(truth, "person", ranked(), pieces(), FAMILIES)


def risk(weights: Weights) -> dict[str, float]:
    names = sorted(set(ranked()["entity_id"]) - {"dora"})  # without spend, ties are in the order of ids
    return dict(zip(names, ranking().risk(weights).tolist(), strict=True))


def test_the_weights_in_use_give_the_risks_of_the_run() -> None:
    stored = dict(ranked().select("entity_id", "risk").iter_rows())
    assert stored.pop("dora") == pytest.approx(0.6)
    assert risk(FIXED) == pytest.approx(stored)
    assert ranking().average_precision(FIXED) == pytest.approx((1 + 2 / 3) / 2)


@pytest.mark.parametrize(
    ("weights", "anna", "carl"),
    [
        (Weights(further=0.0), 4.0, 0.6),
        (Weights(further=1.0), 9.0, 0.6),
        (Weights(kinds=2), 5.5, 0.6),
        (Weights(most=6.0), 6.0, 0.6),
        (Weights(involved=0.05), 6.5, 0.5),
        (Weights(families={"benefit": 0.5}), 3.75, 0.6),
    ],
)
def test_other_weights_change_what_they_name(weights: Weights, anna: float, carl: float) -> None:
    values = risk(weights)
    assert (values["anna"], values["carl"]) == pytest.approx((anna, carl))


def city(name: str, *, wrong: int) -> StoredCity:
    alerts = [StoredAlert("benefit", 4.0, frozenset({"L1"}), counts=True)]
    alerts += [StoredAlert("benefit", 2.2, frozenset(), counts=True)] * wrong
    return StoredCity("an author", name, {"person": ranking()}, alerts, 1)


def test_a_line_is_raised_only_where_it_takes_clearly_more_wrong_alerts_than_instances() -> None:
    assert chosen([city("x", wrong=5), city("y", wrong=4)]).lines == {"benefit": 2.5}
    assert chosen([city("x", wrong=1), city("y", wrong=0)]).lines == {}


def test_what_a_line_hides_finds_nothing() -> None:
    high = Weights(lines={"benefit": 5.0})
    shown = city("x", wrong=3)
    assert (shown.right(FIXED), shown.detected(FIXED)) == (Proportion(1, 4), Proportion(1, 1))
    assert (shown.right(high), shown.detected(high)) == (Proportion(0, 0), Proportion(0, 1))


def test_a_gain_of_a_single_city_is_no_reason_to_change() -> None:
    assert chosen([city("x", wrong=0)]) == FIXED
