"""Inpatient claims of others, with an excess planted: large and moderate comes first, few and extreme does not."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from support.commands import fundwatch
from support.paths import ROOT
from support.workspaces import current_run

CLAIMS = ROOT.parent / "shared" / "data" / "medicare_inpatient" / "inpatient_claims.csv"
MAPPING = ROOT / "tests" / "support" / "mappings" / "medicare_inpatient.toml"
PAID = "InscClaimAmtReimbursed"
FIRST_PLACES = 30

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not CLAIMS.exists(), reason="data of others are no part of the project"),
]


@pytest.fixture(scope="module")
def ranked(tmp_path_factory: pytest.TempPathFactory) -> tuple[pl.DataFrame, list[str], list[str]]:
    """Providers by rank; ten large ones were paid half as much again, five with few claims five times as much."""
    claims = pl.read_csv(CLAIMS, infer_schema=False)
    sizes = claims.group_by("Provider").len().sort("len", "Provider", descending=[True, False])
    large = sizes["Provider"][0:20:2].to_list()
    small = sizes.filter(pl.col("len").is_between(5, 9))["Provider"].sort()[::9].head(5).to_list()
    paid = pl.col(PAID).replace("NA", "0").cast(pl.Float64)
    factor = (
        pl.when(pl.col("Provider").is_in(large)).then(1.5).when(pl.col("Provider").is_in(small)).then(5.0)
    )
    raised = claims.with_columns(
        (paid * factor.otherwise(1.0)).round().cast(pl.Int64).cast(pl.String).alias(PAID)
    )
    folder: Path = tmp_path_factory.mktemp("excess")
    (folder / "data").mkdir()
    raised.write_csv(folder / "data" / CLAIMS.name)
    options = ("--workspace", folder / "ws", "--area", "none", "--mapping", MAPPING)
    fundwatch("run", "--data", folder / "data", *options)
    return pl.read_parquet(current_run(folder / "ws") / "risk" / "provider.parquet"), large, small


def test_a_moderate_excess_of_large_providers_is_among_the_first(
    ranked: tuple[pl.DataFrame, list[str], list[str]],
) -> None:
    providers, large, _ = ranked
    assert len(large) == 10
    assert max(providers.filter(pl.col("entity_id").is_in(large))["rank"].to_list()) <= FIRST_PLACES


def test_an_extreme_rate_on_few_claims_is_not(ranked: tuple[pl.DataFrame, list[str], list[str]]) -> None:
    providers, _, small = ranked
    assert len(small) == 5
    assert min(providers.filter(pl.col("entity_id").is_in(small))["rank"].to_list()) > FIRST_PLACES


def test_no_provider_is_removed_by_a_count(ranked: tuple[pl.DataFrame, list[str], list[str]]) -> None:
    providers, _, _ = ranked
    claims = pl.read_csv(CLAIMS, infer_schema=False)
    assert set(providers["entity_id"]) == set(claims["Provider"])
