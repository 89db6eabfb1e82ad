"""Speed and memory at 2 million settlements, as ratios and peaks of one run on this machine.

Simulates a city of 130,000 people × 18 months, runs the whole pipeline from its folder to alerts and indicators, with
every rule (or those of ``--detectors``), in a process of its own and prints its processor time and peak memory, then
computes every feature twice over the same accepted Parquet: with fundwatch, and in vectorized pandas with networkx.
The outputs are checked to be equal, and the tables are listed with their rows.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # the benchmarks are scripts, not a package

from bench.pandas_features.comparison import compare

KIB = 1024
MOST_MEMORY = 3e9
"""Bytes of the whole run."""
TIMES = 3
"""Runs of each side, in turns; the quickest counts."""


@dataclass(frozen=True)
class Whole:
    """A whole run: seconds, seconds of work on all cores (user and system), and largest resident memory in bytes."""

    seconds: float
    cpu: float
    peak: int


def main() -> None:
    """Measure once and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=130_000)
    parser.add_argument("--months", type=int, default=18)
    parser.add_argument("--seed", type=int, default=9006)
    parser.add_argument("--detectors", help="a detector, or @FILE of names; every one when left out")
    parser.add_argument("--keep", type=Path, help="keep the city and the workspace in this folder")
    arguments = parser.parse_args()
    folder = arguments.keep or Path(tempfile.mkdtemp(prefix="fundwatch-"))
    city, workspace = folder / "city", folder / "workspace"
    if not city.exists():
        size = (
            "--persons",
            str(arguments.persons),
            "--months",
            str(arguments.months),
            "--seed",
            str(arguments.seed),
        )
        _command("simulate", "--out", str(city), *size)
    simulated = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    whole = _run_in_its_own_process(city, workspace, arguments.detectors)
    print("\n### The whole run, from a folder of Parquet to alerts\n")
    print(f"- {whole.seconds:.0f} s, {whole.cpu:.0f} s of work on all cores")
    print(f"- peak memory {whole.peak / 1e9:.2f} GB (the bound is {MOST_MEMORY / 1e9:.0f} GB)")
    print(f"- (simulating the city: peak memory {simulated * KIB / 1e9:.2f} GB, not part of the run)")
    (snapshot,) = (workspace / "snapshots").iterdir()
    report: dict[str, Any] = compare(snapshot, TIMES)
    _print_comparison(report)
    if not arguments.keep:
        shutil.rmtree(folder)
    if whole.peak > MOST_MEMORY or report["different"] or report["ratio"] < 3.5:
        sys.exit("a bound does not hold")


def _command(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "detection.cli", *arguments], check=True, stdout=subprocess.DEVNULL)


def _run_in_its_own_process(city: Path, workspace: Path, detectors: str | None) -> Whole:
    code = (
        "import resource, sys\nfrom detection.cli import app\n"
        "app(sys.argv[1:], standalone_mode=False)\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss, file=sys.stderr)"
    )
    started = time.perf_counter()
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            code,
            "run",
            "--data",
            str(city),
            "--workspace",
            str(workspace),
            "--area",
            "320600",
            "--profile",
            "illustrative",
            *(["--detectors", detectors] if detectors else []),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    cpu, peak = done.stderr.split()[-2:]
    return Whole(time.perf_counter() - started, float(cpu), int(peak) * KIB)


def _print_comparison(report: dict[str, Any]) -> None:
    print(f"\n### {report['features']} features, fundwatch against vectorized pandas + networkx\n")
    print(f"Same Parquet, the quickest of {TIMES} runs each, from the first read to the last feature.\n")
    print("| | seconds | seconds of work, all cores | peak memory |\n|---|---|---|---|")
    for side in ("fundwatch", "pandas"):
        first = report[side]
        print(f"| {side} | {first['seconds']:.1f} | {first['cpu']:.1f} | {first['peak_mb'] / 1000:.2f} GB |")
    print(f"\nfundwatch is **{report['ratio']:.1f}×** faster (the bound is 3.5×).")
    unequal = report["different"]
    print(f"Outputs: {'all equal within 1e-9' if not unequal else 'DIFFERENT: ' + ', '.join(unequal)}.\n")
    print("| table read | rows |\n|---|---|")
    for name, rows in report["rows"].items():
        print(f"| {name} | {rows:,} |")


if __name__ == "__main__":
    main()
