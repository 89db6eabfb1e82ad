"""Rows that are not used, and why: quarantined by us, or excluded by the source itself."""

from __future__ import annotations

import pytest
from support.exports import Export

from features.intake.sinks import MISSING, UNREADABLE, UNREADABLE_OPTIONAL


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("total_amount", "one hundred", UNREADABLE),
        ("total_amount", "1.005", UNREADABLE),
        ("pool_paid", "NaN", UNREADABLE),
        ("settled_at", "0001-01-01 00:00:00", UNREADABLE),
        ("settlement_id", "", MISSING),
        ("person_id", "", MISSING),
    ],
)
def test_a_required_cell_that_says_nothing_quarantines_the_row(
    export: Export, column: str, text: str, reason: str
) -> None:
    export.change("settlements", 2, **{column: text})
    taken = export.take()
    assert taken.quarantine() == [("settlements", 2, column, reason)]
    assert taken.column("settlements.settlement_id") == ["s1"]
    assert taken.manifest["tables"]["settlements"]["quarantined_by_reason"] == {reason: 1}


def test_a_row_is_quarantined_once_and_names_all_its_bad_columns(export: Export) -> None:
    export.change("settlements", 1, pool_paid="?", account_paid="")
    assert export.take().quarantine() == [("settlements", 1, "pool_paid, account_paid", UNREADABLE)]


def test_an_optional_cell_that_cannot_be_read_is_null_and_flagged(export: Export) -> None:
    export.change("settlements", 1, cash_paid="1e3")
    taken = export.take()
    assert taken.column("settlements.cash_paid") == [None, None]
    assert taken.flags() == [("settlements", 1, "cash_paid", UNREADABLE_OPTIONAL)]
    assert taken.manifest["tables"]["settlements"]["money"]["cash_paid"]["unreadable_cells"] == 1


def test_an_unknown_code_is_reported_as_it_came_and_read_as_unknown(export: Export) -> None:
    export.change("settlements", 1, care_type="9901")
    taken = export.take()
    assert taken.column("settlements.care_type") == ["unknown", "pharmacy"]
    assert taken.manifest["tables"]["settlements"]["unknown_codes"] == {"care_type": {"9901": 1}}


def test_rows_that_the_source_marks_invalid_are_excluded(export: Export) -> None:
    export.change("settlements", 2, vali_flag="0")
    taken = export.take('[tables.settlements]\nexclude = [{ column = "vali_flag", values = ["0"] }]')
    assert taken.rows() == {"read": 2, "accepted": 1, "quarantined": 0, "excluded": 1, "flagged": 0}
    entry = taken.manifest["tables"]["settlements"]
    assert entry["excluded_by_rule"] == {"vali_flag = 0": 1}
    assert entry["money"]["total_amount"]["excluded"] == 55_50


def test_the_quarantine_holds_no_cell_of_the_row(export: Export) -> None:
    export.change("settlements", 1, person_id="SECRET-ID", total_amount="x")
    lines = export.take().quarantine()
    assert len(lines) == 1
    assert "SECRET-ID" not in str(lines)
