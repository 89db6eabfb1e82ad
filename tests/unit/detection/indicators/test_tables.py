"""The tables that a run keeps for its indicators, also those of a run of the first version."""

from __future__ import annotations

from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from support.random_worlds.findings import random_findings
from support.random_worlds.indicators import indicator_tables

from detection.indicators.findings import Findings
from detection.indicators.tables import build_tables, open_tables
from features.engine import Views, collect
from features.policy import load_policy
from features.registry import all_views


def test_every_kept_view_is_there_with_its_declared_columns(tmp_path: Path) -> None:
    tables = indicator_tables(5, settlements=200)
    (tmp_path / "tables").mkdir()
    policy = load_policy("320600", profile="illustrative")
    built = build_tables(Views(tables), policy, random_findings(tables, 5).findings(), tmp_path / "tables")
    opened = open_tables(tmp_path)
    kept = [view for view in all_views().values() if view.persist]
    assert len(kept) > 20
    for view in kept:
        rows = collect(opened[view.name])
        assert rows.columns == list(view.schema or ())
        assert rows.equals(collect(built[view.name]))


def test_kept_views_are_the_same_where_ids_are_codes(tmp_path: Path) -> None:
    tables, policy = indicator_tables(5, settlements=200), load_policy("320600", profile="illustrative")
    for name in ("texts", "codes", "data", "views"):
        (tmp_path / name).mkdir()
    with_codes = tables.coded(tmp_path / "data")
    reported = random_findings(tables, 5).findings()
    assessed = {
        name: nw.from_native(with_codes.in_codes(collect(reported.assessed_by(name))).lazy()).select(
            id="settlement_id"
        )
        for name in reported.assessed
    }
    coded = Findings(reported.reported, assessed, with_codes.ids)
    build_tables(Views(tables), policy, reported, tmp_path / "texts")
    read = build_tables(Views(with_codes, tmp_path / "views"), policy, coded, tmp_path / "codes")
    files = sorted(file.name for file in (tmp_path / "texts").iterdir())
    assert len(files) > 20
    for file in files:
        assert (tmp_path / "texts" / file).read_bytes() == (tmp_path / "codes" / file).read_bytes(), file
    assert collect(read["late_programme_settlements"]).schema == {"settlement_id": pl.UInt32}


def test_tables_of_the_first_version_are_read_under_the_names_of_today(tmp_path: Path) -> None:
    (tmp_path / "ground").mkdir()
    first = {"entry_id": ["e1", "e2"], "person": [4, 5], "month": [1, 2], "use": ["premium_other", "transfer_out"],
             "fen": [10, 20], "cause": ["not_listed", None]}  # fmt: skip
    kinds = {"person": pl.Int32, "month": pl.Int32, "fen": pl.Int64}
    pl.DataFrame(first, schema_overrides=kinds).write_parquet(tmp_path / "ground" / "other_uses.parquet")
    opened = open_tables(tmp_path)
    uses, causes = collect(opened["other_account_uses"]), collect(opened["unlisted_premium_causes"])
    assert uses.columns == ["entry_id", "insured_code", "month", "use", "fen"]
    assert uses["insured_code"].to_list() == [4, 5]
    assert causes.rows() == [("e1", "not_listed"), ("e2", None)]


def test_a_view_whose_input_is_not_given_says_which() -> None:
    views = Views(indicator_tables(5, settlements=200))
    with pytest.raises(KeyError, match="policy"):
        views.materialize(["benefit_limits"])
