"""Scores as a file: by rank, with reasons, and masked."""

from __future__ import annotations

import json

import polars as pl
import pytest
from support.drafts import a_draft
from support.store_runs import Store
from support.written_exports import cells, reveals, written

from detection.masking import mask
from features.errors import StoreError


@pytest.fixture
def full(store: Store) -> Store:
    store.run("r1", a_draft("one"), a_draft("two", score=10.0))
    return store


def scores(store: Store) -> None:
    """Scores of persons, as a run writes them."""
    message = json.dumps([{"feature": "visits", "en": "41 visits; median 3", "zh": "41 次；中位数 3"}])
    folder = store.workspace.run("r1") / "scores"
    folder.mkdir(parents=True)
    pl.DataFrame(
        {
            "entity_id": ["anna", "bo"],
            "score": [0.25, 0.75],
            "rank": [2, 1],
            "spend_rank": [1, 2],
            "reasons": ["[]", message],
        }
    ).write_parquet(folder / "person.parquet")


def test_scores_by_rank_with_reasons_in_the_language(full: Store) -> None:
    scores(full)
    rows = cells(written(full, "scores", kind="person", reveal=True, reason="hearing"))
    assert rows == [
        {
            "entity_id": "bo",
            "score": "0.75",
            "rank": "1",
            "spend_rank": "2",
            "reasons": '["41 visits; median 3"]',
        },
        {"entity_id": "anna", "score": "0.25", "rank": "2", "spend_rank": "1", "reasons": "[]"},
    ]
    assert reveals(full)[0][2] == "export scores person"
    masked = pl.read_parquet(written(full, "scores", kind="person", file_format="parquet", language="zh"))
    assert masked["reasons"].to_list() == [["41 次；中位数 3"], []]
    assert masked["entity_id"][1] == mask(full.workspace.pseudonym_key(), "anna")


def test_masked_scores_do_not_say_who_spends_how_much(full: Store) -> None:
    scores(full)
    masked = pl.read_parquet(written(full, "scores", kind="person", file_format="parquet"))
    assert masked["spend_rank"].to_list() == [None, None]
    assert masked.schema["spend_rank"] == pl.Int64


def test_scores_that_the_run_does_not_have_are_no_empty_file(full: Store) -> None:
    with pytest.raises(StoreError, match="payer_account"):
        written(full, "scores", kind="payer_account")
    assert not (full.workspace.root.parent / "out.csv").exists()
