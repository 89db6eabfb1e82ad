"""How well each detector does on simulated cities that were never used while building.

For every area and seed: simulate a city, run the whole pipeline, compare the alerts with the planted truth and with
the innocent twins. Prints one table per city and one over all, with Wilson's 95 % intervals, and the spend ranking
next to the models; lists the bounds that do not hold. Where two cards share a typology (D28, D31), an instance that
either of them reports counts as detected. ``python tests/bench/quality.py --seeds 9011 --areas 320600`` for some of
them.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

import polars as pl

from detection.detectors.catalogue import catalogue
from detection.evaluation.outcome import Outcome, compare_with_truth
from detection.evaluation.proportion import Proportion

REPORTED_SEEDS = (9011, 9012, 9013)
AREAS = ("320600", "150200")
PROFILE = "illustrative"  # without it D19 and D20 have no benefit values to price by


def command(*arguments: str) -> None:
    """Run ``fundwatch`` as a user would, quietly."""
    subprocess.run(
        [sys.executable, "-m", "detection.cli", *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def outcomes(
    folder: Path, *, seed: int, persons: int, months: int, area: str
) -> tuple[dict[str, Outcome], dict[str, str]]:
    """Simulate, run and evaluate one city; also how the rank by spend alone would do in place of the models."""
    city, workspace = folder / "city", folder / "workspace"
    size = ("--persons", str(persons), "--months", str(months), "--seed", str(seed))
    command("simulate", "--out", str(city), *size, "--area", area)
    command("run", "--data", str(city), "--workspace", str(workspace), "--area", area, "--profile", PROFILE)
    exported = folder / "alerts.parquet"
    reveal = ("--reveal-ids", "--reason", "benchmark on simulated data")
    arguments = ("--workspace", str(workspace), "--format", "parquet", "--out", str(exported))
    command("export", "alerts", *arguments, *reveal)
    alerts = pl.read_parquet(exported)
    truth = pl.read_parquet(city / "truth" / "entities.parquet")
    twins = pl.read_parquet(city / "truth" / "benign_lookalikes.parquet")
    outcomes: dict[str, Outcome] = {}
    spend_alone: dict[str, str] = {}
    for name, detector in catalogue().items():
        own = alerts.filter(pl.col("detector") == name)
        # Two cards may share one typology (D28, D31): an instance is found when either of them found it.
        kin = (
            alerts.filter(pl.col("typology") == detector.card.typology)
            if detector.card.kind != "model"
            else own
        )
        planted, innocent = truth, twins
        if detector.card.kind == "model":  # a model lists entities of one kind, and is held against those
            planted, innocent = (
                frame.filter(pl.col("entity_kind") == detector.card.subject) for frame in (truth, twins)
            )
        outcomes[name] = compare_with_truth(name, detector.card.typology, own, planted, innocent, kin=kin)
        if detector.card.kind == "model":
            spend_alone[name] = str(
                _spend_only(workspace, folder, detector.card.subject, own.height, planted)
            )
    return outcomes, spend_alone


def _spend_only(workspace: Path, folder: Path, kind: str, size: int, truth: pl.DataFrame) -> Proportion:
    out = folder / f"scores-{kind}.parquet"
    command(
        "export", "scores", "--workspace", str(workspace), "--kind", kind, "--format", "parquet", "--out", str(out),
        "--reveal-ids", "--reason", "benchmark on simulated data",
    )  # fmt: skip
    listed = pl.read_parquet(out).sort("spend_rank").head(size)["entity_id"]
    return Proportion(int(listed.is_in(truth["entity_id"].unique().to_list()).sum()), size)


LEAST_INSTANCES = 30
LEAST_PRECISION = 0.8
LEAST_RECALL = {"deterministic": 1.0, "statistical": 0.9}


def broken(name: str, outcome: Outcome) -> list[str]:
    """The bounds that an outcome does not keep, in words; a model, which lists its capacity, has none of recall."""
    card = catalogue()[name].card
    problems = []
    if outcome.precision.value < LEAST_PRECISION:
        problems.append("planted share")
    if card.kind != "model":
        if outcome.recall.value < LEAST_RECALL[card.certainty]:
            problems.append("recall")
        if outcome.recall.of < LEAST_INSTANCES or outcome.twins.of < LEAST_INSTANCES:
            problems.append("too few instances or twins")
    return problems


def print_table(title: str, outcomes: dict[str, Outcome], spend_alone: dict[str, str]) -> bool:
    """One Markdown table; whether every bound holds."""
    print(f"\n### {title}\n")
    headings = (
        "detector",
        "planted instances found",
        "of its top 100, planted",
        "twins raised",
        "spend rank",
        "holds",
    )
    print(f"| {' | '.join(headings)} |\n{'|---' * len(headings)}|")
    for name, item in outcomes.items():
        recall = "–" if catalogue()[name].card.kind == "model" else item.recall
        verdict = ", ".join(broken(name, item)) or "hold"
        print(
            f"| {name} | {recall} | {item.precision} | {item.twins} | {spend_alone.get(name, '')} | {verdict} |"
        )
    sys.stdout.flush()
    return not any(broken(name, item) for name, item in outcomes.items())


def _together(outcome: Outcome, other: Outcome) -> Outcome:
    """The sum of two outcomes."""
    return Outcome(
        outcome.detector,
        outcome.recall + other.recall,
        outcome.precision + other.precision,
        outcome.twins + other.twins,
    )


def main() -> None:
    """Evaluate every city and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=REPORTED_SEEDS)
    parser.add_argument("--persons", type=int, default=20_000)
    parser.add_argument("--months", type=int, default=18)
    parser.add_argument("--areas", nargs="+", default=AREAS)
    parser.add_argument("--keep", type=Path, help="keep cities and workspaces in this folder")
    arguments = parser.parse_args()
    total: dict[str, Outcome] = {}
    for area, seed in product(arguments.areas, arguments.seeds):
        folder = (arguments.keep or Path(tempfile.mkdtemp(prefix="fundwatch-"))) / f"{area}-{seed}"
        folder.mkdir(parents=True)
        by_detector, spend_alone = outcomes(
            folder, seed=seed, persons=arguments.persons, months=arguments.months, area=area
        )
        print_table(
            f"{area}, seed {seed}, {arguments.persons:,} people × {arguments.months} months",
            by_detector,
            spend_alone,
        )
        for name, item in by_detector.items():
            total[name] = item if name not in total else _together(total[name], item)
        if not arguments.keep:
            shutil.rmtree(folder.parent)
    if not print_table(f"all {len(arguments.areas) * len(arguments.seeds)} cities", total, {}):
        sys.exit("a bound does not hold")


if __name__ == "__main__":
    main()
