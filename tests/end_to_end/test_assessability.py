"""How much each detector could assess is the same figure wherever it is shown."""

from __future__ import annotations

import re
from pathlib import Path

from support.commands import fundwatch

from detection.store.queries import data, open_reader

_COUNT = re.compile(r"(?:^|; )([\d,]+) of ([\d,]+) [a-z ]+ can be assessed(?:;|$)")


def test_the_data_page_and_the_reason_state_the_same_rows(finished: Path) -> None:
    with open_reader(finished) as reader:
        assert reader is not None
        rows = data.matrix(reader)
    stated = {row.detector: _COUNT.findall(row.reason.en) for row in rows}
    assert any(stated.values()), "there is something to compare"
    for row in rows:
        shown = [(f"{row.rows_assessed:,}", f"{row.rows_total:,}")]
        if stated[row.detector]:
            assert stated[row.detector] == shown, row.detector
            assert row.reason.zh.count(f"可判断 {row.rows_assessed:,} ") >= 1, row.detector
        else:
            assert row.rows_assessed in (0, row.rows_total), row.detector


def test_a_run_prints_what_it_stores(small_city: Path, tmp_path: Path) -> None:
    ended = fundwatch("run", "--data", small_city, "--workspace", tmp_path / "ws", "--area", "320600")
    assert ended.code == 0, ended.err
    printed = re.sub(r"[│\s]+", " ", ended.out)
    with open_reader(tmp_path / "ws") as reader:
        assert reader is not None
        partial = [row for row in data.matrix(reader) if row.status == "partial"]
    assert partial
    for row in partial:
        assert row.detector in printed
        assert (
            f"{row.rows_assessed:,} of {row.rows_total:,} " in printed or row.rows_assessed == row.rows_total
        )
