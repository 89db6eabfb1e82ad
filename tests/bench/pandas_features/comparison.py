"""The speed benchmark's comparison: every feature with fundwatch, and in vectorized pandas with networkx.

The pandas side is written as a good analyst would write it: it reads only the columns needed, computes visits once,
and uses groupby, merge and shift instead of loops over rows. Each side runs in a process of its own. The clock
starts before the first file is read, with everything imported, and stops after the last feature.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
import pyarrow.dataset as ds
from bench.pandas_features import accounts, company, families, people, places

from features.engine import Views, compute
from features.intake.snapshot import open_snapshot
from features.registry import ENTITY_KEYS, all_features

TOLERANCE = 1e-9
SIDES = ("fundwatch", "pandas")

_NEEDED = {
    "settlements": [
        "settlement_id",
        "person_id",
        "provider_id",
        "settled_day",
        "settled_minute",
        "settled_month",
        "care_type",
        "programme_code",
        "prescriber_id",
        "total_amount",
        "pool_paid",
        "account_paid",
        "mutual_aid_paid",
        "mutual_aid_payer_id",
        "reverses_settlement_id",
    ],
    "enrolments": ["person_id", "status", "employer_id", "start_day", "end_day"],
    "persons": ["person_id", "region_code"],
    "providers": ["provider_id", "district_code"],
    "family_authorizations": ["payer_id", "beneficiary_id", "relation", "valid_from_day"],
    "registered_contexts": ["person_id", "provider_id", "from_day", "to_day"],
    "account_entries": ["account_id", "posted_day", "entry_kind", "amount", "balance_after"],
}


def with_fundwatch(folder: Path) -> dict[str, pd.DataFrame]:
    """Every feature by entity, computed as in a run, with views on disk."""
    with tempfile.TemporaryDirectory() as views_folder:
        views = Views(open_snapshot(folder), Path(views_folder))
        return {
            entity: compute(entity, views)[0].to_pandas().set_index(key)
            for entity, key in ENTITY_KEYS.items()
        }


def with_pandas(folder: Path) -> dict[str, pd.DataFrame]:
    """Every feature by entity, in pandas."""
    table = {name: read(folder, name) for name in _NEEDED}
    settlements = table["settlements"]
    net = people.net_settlements(settlements)
    visits = people.visits(net)
    first, last = settlements["settled_day"].min(), settlements["settled_day"].max()
    enrolled = people.exposure(table["enrolments"], first, last)
    authorizations = table["family_authorizations"]
    met = company.strangers(net, authorizations, table["enrolments"], table["registered_contexts"])
    persons = people.person_features(visits, net, settlements, enrolled)
    providers = places.provider_features(visits, net, settlements, table["persons"], table["providers"])
    of_accounts = accounts.account_features(net, table["account_entries"])
    return {
        "person": persons.join(company.person_company(visits, met)).join(of_accounts),
        "provider": providers.join(company.provider_company(visits, met)),
        "payer_account": families.payer_features(
            net, visits, table["persons"], authorizations, table["account_entries"]
        ),
    }


def read(folder: Path, table: str) -> pd.DataFrame:
    """The needed columns of a table of the snapshot; columns that the source lacks are null."""
    files = sorted((folder / "tables" / table).glob("*.parquet"))
    present = set(ds.dataset(files[0]).schema.names)
    columns = [name for name in _NEEDED[table] if name in present]
    parts = [pd.read_parquet(file, columns=columns) for file in files]
    frame = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    return frame.reindex(columns=_NEEDED[table])


def compare(folder: Path, times: int = 1) -> dict[str, object]:
    """Run both sides on a snapshot and compare the results.

    Args:
        folder: the snapshot: ``tables/<table>/*.parquet`` and ``manifest.json``.
        times: how often each side is run, alternately; its quickest run counts.

    Returns:
        rows (by table), features (number), different (features not equal within `TOLERANCE`), and by
        side: seconds, cpu (seconds of all cores) and peak_mb; ratio is pandas' seconds over fundwatch's.
    """
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        runs = [{side: _run(side, folder, out / side) for side in SIDES} for _ in range(times)]
        measured = {
            side: min((run[side] for run in runs), key=lambda item: item["seconds"]) for side in SIDES
        }
        different = [problem for entity in ENTITY_KEYS for problem in _different(out, entity)]
        features = sum(
            len(pd.read_parquet(out / "fundwatch" / f"{entity}.parquet").columns) for entity in ENTITY_KEYS
        )
    return {
        "rows": {name: _rows(folder, name) for name in _NEEDED},
        "features": features,
        "different": different,
        **measured,
        "ratio": measured["pandas"]["seconds"] / measured["fundwatch"]["seconds"],
    }


def _run(side: str, folder: Path, out: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.pandas_features.comparison", side, str(folder.resolve()), str(out)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _rows(folder: Path, table: str) -> int:
    return int(ds.dataset(sorted((folder / "tables" / table).glob("*.parquet"))).count_rows())


def _different(out: Path, entity: str) -> list[str]:
    ours, theirs = (pd.read_parquet(out / side / f"{entity}.parquet") for side in SIDES)
    problems = [f"{entity}: {name}" for name in sorted(set(ours.columns) ^ set(theirs.columns))]
    if set(ours.index) != set(theirs.index):
        return [*problems, f"{entity}: other ids"]
    theirs = theirs.reindex(ours.index)
    for name in sorted(set(ours.columns) & set(theirs.columns)):
        left, right = ours[name].astype("float64"), theirs[name].astype("float64")
        near = (left - right).abs() <= TOLERANCE * (1 + left.abs())
        if not (near | (left.isna() & right.isna())).all():
            problems.append(f"{entity}: {name}")
    return problems


def main(side: str, folder: str, out: str) -> None:
    """One side, in this process: write its features, print seconds, seconds of work and peak memory as JSON."""
    all_features()  # imports the themes
    began, worked = time.perf_counter(), time.process_time()
    frames = with_fundwatch(Path(folder)) if side == "fundwatch" else with_pandas(Path(folder))
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    Path(out).mkdir(exist_ok=True)
    for entity, frame in frames.items():
        frame.to_parquet(Path(out) / f"{entity}.parquet")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(json.dumps({"seconds": round(seconds, 2), "cpu": round(cpu, 2), "peak_mb": round(peak)}))


if __name__ == "__main__":
    if len(sys.argv) == 2:
        print(json.dumps(compare(Path(sys.argv[1])), indent=1))
    else:
        main(*sys.argv[1:])
