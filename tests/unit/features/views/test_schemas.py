"""The columns that a view declares are compared with those that it returns, and files are written in their order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from features.errors import IntegrityError
from features.registry import Frame, Schema, View, view
from features.views.persisted import PersistedViews, write_sorted
from features.views.schemas import check_schema

SCHEMA: Schema = {"insured_code": nw.Int32, "fen": nw.Int64}


def _view(schema: Schema | None) -> View:
    def spending() -> Frame:
        pytest.fail("a check of a schema builds no view")

    return View("spending", spending, (), "account", persist=True, order=("insured_code",), schema=schema)


def _rows(**kinds: pl.DataType) -> pl.DataFrame:
    return pl.DataFrame(schema=kinds)


def test_rows_with_the_declared_columns_are_given_as_they_are() -> None:
    rows = _rows(insured_code=pl.Int32(), fen=pl.Int64())
    assert check_schema(_view(SCHEMA), rows) is rows
    assert check_schema(_view(SCHEMA), rows.lazy()).collect_schema() == rows.schema


def test_a_view_without_a_schema_may_have_any_columns() -> None:
    check_schema(_view(None), _rows(whatever=pl.String()))


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (_rows(insured_code=pl.Int64(), fen=pl.Int64()), "column insured_code is Int64, declared as Int32"),
        (_rows(insured_code=pl.Int32()), "column fen (Int64) is missing"),
        (_rows(insured_code=pl.Int32(), fen=pl.Int64(), x=pl.String()), "column x is not declared"),
        (_rows(fen=pl.Int64(), insured_code=pl.Int32()), "columns are in the order fen, insured_code"),
    ],
    ids=["type", "missing", "undeclared", "order"],
)
def test_a_difference_names_the_view_the_column_and_both_types(rows: pl.DataFrame, problem: str) -> None:
    with pytest.raises(IntegrityError) as refused:
        check_schema(_view(SCHEMA), rows)
    assert len(refused.value.problems) == 1
    assert refused.value.problems[0].startswith("view spending: " + problem)


def test_a_kept_view_is_written_in_its_order_and_opened_by_its_name(tmp_path: Path) -> None:
    rows = pl.LazyFrame(
        {"insured_code": [2, 1], "fen": [5, 7]}, schema={"insured_code": pl.Int32, "fen": pl.Int64}
    )
    write_sorted(tmp_path, _view(SCHEMA), rows)
    opened: pl.LazyFrame = PersistedViews(tmp_path)["spending"].to_native()
    assert opened.collect()["fen"].to_list() == [7, 5]
    with pytest.raises(KeyError):
        PersistedViews(tmp_path)["debts"]


def test_a_kept_view_declares_its_order_and_its_schema() -> None:
    register: Callable[[Callable[..., Frame]], object] = view(grain="account", persist=True, schema=SCHEMA)
    with pytest.raises(ValueError, match="order"):
        register(_view(SCHEMA).build)
