"""Tables over the results that `worlds.py` kept: rankings and alerts by author, kinds found, ablation of detectors.

Cities whose data lack columns or minutes are compared with the same city on full data, in a table of their own.

python tests/bench/worlds_summary.py --results bench/worlds [--ablation]
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scipy.stats import t

from detection.evaluation.proportion import Proportion
from detection.evaluation.rankings import average_precision
from detection.evaluation.truth import Truth, read_truth
from detection.evidence.fusion import risks

KINDS = ("person", "provider", "payer_account")
FULL = "full"


def read_results(folder: Path) -> list[dict[str, Any]]:
    """Every result, by name."""
    return [
        json.loads(path.read_text(encoding="utf-8")) | {"folder": path.parent}
        for path in sorted(folder.glob("*/result.json"))
    ]


def mean_with_interval(values: Sequence[float]) -> str:
    """``0.951 [0.940, 0.962]``: the mean over cities, and Student's 95 % interval of it."""
    if len(values) < 2:
        return f"{values[0]:.3f}" if values else "–"
    center = float(np.mean(values))
    half = float(t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / math.sqrt(len(values)))
    return f"{center:.3f} [{center - half:.3f}, {min(center + half, 1.0):.3f}]"


def print_authors(results: Iterable[dict[str, Any]]) -> None:
    """One row per author: average precision by kind next to spend, alerts right, instances found."""
    by_author: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for result in results:
        by_author[result["author"] + ("" if result["fraud"] else ", no fraud")].append(result)
    heads = ("author", "cities", *KINDS, "of these by spend", "alerts right", "alerts", "CPU s", "peak MB")
    print(f"| {' | '.join(heads)} |\n{'|---' * len(heads)}|")
    for author, cities in sorted(by_author.items()):
        metrics = [city["metrics"] for city in cities]
        by_kind = [
            mean_with_interval(
                [each[f"average_precision_{kind}"] for each in metrics if f"average_precision_{kind}" in each]
            )
            for kind in KINDS
        ]
        spend = ", ".join(
            f"{np.mean([each.get(f'average_precision_{kind}_by_spend', math.nan) for each in metrics]):.2f}"
            for kind in KINDS
        )
        right = sum((Proportion(*_right(city)) for city in cities), Proportion(0, 0))
        alerts = ", ".join(str(city["alerts"]) for city in cities)
        cpu, peak = max(city["cpu_seconds"] for city in cities), max(city["peak_mb"] for city in cities)
        print(
            f"| {author} | {len(cities)} | {' | '.join(by_kind)} | {spend} | {right} | {alerts} | {cpu} | {peak} |"
        )


def _right(city: dict[str, Any]) -> tuple[int, int]:
    if "judge" in city:
        return city["judge"]["right"], city["judge"]["alerts"]
    hits, _, rest = str(city["summary"]["alerts right"]).partition("/")
    return int(hits), int(rest.split()[0])


def print_kinds(results: Iterable[dict[str, Any]]) -> None:
    """Instances found by kind, over the cities of each author."""
    totals: dict[tuple[str, str], Proportion] = defaultdict(lambda: Proportion(0, 0))
    for result in results:
        if "judge" in result:
            for kind, each in result["judge"]["recall"].items():
                totals[result["author"], kind] += Proportion(each["found"], each["instances"])
            continue
        rows = pl.read_csv(result["folder"] / "evaluation" / "instances.csv")
        for typology, detected, of in rows.select("typology", "detected", "of").iter_rows():
            totals[result["author"], typology] += Proportion(detected, of)
    print("\n| author | kind | instances found |\n|---|---|---|")
    for (author, kind), share in sorted(totals.items()):
        print(f"| {author} | {kind} | {share} |")


def print_detectors(results: Iterable[dict[str, Any]]) -> None:
    """Alerts right by detector, over the cities of each author."""
    totals: dict[tuple[str, str], Proportion] = defaultdict(lambda: Proportion(0, 0))
    for result in results:
        if "judge" in result:
            for name, each in result["judge"]["detectors"].items():
                totals[result["author"], name] += Proportion(each["right"], min(each["alerts"], 100))
            continue
        for name, right, of in (
            pl.read_csv(result["folder"] / "evaluation" / "detectors.csv")
            .select("detector", "right", "of")
            .iter_rows()
        ):
            totals[result["author"], name] += Proportion(right, of)
    print("\n| author | detector | alerts right |\n|---|---|---|")
    for (author, name), share in sorted(totals.items()):
        print(f"| {author} | {name} | {share} |")


