"""Third-party claims, read through the mapping files kept here; left out where the data are not."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from support.exports import Taken
from support.paths import ROOT

from features.intake import create_snapshot
from features.workspace import open_workspace

DATA = ROOT.parent / "shared" / "data"
MAPPINGS = ROOT / "tests" / "mappings"

pytestmark = pytest.mark.real_data


def take(name: str, folder: Path) -> Taken:
    data = DATA / name
    if not data.is_dir():
        pytest.skip(f"third-party data {name} are not beside the project")
    workspace = open_workspace(folder / "workspace", create=True)
    return Taken(create_snapshot(data, workspace, mapping=MAPPINGS / f"{name}.toml"))


def test_inpatient_claims_are_taken_in_to_the_day_and_to_the_fen(tmp_path: Path) -> None:
    taken = take("medicare_inpatient", tmp_path)
    source = pl.read_csv(
        DATA / "medicare_inpatient" / "inpatient_claims.csv", null_values="NA", infer_schema=False
    )
    assert taken.rows()["accepted"] == source.height
    assert taken.rows("persons")["accepted"] == source["BeneID"].n_unique()
    assert taken.rows("providers")["accepted"] == source["Provider"].n_unique()
    paid = source["InscClaimAmtReimbursed"].cast(pl.Int64).sum()
    assert sum(taken.column("settlements.pool_paid")) == paid * 100
    assert taken.flags() == []


def test_inpatient_claims_know_days_only(tmp_path: Path) -> None:
    tables = take("medicare_inpatient", tmp_path).tables
    assert tables.has("settlements", "settled_at")
    assert not tables.precise("settlements", "settled_at")
    assert not tables.has("settlements", "mutual_aid_paid")


def test_synthea_is_taken_in_to_the_minute_and_to_the_fen(tmp_path: Path) -> None:
    taken = take("synthea", tmp_path)
    source = pl.read_csv(DATA / "synthea" / "encounters.csv", infer_schema=False)
    assert taken.rows()["accepted"] == source.height
    costs = (source["TOTAL_CLAIM_COST"].cast(pl.Float64) * 100).round().cast(pl.Int64)
    assert sum(taken.column("settlements.total_amount")) == costs.sum()
    assert taken.tables.precise("settlements", "settled_at")
    assert taken.rows("enrolments")["excluded"] == 5, "times without insurance are no enrolment"
    assert taken.manifest["tables"]["settlements"]["unknown_codes"] == {}
