"""The spend rank of subjects that no model ranked: among all of their kind, net of reversals."""

from __future__ import annotations

import polars as pl
import pytest
from support.world import World

from detection.detectors.context import DetectorContext
from detection.evidence.fusion import fused, risks
from detection.evidence.items import ITEMS
from detection.evidence.spend import with_spend_rank
from features.engine import Views
from features.policy import load_policy


def context() -> DetectorContext:
    world = World()
    for person, employer in (("ann", "mill"), ("bo", "shop"), ("cy", "mill")):
        world.person(person).enrolled(employer=employer)
    world.provider("p1")
    paid = {"prescriber": "wang", "operator": "li"}
    world.settlement("ann", "p1", "2024-03-01 10:00", pool_paid="60.00", account_paid="9.00", **paid)
    world.settlement("cy", "p1", "2024-03-02 10:00", pool_paid="30.00", prescriber="zhao", operator="li")
    world.settlement("bo", "p1", "2024-03-03 10:00", pool_paid="80.00", prescriber="zhao", operator="sun")
    world.settlement("bo", "p1", "2024-03-04 10:00", pool_paid="99.00", **paid).reversed("2024-03-04 11:00")
    tables = world.tables()
    return DetectorContext(tables, Views(tables), load_policy("320600"), "320600")


@pytest.mark.parametrize(
    ("kind", "ranks"),
    [
        ("prescriber", {"zhao": 1, "wang": 2}),
        ("operator", {"li": 1, "sun": 2}),
        ("employer", {"mill": 1, "shop": 2}),
        ("person", {"bo": 1, "ann": 2, "cy": 3}),
        ("provider", {"p1": 1}),
        ("payer_account", {"ann": 1, "cy": 2}),
        ("group", {"g1": None}),
    ],
)
def test_the_rank_is_by_money(kind: str, ranks: dict[str, int | None]) -> None:
    rows = [(kind, name, "refund_resettle_loop", 3.0, None, None) for name in ranks]
    listed = fused(None, risks(pl.DataFrame(rows, schema=ITEMS, orient="row"), kind))
    ranked = with_spend_rank(listed, kind, context())
    assert ranked.columns == listed.columns
    assert dict(ranked.select("entity_id", "spend_rank").iter_rows()) == ranks


def test_a_rank_of_the_model_stays() -> None:
    listed = pl.DataFrame({"entity_id": ["cy", "bo"], "spend_rank": [1, None]})
    assert with_spend_rank(listed, "person", context())["spend_rank"].to_list() == [1, 1]