def print_losses(results: Sequence[dict[str, Any]]) -> None:
    """What data without some columns or minutes lose against full data of the same city, and what they accuse more."""
    full = {_city(result): result for result in results if _data(result) == FULL}
    pairs: dict[tuple[str, str], list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
    for result in results:
        if _data(result) != FULL and _city(result) in full:
            pairs[result["author"], _data(result)].append((full[_city(result)], result))
    if not pairs:
        return
    heads = ("author", "data", "cities", *KINDS, "instances detected", "alerts right", "wrong alerts")
    print(f"\n| {' | '.join(heads)} |\n{'|---' * len(heads)}|")
    for (author, data), both in sorted(pairs.items()):
        losses = [f"{np.nanmean([_gain(kind, *pair) for pair in both]):+.3f}" for kind in KINDS]
        shares = [
            [sum((share(side) for side in sides), Proportion(0, 0)) for sides in zip(*both, strict=True)]
            for share in (_detected, lambda result: Proportion(*_right(result)))
        ]
        detected, right = (f"{before} → {after}" for before, after in shares)
        wrong = " → ".join(str(each.of - each.hits) for each in shares[1])
        print(f"| {author} | {data} | {len(both)} | {' | '.join(losses)} | {detected} | {right} | {wrong} |")


def _data(result: dict[str, Any]) -> str:
    """What the data of a city have; results of earlier versions had everything."""
    return str(result.get("data", FULL))


def _city(result: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(result[name]) for name in ("author", "fraud", "area", "seed", "persons"))


def _gain(kind: str, full: dict[str, Any], less: dict[str, Any]) -> float:
    """Average precision with less data, minus that with all of them."""
    before, after = (each["metrics"].get(f"average_precision_{kind}", math.nan) for each in (full, less))
    return float(after - before)


def _detected(result: dict[str, Any]) -> Proportion:
    if "judge" in result:
        each = result["judge"]["recall"].values()
        return Proportion(sum(kind["found"] for kind in each), sum(kind["instances"] for kind in each))
    rows = pl.read_csv(result["folder"] / "evaluation" / "instances.csv")
    return Proportion(int(rows["detected"].sum()), int(rows["of"].sum()))


def print_ablation(results: Sequence[dict[str, Any]]) -> None:
    """Loss of average precision without each detector, from the kept evidence: no city is run again."""
    losses: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for result in results:
        if not result["fraud"]:
            continue
        truth, items = (
            read_truth(result["folder"] / "truth"),
            pl.read_parquet(result["folder"] / "risk" / "evidence.parquet"),
        )
        whole = {kind: _precision(truth, kind, items) for kind in KINDS}
        for name in items["detector"].unique().sort():
            without = items.filter(pl.col("detector") != name)
            for kind in KINDS:
                losses[result["author"], name][kind].append(whole[kind] - _precision(truth, kind, without))
    print("\n| author | without | " + " | ".join(KINDS) + " |\n|---|---|" + "---|" * len(KINDS))
    for (author, name), by_kind in sorted(losses.items()):
        print(
            f"| {author} | {name} | "
            + " | ".join(f"{np.nanmean(by_kind[kind]):+.3f}" for kind in KINDS)
            + " |"
        )


def _precision(truth: Truth, kind: str, items: pl.DataFrame) -> float:
    """Average precision of the evidence alone."""
    suspects = truth.suspects(kind)
    involved = truth.involved.get(kind, set()) - suspects
    order = [identity for identity in risks(items, kind)["entity_id"] if identity not in involved]
    return average_precision([identity in suspects for identity in order], len(suspects))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--results", type=Path, default=Path("bench/worlds"))
    parser.add_argument("--ablation", action="store_true", help="also what each detector is worth")
    options = parser.parse_args()
    everything = read_results(options.results)
    results = [result for result in everything if _data(result) == FULL]
    planted = [result for result in results if result["fraud"]]
    print_authors(results)
    print_kinds(planted)
    print_detectors(planted)
    print_losses(everything)
    if options.ablation:
        print_ablation(results)


if __name__ == "__main__":
    main()
