"""How well alerts and risks hold on cities, one at a time; a finished city is kept as a file and not run again.

A city comes from this project's simulator (``--scenes first`` to ``seventh``), or from a folder
by another author that holds a package ``city``, a judge ``evaluate.py`` and a folder ``policy`` (``--world DIR``).
Each is simulated, run and evaluated by `detection.evaluation`, and by its author's judge where there is one. Its
evidence is kept for ablations.

    python tests/bench/worlds.py --results bench/worlds --seeds 9041 9042
    python tests/bench/worlds.py --results bench/worlds --world ../worlds/their_city --seeds 11 12
    python tests/bench/worlds.py --results bench/worlds --seeds 21 22 --columns poor --clock day

`worlds_summary.py` prints tables over the results, and `leave_out.py` chooses weights on them.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import get_args

import polars as pl

from data_samples.exports import Clock, Columns, Export
from data_samples.plays import AUTHORS

FULL: Columns = "full"
WHOLE = Export()
AREAS = ("320600", "150200")
KINDS = ("person", "provider", "payer_account")
_REVEAL = ("--reveal-ids", "--reason", "benchmark on simulated data", "--format", "parquet")
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class City:
    """One city to simulate and run.

    Attributes:
        world: folder of another author's world; None for this project's simulator.
        scenes: author of the simulator's scenes, ``first`` to ``seventh``.
        area, seed, persons, months: of the city.
        fraud: whether anything is planted.
        export: the columns and the clock that the data have; the other author's tables are cut down here.
    """

    world: Path | None
    scenes: str
    area: str
    seed: int
    persons: int
    months: int
    fraud: bool = True
    export: Export = WHOLE

    @property
    def author(self) -> str:
        """``own-first`` to ``own-seventh``, or the name of the world's folder."""
        return self.world.name if self.world else f"own-{self.scenes}"

    @property
    def name(self) -> str:
        """Name of its result."""
        planted = "" if self.fraud else "-nofraud"
        lacks = "" if self.data == FULL else f"-{self.data}"
        return f"{self.author}{planted}-{self.area}-{self.seed}-{self.persons}{lacks}"

    @property
    def data(self) -> str:
        """What the data have: ``full``, ``typical``, ``poor``, ``day``, or ``typical-day`` ..."""
        lacks = [self.export.columns] if self.export.columns != FULL else []
        return "-".join([*lacks, *(["day"] if self.export.clock == "day" else [])]) or FULL

    def simulate(self, out: Path) -> tuple[Path, Path]:
        """Write the city; the folders of its data and of its truth."""
        size = ("--persons", self.persons, "--months", self.months, "--seed", self.seed, "--area", self.area)
        if self.world:
            extra = () if self.fraud else ("--no-fraud",)
            _call("-m", "city", "--out", out.resolve(), *size, "--clean", *extra, folder=self.world)
            cut_down(out / "data", self.export)
            return out / "data", out / "truth"
        extra = () if self.fraud else ("--clean",)
        lacks = ("--columns", self.export.columns, "--clock", self.export.clock)
        _call("-m", "detection.cli", "simulate", "--out", out, *size, "--author", self.scenes, *lacks, *extra)
        return out, out / "truth"


def cut_down(folder: Path, export: Export) -> None:
    """Rewrite the Parquet tables of a folder as an export with fewer columns or coarser times has them."""
    if export == WHOLE:
        return
    for path in sorted(folder.rglob("*.parquet")):
        table = path.relative_to(folder).parts[0].removesuffix(".parquet")
        frame = export.fit(table, pl.read_parquet(path, hive_partitioning=False))
        if frame is None:
            path.unlink()
            remove_empty(path.parent, folder)
        else:
            frame.write_parquet(path)


