"""What the authors whose scenes hide have planted exists, is told apart from what is lawful, and adds up to the fen."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

col = pl.col
IN_THE_LEDGER = {"credit_rule_violation", "ledger_break"}


def test_scenes_and_twins_share_no_id(author_city: Any) -> None:
    planted, alike = (set(frame["entity_id"]) for frame in (author_city.planted, author_city.lookalikes))
    assert len(planted) > 500
    assert len(alike) > 1_000
    assert not planted & alike


def test_most_settlements_are_in_no_scene(author_city: Any) -> None:
    assert author_city.rows(author_city.planted).height < 0.12 * author_city.settlements.height


def test_amounts_at_issue_are_exact(author_city: Any) -> None:
    paid = (col("pool_paid") + col("account_paid") + col("mutual_aid_paid")).alias("paid")
    for truth in (author_city.planted, author_city.lookalikes):
        named = truth.filter(col("entity_kind") == "settlement").select(
            "instance_id", "amount_at_issue", settlement_id="entity_id"
        )
        rows = named.join(author_city.settlements, on="settlement_id").with_columns(paid)
        assert rows.height == named.height
        assert rows.filter(col("paid") != col("amount_at_issue")).is_empty()
        sums = rows.group_by("instance_id").agg(whole=col("paid").sum())
        subjects = truth.filter(
            (col("role") == "subject") & ~col("typology").is_in(IN_THE_LEDGER | {"prohibited_account_use"})
        )
        both = subjects.join(sums, on="instance_id")
        assert both.height > 20
        assert both.filter(col("whole") != col("amount_at_issue")).is_empty()


def test_who_is_named_exists(author_city: Any) -> None:
    ids = {
        "settlement": author_city.settlements["settlement_id"],
        "person": author_city.persons["person_id"],
        "payer_account": author_city.persons["person_id"],
        "provider": author_city.providers["provider_id"],
    }
    for kind, known in ids.items():
        for truth in (author_city.planted, author_city.lookalikes):
            named = set(truth.filter(col("entity_kind") == kind)["entity_id"])
            assert named
            assert named <= set(known)


@pytest.mark.slow
def test_stronger_is_more(each_strength: dict[int, Any]) -> None:
    sizes = [city.rows(city.planted).height for _, city in sorted(each_strength.items())]
    assert sizes == sorted(sizes)
    assert sizes[0] < 0.6 * sizes[-1]
