"""Rows that are not used: quarantined, or excluded because the source marks them."""

from __future__ import annotations

import pytest
from support.exports import Export

from features.intake.sinks import MISSING, UNREADABLE, UNREADABLE_OPTIONAL


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("total_amount", "one hundred", UNREADABLE),
        ("total_amount", "1.005", UNREADABLE),
        ("pool_paid", "NaN", MISSING),
        ("settled_at", "0001-01-01 00:00:00", UNREADABLE),
        ("settlement_id", "", MISSING),
        ("person_id", "", MISSING),
    ],
)
def test_an_empty_required_cell_quarantines_the_row(
    export: Export, column: str, text: str, reason: str
) -> None:
    export.change("settlements", 2, **{column: text})
    ingested = export.ingest()
    assert ingested.quarantine() == [("settlements", 2, column, reason)]
    assert ingested.column("settlements.settlement_id") == ["s1"]
    assert ingested.manifest.tables["settlements"].quarantined_by_reason == {reason: 1}


def test_a_row_is_quarantined_once_and_names_all_its_bad_columns(export: Export) -> None:
    export.change("settlements", 1, pool_paid="?", account_paid="")
    assert export.ingest().quarantine() == [("settlements", 1, "pool_paid, account_paid", UNREADABLE)]


def test_an_optional_cell_that_cannot_be_read_is_null_and_flagged(export: Export) -> None:
    export.change("settlements", 1, cash_paid="1e3")
    ingested = export.ingest()
    assert ingested.column("settlements.cash_paid") == [None, None]
    assert ingested.flags() == [("settlements", 1, "cash_paid", UNREADABLE_OPTIONAL)]
    assert ingested.manifest.tables["settlements"].money["cash_paid"].unreadable_cells == 1


def test_an_unknown_code_is_reported_and_read_as_unknown(export: Export) -> None:
    export.change("settlements", 1, care_type="9901")
    ingested = export.ingest()
    assert ingested.column("settlements.care_type") == ["unknown", "pharmacy"]
    assert ingested.manifest.tables["settlements"].unknown_codes == {"care_type": {"9901": 1}}


def test_rows_that_the_source_marks_invalid_are_excluded(export: Export) -> None:
    export.change("settlements", 2, vali_flag="0")
    ingested = export.ingest('[tables.settlements]\nexclude = [{ column = "vali_flag", values = ["0"] }]')
    assert ingested.rows() == {"read": 2, "accepted": 1, "quarantined": 0, "excluded": 1, "flagged": 0}
    table = ingested.manifest.tables["settlements"]
    assert table.excluded_by_rule == {"vali_flag = 0": 1}
    assert table.money["total_amount"].excluded == 55_50


def test_the_quarantine_contains_no_cell_of_the_row(export: Export) -> None:
    export.change("settlements", 1, person_id="SECRET-ID", total_amount="x")
    quarantined = export.ingest().quarantine()
    assert len(quarantined) == 1
    assert "SECRET-ID" not in str(quarantined)