def remove_empty(folder: Path, top: Path) -> None:
    """Remove a folder and those above it as far as they are empty: a table without parts would be refused."""
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def run(city: City, results: Path) -> None:
    """Simulate, run and evaluate a city, and keep what came out as ``results/<name>/``."""
    folder = results / city.name
    if (folder / "result.json").exists():
        print(f"{city.name}: kept", flush=True)
        return
    with tempfile.TemporaryDirectory(prefix="fundwatch-") as scratch:
        draft = Path(scratch)
        data, truth = city.simulate(draft / "city")
        workspace, out = draft / "workspace", draft / "out"
        out.mkdir()
        policy = ("--policy-dir", city.world / "policy") if city.world else ("--profile", "illustrative")
        used = _fundwatch("run", "--data", data, "--workspace", workspace, "--area", city.area, *policy)
        _fundwatch("evaluate", "--workspace", workspace, "--truth", truth, "--out", out / "evaluation")
        _fundwatch("export", "alerts", "--workspace", workspace, *_REVEAL, "--out", out / "alerts.parquet")
        for kind in KINDS:
            target = out / f"{kind}.parquet"
            _fundwatch(
                "export", "scores", "--kind", kind, "--workspace", workspace, *_REVEAL, "--out", target
            )
        result = {
            "author": city.author,
            "area": city.area,
            "seed": city.seed,
            "persons": city.persons,
            "fraud": city.fraud,
            "data": city.data,
            "cpu_seconds": round(used.ru_utime + used.ru_stime, 1),
            "peak_mb": used.ru_maxrss // 1024,
            "alerts": pl.read_parquet(out / "alerts.parquet").height,
            **json.loads((out / "evaluation" / "summary.json").read_text(encoding="utf-8")),
        }
        if city.world and city.fraud:
            result["judge"] = _judge(city.world, truth, out)
        shutil.copytree(next((workspace / "runs").iterdir()) / "risk", out / "risk")
        shutil.copytree(truth, out / "truth")
        (out / "result.json").write_text(json.dumps(result, indent=1), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(out, folder)
    print(f"{city.name}: {result['cpu_seconds']} CPU s, {result['summary']}", flush=True)


def _judge(world: Path, truth: Path, out: Path) -> dict[str, object]:
    """What the author's own judge says."""
    scores = [f"{kind}={(out / f'{kind}.parquet').resolve()}" for kind in KINDS]
    report = (out / "judge.json").resolve()
    files = ("--truth", truth.resolve(), "--alerts", (out / "alerts.parquet").resolve())
    _call("evaluate.py", *files, "--scores", *scores, "--out", report, folder=world)
    content: dict[str, object] = json.loads(report.read_text(encoding="utf-8"))
    return content


def _fundwatch(*arguments: object) -> resource.struct_rusage:
    return _call("-m", "detection.cli", *arguments)


def _call(*arguments: object, folder: Path = _ROOT) -> resource.struct_rusage:
    """Run Python quietly; what the process used. Ends with its error where it fails."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    with tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            sys.exit(f"{' '.join(map(str, arguments))}\n{errors.read()[-2000:]}")
    return used


def main() -> None:
    """Run the cities that have no result yet."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--results", type=Path, default=Path("bench/worlds"), help="where results are kept")
    parser.add_argument("--world", type=Path, help="folder of another author's world")
    parser.add_argument("--scenes", choices=AUTHORS, default="first", help="of the own simulator")
    parser.add_argument("--seeds", type=int, nargs="+", default=(1,))
    parser.add_argument("--areas", nargs="+", default=AREAS)
    parser.add_argument("--persons", type=int, default=60_000)
    parser.add_argument("--months", type=int, default=18)
    parser.add_argument("--no-fraud", action="store_true", help="an innocent population")
    parser.add_argument("--columns", choices=get_args(Columns), default=FULL, help="that the data have")
    parser.add_argument("--clock", choices=get_args(Clock), default="minute", help="of the data")
    options = parser.parse_args()
    export = Export(options.columns, options.clock)
    results, world = options.results.resolve(), options.world.resolve() if options.world else None
    results.mkdir(parents=True, exist_ok=True)
    for seed, area in product(options.seeds, options.areas):
        size = (options.persons, options.months)
        run(City(world, options.scenes, area, seed, *size, not options.no_fraud, export), results)


if __name__ == "__main__":
    main()
