"""The same arguments give the same bytes; another seed gives another city."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data_samples import plays
from data_samples.city import simulate
from data_samples.writing import FileFormat
from features.contract import TABLES, Kind
from features.errors import UsageError

pytestmark = pytest.mark.slow


def digest(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("file_format", ["parquet", "csv"])
def test_same_arguments_same_bytes(tmp_path: Path, file_format: FileFormat) -> None:
    for name, seed in (("one", 3), ("again", 3), ("other", 4)):
        simulate(tmp_path / name, persons=1_000, months=4, seed=seed, area="150200", file_format=file_format)
    assert digest(tmp_path / "one") == digest(tmp_path / "again")
    assert digest(tmp_path / "one") != digest(tmp_path / "other")


def test_csv_and_parquet_say_the_same(tmp_path: Path) -> None:
    simulate(tmp_path / "csv", persons=1_000, months=3, seed=3, area="320600", file_format="csv")
    simulate(tmp_path / "parquet", persons=1_000, months=3, seed=3, area="320600")
    for table in ("settlements", "persons", "account_entries"):
        text = pl.read_csv(tmp_path / "csv" / f"{table}.csv", infer_schema=False)
        stored = pl.read_parquet(sorted((tmp_path / "parquet").glob(f"{table}*"))[0])
        assert text.columns == stored.columns
        assert text.height == stored.height
        money = [name for name, kind in stored.schema.items() if kind.is_decimal()]
        for name in money:
            assert text[name].cast(stored.schema[name]).equals(stored[name])


def test_every_table_and_column_is_the_contracts(tmp_path: Path) -> None:
    simulate(tmp_path / "city", persons=1_000, months=3, seed=3, area="320600", file_format="csv")
    written = {path.stem for path in (tmp_path / "city").glob("*.csv")}
    assert {name for name, table in TABLES.items() if table.required} < written <= set(TABLES)
    for name in written:
        header = (tmp_path / "city" / f"{name}.csv").open(encoding="utf-8").readline().strip().split(",")
        assert set(TABLES[name].required_columns()) <= set(header) <= set(TABLES[name].columns)


def test_codes_are_those_of_the_contract(city: Any) -> None:
    for name, table in TABLES.items():
        if not list(city.folder.glob(f"{name}*")):
            continue
        frame = getattr(city, name)
        for column in set(table.of_kind(Kind.CODE)) & set(frame.columns):
            # An unlisted premium is planted: every list of the contract has `other`.
            assert set(frame[column].drop_nulls()) <= {*table.columns[column].values, "other"}


def test_the_data_set_says_that_it_is_simulated(tmp_path: Path) -> None:
    simulate(tmp_path / "city", persons=1_000, months=3, seed=3, area="320600")
    description = json.loads((tmp_path / "city" / "SIMULATED.json").read_text(encoding="utf-8"))
    expected = {"simulated": True, "persons": 1_000, "months": 3, "seed": 3, "area": "320600"}
    assert description.items() >= expected.items()


def test_a_scene_more_or_less_leaves_everybody_elses_life_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = plays.plays
    for name, fewer in (("all", 0), ("fewer", 3)):
        monkeypatch.setattr(plays, "plays", lambda package, fewer=fewer: every(package)[fewer:])
        simulate(tmp_path / name, persons=4_000, months=4, seed=3, area="320600")
    all_, fewer_ = (
        pl.read_parquet(tmp_path / name / "settlements" / "*.parquet") for name in ("all", "fewer")
    )
    touched = pl.concat(
        [pl.read_parquet(path)["entity_id"] for path in tmp_path.glob("*/truth/*.parquet")]
        # A relative of somebody who plays may have to pay for himself.
        + [
            pl.read_parquet(path)["beneficiary_id"]
            for path in tmp_path.glob("*/family_authorizations.parquet")
        ]
    ).implode()
    away = pl.concat(
        pl.read_parquet(path).filter(pl.col("status") != "active")["provider_id"]
        for path in tmp_path.glob("*/provider_status.parquet")
    ).implode()
    untouched = ~pl.col("person_id").is_in(touched) & ~pl.col("provider_id").is_in(away)
    # Who pays may differ: whoever lost a visit to a closed clinic is further from the deductible.
    chosen = [name for name in all_.columns if not name.endswith(("_paid", "_borne", "_after", "payer_id"))]
    chosen += ["fully_self_paid", "pre_self_paid", "over_limit_self_paid"]
    lives = [rows.filter(untouched).select(chosen).sort("settlement_id") for rows in (all_, fewer_)]
    assert lives[0].height > 500
    assert lives[0].equals(lives[1])


def test_without_scenes_the_same_city_lives(tmp_path: Path) -> None:
    for name in ("planted", "clean"):
        simulate(tmp_path / name, persons=4_000, months=4, seed=3, area="320600", planted=name == "planted")
    for name in ("planted", "clean"):
        description = json.loads((tmp_path / name / "SIMULATED.json").read_text(encoding="utf-8"))
        assert description["planted"] == (name == "planted")
    assert pl.read_parquet(tmp_path / "clean" / "truth" / "*.parquet").is_empty()
    planted, clean = (
        pl.read_parquet(tmp_path / name / "settlements" / "*.parquet") for name in ("planted", "clean")
    )
    kept = clean.join(planted, on=["settlement_id", "person_id", "settled_at", "total_amount"], how="semi")
    assert kept.height > 0.95 * clean.height


def test_what_cannot_be_simulated_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="too few for the scenes"):
        simulate(tmp_path / "city", persons=10, months=12, seed=1, area="320600")
    with pytest.raises(UsageError, match="not described for area 999999"):
        simulate(tmp_path / "city", persons=1_000, months=12, seed=1, area="999999")
    assert not (tmp_path / "city").exists()


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="holds no simulated city"):
        simulate(tmp_path, persons=1_000, months=3, seed=1, area="320600")
    assert (tmp_path / "letters.txt").read_text(encoding="utf-8") == "mine"
