"""Alerts and prices of the rules on simulated cities in which everything is lawful.

For every area and seed: simulate a clean city, run the pipeline with the illustrative profile, and price all ordinary
outpatient care once more. Every repriced settlement has to equal the one on record to the fen, and no deterministic
rule may have a hit: no benefit, credit or ledger is wrong here. December care that was settled in January is counted,
because it has to follow December's policy. ``python tests/bench/clean.py --seeds 9011 --areas 320600`` for one of them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

import polars as pl

from detection.detectors.catalogue import catalogue
from features.benefit import not_covered, not_repriced, recalculated
from features.intake import open_snapshot
from features.policy import load_policy
from features.tables import Tables

SEEDS = (9011, 9012, 9013)
AREAS = ("320600", "150200")
PROFILE = "illustrative"
FIGURES = {
    "repriced": "settlements repriced",
    "differ": "of these, other than on record",
    "december": "December care settled later",
    "capped": "cut by the cap",
    "not repriced": "not repriced",
    "not covered": "paid, though not covered",
}


def command(*arguments: str) -> None:
    """Run ``fundwatch`` as a user would, quietly."""
    subprocess.run([sys.executable, "-m", "detection.cli", *arguments], check=True, capture_output=True)


def alerts_of(folder: Path, area: str, seed: int, persons: int, months: int) -> dict[str, int]:
    """Alerts of every deterministic rule in a clean city, by rule."""
    city, workspace, out = folder / "city", folder / "ws", folder / "alerts.parquet"
    size = ("--persons", str(persons), "--months", str(months), "--seed", str(seed))
    command("simulate", "--clean", "--out", str(city), *size, "--area", area)
    command("run", "--data", str(city), "--workspace", str(workspace), "--area", area, "--profile", PROFILE)
    command("export", "alerts", "--workspace", str(workspace), "--format", "parquet", "--out", str(out))
    violations = dict(pl.read_parquet(out).group_by("detector").len().iter_rows())
    exact = [name for name, item in catalogue().items() if item.card.certainty == "deterministic"]
    return {name: int(violations.get(name, 0)) for name in exact}


def repriced(tables: Tables, area: str) -> dict[str, int]:
    """Settlements priced once more, how many of them differ, and the December care settled in January among them."""
    policy = load_policy(area, profile=PROFILE)
    again: pl.LazyFrame = recalculated(tables.settlements, tables.providers, policy).to_native()
    settled: pl.LazyFrame = tables.settlements.to_native()
    rows = again.join(settled.select("settlement_id", "settled_month", "service_month"), on="settlement_id")
    differs = (
        (pl.col("expected_pool") != pl.col("pool_paid"))
        | (pl.col("expected_deductible") != pl.col("deductible_paid"))
        | (pl.col("expected_second") != pl.col("other_fund_paid"))
    )
    late = (pl.col("service_month") % 12 == 11) & (pl.col("settled_month") > pl.col("service_month"))
    counted = rows.select(
        repriced=pl.len(),
        differ=differs.fill_null(value=False).sum(),
        december=late.sum(),
        capped=(pl.col("expected_pool") < pl.col("uncapped")).sum(),
    )
    violations = {name: int(value) for name, value in counted.collect().row(0, named=True).items()}
    for name, rest in (("not repriced", not_repriced), ("not covered", not_covered)):
        left: pl.LazyFrame = rest(tables.settlements, tables.providers, policy).to_native()
        violations[name] = int(left.select(pl.len()).collect().item())
    return violations


def main() -> None:
    """Evaluate every city and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    parser.add_argument("--areas", nargs="+", default=AREAS)
    parser.add_argument("--persons", type=int, default=20_000)
    parser.add_argument("--months", type=int, default=18)
    request = parser.parse_args()
    broken = 0
    columns = ("area", "seed", *FIGURES.values(), "rules with hits")
    print(f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|")
    for area, seed in product(request.areas, request.seeds):
        with tempfile.TemporaryDirectory(prefix="fundwatch-") as name:
            folder = Path(name)
            alerts = alerts_of(folder, area, seed, request.persons, request.months)
            snapshot = next((folder / "ws" / "snapshots").iterdir())
            figures = repriced(open_snapshot(snapshot), area)
        with_hits = ", ".join(f"{rule}: {n}" for rule, n in alerts.items() if n) or "none"
        broken += bool(figures["differ"] or figures["not covered"] or sum(alerts.values()))
        print(
            f"| {area} | {seed} | {' | '.join(f'{figures[figure]:,}' for figure in FIGURES)} | {with_hits} |",
            flush=True,
        )
    if broken:
        sys.exit(f"{broken} clean cities are not clean")


if __name__ == "__main__":
    main()
