"""Moves between hospitals: what chance and the nearest hospital explain, and what they do not."""

from __future__ import annotations

import numpy as np
import polars as pl

from detection.circumstances.in_hospital.passed_on import partners

HOSPITALS = [f"h{number}" for number in range(6)]
KINDS = ("I10", "K80")


def discharges(seed: int, rate: float) -> pl.DataFrame:
    """Stays of five divisions, each with a hospital that most people go to; some move on at random."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(1500):
        region = int(rng.integers(5))
        near = rng.random(6) + 6 * (np.arange(6) == region)
        hospital, following = rng.choice(6, 2, replace=False, p=near / near.sum())
        moved = bool(rng.random() < rate)
        target = HOSPITALS[following] if moved else None
        rows.append((HOSPITALS[hospital], f"p{number}", KINDS[number % 2], f"r{region}", target, moved, True))
    schema = ["provider_id", "person_id", "kind", "region", "next_provider", "moved", "first"]
    return pl.DataFrame(rows, schema=schema, orient="row", schema_overrides={"next_provider": pl.String})


def test_moves_at_random_are_no_evidence() -> None:
    pairs = pl.concat(partners(discharges(seed, 0.03)) for seed in range(8))
    assert sum(pairs["moves"].to_list()) > 200
    assert max(pairs["value"].to_list()) < 1


def test_what_pairs_let_expect_adds_up_to_the_moves() -> None:
    pairs = partners(discharges(3, 0.05))
    assert 0.6 < sum(pairs["expected"].to_list()) / sum(pairs["moves"].to_list()) < 1.6


def test_patients_passed_both_ways_stand_out() -> None:
    passed = [
        (here, f"x{number}", "I10", "r0", there, True, True)
        for number in range(12)
        for here, there in (("h4", "h5"), ("h5", "h4"))
    ]
    innocent = discharges(1, 0.01)
    pairs = partners(pl.concat([innocent, pl.DataFrame(passed, schema=innocent.schema, orient="row")]))
    assert pairs.sort("value").row(-1, named=True)["hospital_a"] == "h4"
    assert pairs.filter(pl.col("hospital_a") == "h4", pl.col("hospital_b") == "h5")["value"].item() > 3
