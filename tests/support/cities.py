"""The simulated city written down again in other ways: shuffled, renamed, as CSV, with somebody more in it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from detection.run.pipeline import RunDone, RunRequest, run

Frames = dict[str, pl.DataFrame]
Ran = Callable[..., Path]
"""Tables, and an encoding for CSV, in; the workspace in which they were run out."""

AREA = "320600"
NOW = "2024-07-01T08:00:00"

BEARERS = {
    "person": ("person_id", "payer_id", "beneficiary_id", "account_id", "mutual_aid_payer_id"),
    "provider": ("provider_id",),
    "settlement": ("settlement_id", "reverses_settlement_id"),
    "employer": ("employer_id",),
    "operator": ("operator_id",),
    "prescriber": ("prescriber_id",),
}
"""Columns that bear an id, by what it names."""


def frames(city: Path) -> Frames:
    """The tables of a city, whole."""
    single = {path.stem: pl.read_parquet(path) for path in city.glob("*.parquet")}
    parts = {path.name: path for path in city.iterdir() if path.is_dir() and path.name != "truth"}
    return single | {name: pl.read_parquet(path / "*.parquet") for name, path in parts.items()}


def write(tables: Mapping[str, pl.DataFrame], folder: Path, encoding: str = "") -> Path:
    """Write tables as Parquet, or as CSV in an encoding; the data still say that they are simulated."""
    folder.mkdir(parents=True)
    (folder / "SIMULATED.json").write_text("{}")
    for name, table in tables.items():
        if not encoding:
            table.write_parquet(folder / f"{name}.parquet")
        else:
            text = table.write_csv(datetime_format="%Y-%m-%d %H:%M:%S")
            (folder / f"{name}.csv").write_bytes(text.encode(encoding))
    return folder


def shuffled(tables: Mapping[str, pl.DataFrame], seed: int) -> Frames:
    """The rows of every table in another order."""
    return {name: table.sample(fraction=1, shuffle=True, seed=seed) for name, table in tables.items()}


def new_names(tables: Mapping[str, pl.DataFrame], kind: str, pattern: str, seed: int) -> dict[str, str]:
    """Another id for each id of a kind, in no relation to the old order."""
    columns = (table[name] for table in tables.values() for name in BEARERS[kind] if name in table.columns)
    ids = sorted(set().union(*(column.drop_nulls().to_list() for column in columns)))
    numbers = random.Random(seed).sample(range(len(ids)), len(ids))
    return {old: pattern.format(number) for old, number in zip(ids, numbers, strict=True)}


def renamed(tables: Mapping[str, pl.DataFrame], names: Mapping[str, Mapping[str, str]]) -> Frames:
    """The same city in which everybody bears another id.

    Args:
        tables: the city.
        names: new ids by kind and old id.
    """
    kinds = {column: kind for kind, columns in BEARERS.items() for column in columns}
    return {
        name: table.with_columns(
            pl.col(column).replace_strict(names[kinds[column]])
            for column in table.columns
            if column in kinds and kinds[column] in names
        )
        for name, table in tables.items()
    }


def with_a_stranger(tables: Mapping[str, pl.DataFrame]) -> Frames:
    """One person more, who uses one provider more, as often as somebody else uses theirs."""
    settlements = tables["settlements"]
    plain = settlements.filter(pl.col("mutual_aid_payer_id").is_null(), pl.col("settlement_id").is_not_null())
    busiest = plain["person_id"].value_counts().sort("count", "person_id")["person_id"][-1]
    at = plain.filter(pl.col("person_id") == busiest)["provider_id"][0]
    own = {"person_id": pl.lit("stranger"), "provider_id": pl.lit("strange provider")}
    visits = plain.filter(pl.col("person_id") == busiest).with_columns(
        **own, settlement_id=pl.format("stranger-{}", "settlement_id")
    )
    person = pl.col("person_id") == busiest
    more = {
        "persons": tables["persons"].filter(person).with_columns(person_id=own["person_id"]),
        "enrolments": tables["enrolments"].filter(person).with_columns(person_id=own["person_id"]),
        "providers": tables["providers"]
        .filter(pl.col("provider_id") == at)
        .with_columns(provider_id=own["provider_id"]),
        "settlements": visits,
    }
    return {
        name: pl.concat([table, *([more[name]] if name in more else [])]) for name, table in tables.items()
    }


def run_in(root: Path, data: Path, *, like: Path | None = None, seed: int = 0) -> RunDone:
    """Run a city in a new workspace; with the pseudonym key of another one when asked."""
    if like is not None:
        root.mkdir(parents=True)
        shutil.copy(like / "pseudonym.key", root / "pseudonym.key")
    return run(RunRequest(data=data, workspace=root, area=AREA, now=NOW, seed=seed))
