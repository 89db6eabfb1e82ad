"""Codes of ids sort and group as their texts do."""

from __future__ import annotations

import polars as pl

from features.ids.enumerated import AS_TEXT, enumerated, enumeration


def test_codes_sort_as_texts_do_and_become_them_again() -> None:
    rows = pl.DataFrame({"id": ["b", None, "a10", "a9", "张", "b"], "n": range(6)})
    coded = enumerated(rows, ["id"])
    assert isinstance(coded.schema["id"], pl.Enum)
    assert coded.sort("id", "n").with_columns(AS_TEXT).equals(rows.sort("id", "n"))


def test_columns_may_share_an_enumeration() -> None:
    rows = pl.LazyFrame({"person": ["b", "c"], "payer": ["a", None]})
    assert enumeration(rows, ["person", "payer"]).categories.to_list() == ["a", "b", "c"]
