"""One run with what it uses by step, by detector and by line of code.

Simulates a city, or takes one, runs the pipeline on it in a process of its own and prints three tables: steps and
detectors with seconds of user and system time, seconds by the clock, growth and peak of resident memory; functions
with everything below them; and lines that cost most. Stacks for a flame graph are written where --stacks says.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the benchmarks are scripts, not a package

from bench.usage_recorder import Cost, LineSampler, StepRecorder, Usage

PACKAGES = ("features", "models", "detection")
KIB = 1024
INTERVAL = 0.01
"""Seconds of work between two samples."""


def main() -> None:
    """Profile once and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a city that is there; one is simulated without it")
    parser.add_argument("--persons", type=int, default=115_000)
    parser.add_argument("--months", type=int, default=18)
    parser.add_argument("--seed", type=int, default=9006)
    parser.add_argument("--area", default="320600")
    parser.add_argument("--threads", type=int, default=1, help="of Polars")
    parser.add_argument("--workspace", type=Path, help="keep the workspace here")
    parser.add_argument(
        "--delivery", help="kind of delivery, full or increment, where the workspace has a run"
    )
    parser.add_argument("--stacks", type=Path, help="file for the stacks, as flame graphs take them")
    parser.add_argument("--lines", type=int, default=40, help="rows of the tables of functions and lines")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside:
        _profile(arguments)
        return
    folder = Path(tempfile.mkdtemp(prefix="fundwatch-"))
    data = arguments.data or _simulated(folder / "city", arguments)
    again = [*sys.argv[1:], "--inside", "--data", str(data)]
    again += [] if arguments.workspace else ["--workspace", str(folder / "workspace")]
    environment = {**os.environ, "POLARS_MAX_THREADS": str(arguments.threads)}
    subprocess.run([sys.executable, __file__, *again], check=True, env=environment)
    shutil.rmtree(folder)


def _simulated(city: Path, arguments: argparse.Namespace) -> Path:
    sizes = {name: str(getattr(arguments, name)) for name in ("persons", "months", "seed", "area")}
    options = [word for name, value in sizes.items() for word in (f"--{name}", value)]
    command = [sys.executable, "-m", "detection.cli", "simulate", "--out", str(city), *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return city


def _profile(arguments: argparse.Namespace) -> None:
    """Run the pipeline in this process, as the command line does, and print the tables."""
    from detection.cli.allocator import set_allocator

    set_allocator(os.environ)
    from detection.detectors.catalogue import catalogue
    from detection.run.owned_rows import in_order
    from detection.run.pipeline import RunRequest, run

    names = [detector.name for detector in in_order(list(catalogue().values()))]
    steps = StepRecorder(_usage, {"detectors": names})
    lines = LineSampler(_processor_time, PACKAGES)
    request = RunRequest(
        data=arguments.data,
        workspace=arguments.workspace,
        area=arguments.area,
        profile="illustrative",
        now="2026-01-31T08:00:00",
        delivery=arguments.delivery,
    )
    steps("start", 0, 0)
    signal.signal(signal.SIGPROF, lines)
    signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)
    done = run(request, steps)
    signal.setitimer(signal.ITIMER_PROF, 0)
    steps.charge()
    rows = done.manifest.tables["settlements"].rows.accepted
    print(f"{rows:,} settlements, {arguments.threads} threads of Polars")
    _print_steps(steps.costs, rows)
    _print_lines("function, with all below it", lines.by_function()[: arguments.lines])
    _print_lines("line", lines.by_line()[: arguments.lines])
    if arguments.stacks:
        folded = (
            f"{';'.join(reversed(stack))} {sum(cost) * 1000:.0f}" for stack, cost in lines.stacks.items()
        )
        arguments.stacks.parent.mkdir(parents=True, exist_ok=True)
        arguments.stacks.write_text("\n".join(folded) + "\n")


def _processor_time() -> tuple[float, float]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime, used.ru_stime


def _usage() -> Usage:
    """What this process has used; the peak of memory starts anew, where the kernel lets it."""
    status = Path("/proc/self/status").read_text()
    memory = {
        line.partition(":")[0]: line.split()[1] for line in status.splitlines() if line.startswith("Vm")
    }
    Path("/proc/self/clear_refs").write_text("5")
    return Usage(
        *_processor_time(), time.perf_counter(), int(memory["VmRSS"]) * KIB, int(memory["VmHWM"]) * KIB
    )


def _print_steps(costs: dict[tuple[str, str], Cost], rows: int) -> None:
    print(
        "\n| step | user, s | system, s | wall, s | memory grew, MB | peak, MB |\n|---|---|---|---|---|---|"
    )
    total = Cost()
    for (step, part), cost in costs.items():
        name = f"{step}: {part}" if part else step
        _print_cost(name, cost)
        total = Cost(
            total.user + cost.user,
            total.system + cost.system,
            total.wall + cost.wall,
            total.grown + cost.grown,
            max(total.peak, cost.peak),
        )
    _print_cost("all", total)
    print(f"\n{total.cpu / rows * 1e6:.0f} seconds of work per million settlements")


def _print_cost(name: str, cost: Cost) -> None:
    print(
        f"| {name} | {cost.user:.2f} | {cost.system:.2f} | {cost.wall:.1f} "
        f"| {cost.grown / 1e6:.0f} | {cost.peak / 1e6:.0f} |"
    )


def _print_lines(title: str, rows: Sequence[tuple[str, float, float]]) -> None:
    print(f"\n| {title} | user, s | system, s |\n|---|---|---|")
    for name, user, system in rows:
        print(f"| {name} | {user:.2f} | {system:.2f} |")


if __name__ == "__main__":
    main()
