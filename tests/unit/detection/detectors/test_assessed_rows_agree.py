"""What the sentences of an assessability count, and its figures, are the same numbers."""

from __future__ import annotations

import re
from pathlib import Path

from detection.store.queries import open_store
from detection.store.queries.data import matrix
from features.workspace import open_workspace

_ROWS = re.compile(r"(?P<causes>“.+” can be assessed for )?(?P<assessed>[\d,]+) of (?P<total>[\d,]+) [^;]+")


def number(text: str) -> int:
    return int(text.replace(",", ""))


def test_figures_and_sentences_of_a_run_agree(finished: Path) -> None:
    with open_store(open_workspace(finished)) as reader:
        coverage = matrix(reader)
    assert {row.status for row in coverage} == {"available", "partial", "not_assessable"}
    limited = 0
    for row in coverage:
        sentences = [match for text in row.reason["en"].split("; ") if (match := _ROWS.fullmatch(text))]
        whole = [match for match in sentences if not match["causes"]]
        assert all(number(match["total"]) == row.rows_total for match in sentences), row
        assert all(number(match["assessed"]) == row.rows_assessed for match in whole), row
        assert whole or row.status != "partial" or row.rows_assessed == row.rows_total, row
        assert all(number(match["assessed"]) <= row.rows_assessed for match in sentences), row
        assert (row.rows_assessed == row.rows_total) or row.status != "available", row
        assert (row.rows_assessed == 0) == (row.status == "not_assessable"), row
        limited += len(sentences)
    assert limited > 0
