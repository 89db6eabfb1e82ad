"""Recorded relations in both directions, and relations by way of one relative."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from support.world import World

from features.engine import collect
from features.family.kinship import composed, recorded_kin


def test_each_authorization_names_two_relations() -> None:
    tables = World.from_rows(
        family_authorizations="""
          payer | beneficiary | relation
          li    | son         | child
          li    | wife        | spouse
          son   | li          | parent
        """
    ).tables()
    rows = set(collect(recorded_kin(tables.family_authorizations)).iter_rows())
    assert rows == {
        ("li", "son", "child"),
        ("son", "li", "parent"),
        ("li", "wife", "spouse"),
        ("wife", "li", "spouse"),
    }


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("child", "child", "grandchild"),
        ("spouse", "parent", "parent"),
        ("parent", "child", "sibling"),
        ("child", "other", None),
        (None, "child", None),
    ],
)
def test_a_relatives_relative(first: str | None, second: str, whole: str | None) -> None:
    row = pl.LazyFrame({"a": [first], "b": [second]}, schema={"a": pl.String, "b": pl.String})
    assert collect(nw.from_native(row).select(relation=composed("a", "b")))["relation"].to_list() == [whole]
