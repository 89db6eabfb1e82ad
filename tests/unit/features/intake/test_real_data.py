"""Third-party claims, read through the mapping files of the tests; skipped if the data are missing."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from support.exports import Ingested
from support.paths import ROOT

from features.intake import create_snapshot
from features.workspace import open_workspace

DATA = ROOT.parent / "shared" / "data"
MAPPINGS = ROOT / "tests" / "support" / "mappings"

pytestmark = pytest.mark.real_data


def ingest(name: str, folder: Path) -> Ingested:
    data = DATA / name
    if not data.is_dir():
        pytest.skip(f"third-party data {name} are not next to the project")
    workspace = open_workspace(folder / "workspace", create=True)
    return Ingested(create_snapshot(data, workspace, mapping=MAPPINGS / f"{name}.toml"))


def test_inpatient_claims_are_read_to_the_day_and_to_the_fen(tmp_path: Path) -> None:
    ingested = ingest("medicare_inpatient", tmp_path)
    source = pl.read_csv(
        DATA / "medicare_inpatient" / "inpatient_claims.csv", null_values="NA", infer_schema=False
    )
    assert ingested.rows()["accepted"] == source.height
    assert ingested.rows("persons")["accepted"] == source["BeneID"].n_unique()
    assert ingested.rows("providers")["accepted"] == source["Provider"].n_unique()
    paid = source["InscClaimAmtReimbursed"].cast(pl.Int64).sum()
    assert sum(ingested.column("settlements.pool_paid")) == paid * 100
    assert ingested.flags() == []


def test_inpatient_claims_know_days_only(tmp_path: Path) -> None:
    tables = ingest("medicare_inpatient", tmp_path).tables
    assert tables.has("settlements", "settled_at")
    assert not tables.precise("settlements", "settled_at")
    assert not tables.has("settlements", "mutual_aid_paid")


def test_synthea_is_read_to_the_minute_and_to_the_fen(tmp_path: Path) -> None:
    ingested = ingest("synthea", tmp_path)
    source = pl.read_csv(DATA / "synthea" / "encounters.csv", infer_schema=False)
    assert ingested.rows()["accepted"] == source.height
    costs = (source["TOTAL_CLAIM_COST"].cast(pl.Float64) * 100).round().cast(pl.Int64)
    assert sum(ingested.column("settlements.total_amount")) == costs.sum()
    assert ingested.tables.precise("settlements", "settled_at")
    assert ingested.rows("enrolments")["excluded"] == 5, "times without insurance are no enrolment"
    assert ingested.manifest.tables["settlements"].unknown_codes == {}
