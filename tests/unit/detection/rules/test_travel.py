"""Distances and neighbors in time, worked out once more the slow way."""

from __future__ import annotations

import math
from itertools import combinations, pairwise
from random import Random

import polars as pl
import pytest
from support.random_worlds.rules import random_world
from support.world import World

from detection.circumstances.places import POINT, farthest, km_apart, places
from detection.circumstances.travel.pairs import hasty_pairs
from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from features.engine import Views
from features.policy import load_policy
from features.tables import Tables

_RADIUS = 6371.0088


def context_of(tables: Tables) -> DetectorContext:
    return DetectorContext(tables, Views(tables), load_policy("320600"), "320600")


def haversine(first: tuple[float, float], other: tuple[float, float]) -> float:
    lat, lon, lat2, lon2 = map(math.radians, (*first, *other))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * _RADIUS * math.asin(math.sqrt(half))


def test_kilometers_are_those_of_a_great_circle_and_none_are_more_than_the_farthest() -> None:
    draw = Random(1)
    where = {
        f"p{number:02d}": (round(draw.uniform(-60, 60), 5), round(draw.uniform(-170, 170), 5))
        for number in range(12)
    }
    rows = "\n".join(f"{name} | {lat} | {lon}" for name, (lat, lon) in where.items())
    visits = "\n".join(f"s{name} | an | {name} | 2024-03-01 10:00" for name in where)
    context = context_of(
        World.from_rows(
            providers=f"provider | latitude | longitude\n{rows}",
            settlements=f"settlement | person | provider | settled_at\n{visits}",
        ).tables()
    )
    there = places(context)
    points = there.sort("provider").select(POINT)  # codes are in the order of ids
    most = 0.0
    for (first, here), (other, far) in combinations(enumerate(sorted(where)), 2):
        pair = points[first].hstack(points[other].rename({name: f"{name}_to" for name in POINT}))
        km = pair.select(km=km_apart("_to"))["km"][0]
        assert km == pytest.approx(haversine(where[here], where[far]), abs=1e-6)
        most = max(most, km)
    assert most <= farthest(there) + 1e-6


def reference_pairs(
    context: DetectorContext, *, speed: float, serve: int, min_km: float, at_once: int, place_km: float
) -> set[str]:
    """Settlements that follow another one of the person too soon, or are followed too soon."""
    net = context.views["net_settlements"].to_native().collect()
    where = {
        row["provider_id"]: (row["latitude"], row["longitude"])
        for row in context.whole.providers.to_native().drop_nulls("latitude").collect().iter_rows(named=True)
    }
    kept = net.filter(
        pl.col("service_day") == pl.col("settled_day"), ~pl.col("care_type").is_in(["inpatient", "emergency"])
    )
    pairs: set[str] = set()
    for _, visits in kept.group_by("person_id"):
        rows = [row for row in visits.iter_rows(named=True) if row["provider_id"] in where]
        in_order = sorted(rows, key=lambda row: (row["settled_minute"], *where[row["provider_id"]]))
        for before, after in pairwise(in_order):
            km = haversine(where[before["provider_id"]], where[after["provider_id"]])
            minutes = after["settled_minute"] - before["settled_minute"]
            too_fast = km >= min_km and minutes < math.ceil(serve + 60 * km / speed)
            if too_fast or (km >= place_km and minutes < at_once):
                pairs |= {before["settlement_id"], after["settlement_id"]}
    return pairs


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_pairs_are_neighbors_with_too_little_time(seed: int) -> None:
    context = context_of(random_world(seed))
    line = catalogue()["impossible_travel"].card.statistical_thresholds
    expected = reference_pairs(
        context,
        speed=line.latest("speed_kmh"),
        serve=line.latest("serve_minutes"),
        min_km=line.latest("min_km"),
        at_once=line.latest("at_once_minutes"),
        place_km=line.latest("place_km"),
    )
    assert expected
    pairs = hasty_pairs(context, line)
    assert {*pairs["settlement_id"], *pairs["settlement_id_before"]} == expected
    assert pairs["share"].is_between(0, 1).all()
