"""Sentences about columns whose accepted rows are odd: they name table and column, in both languages."""

from __future__ import annotations

import datetime as dt

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from support.exports import Export

from detection.language.stored import stored_text
from features.intake.checks.months import month_gaps
from features.intake.tolerances import load_tolerances

LEDGER = """
    entry_id | account_id | posted_at           | amount | balance_after
    e1       | 001        | 2024-01-01 00:00:00 | 50.00  | 50.00
    e2       | 001        | 2024-03-01 00:00:00 | 50.00  | 100.00
    e3       | 001        | 2024-04-02 10:00:00 | -5.00  | 94.00
"""


def remarks(export: Export) -> list[str]:
    sentences = list(export.ingest().manifest.remarks)
    for sentence in sentences:
        assert stored_text(sentence)["zh"] != sentence, "every sentence has a Chinese one"
    return sentences


def test_a_sound_export_has_no_remark(export: Export) -> None:
    assert remarks(export) == []


def test_flags_have_a_sentence_by_column(export: Export) -> None:
    export.change("enrolments", 1, end_date="2019-12-31")
    export.change("enrolments", 2, end_date="")
    export.change("settlements", 1, other_fund_paid="3.00", mutual_aid_paid="0", mutual_aid_payer_id="002")
    export.change("settlements", 1, cash_paid="0", provider_borne="0", person_id="999")
    export.change(
        "settlements", 2, other_fund_paid="0", mutual_aid_paid="0", cash_paid="0", provider_borne="0"
    )
    sentences = remarks(export)
    assert "enrolments.end_date: 1 rows end before they start; it is not known when they end" in sentences
    assert any(line.startswith("settlements.total_amount: not the sum of pool_paid, ") for line in sentences)
    assert any(
        line.startswith("settlements.mutual_aid_paid: 1 rows have an amount without") for line in sentences
    )


def test_a_column_without_any_value_is_named(export: Export) -> None:
    for row in (1, 2):
        export.change("persons", row, region_code="")
    assert remarks(export) == ["persons: columns without any value: region_code"]


def test_a_table_without_a_row_is_named(export: Export) -> None:
    export.write_table("programme_registrations", "person_id | programme_code | from")
    assert remarks(export) == ["programme_registrations: no row is used; the table counts as absent"]


def test_months_that_are_not_those_of_the_claims_are_named(export: Export) -> None:
    export.change("settlements", 1, settled_at="2024-01-05 10:00:00")
    export.write_table("account_entries", LEDGER)
    assert remarks(export) == [
        "settlements.settled_at: 1 months without a row, which others have: 2024-02",
        "account_entries.balance_after: 1 balances are not the balance before plus amount",
        "account_entries.posted_at: 1 months without a row, which the claims cover: 2024-02",
        "account_entries.posted_at: 1 rows are of months after the last of the claims",
    ]


@given(claims=st.sets(st.integers(1, 12), min_size=1), entries=st.sets(st.integers(1, 12), min_size=1))
def test_the_months_that_lack_are_those_between_the_first_and_last_claim(
    claims: set[int], entries: set[int]
) -> None:
    def frame(column: str, months: set[int]) -> pl.LazyFrame:
        days = [dt.datetime(2023, month, 9) for month in sorted(months)]
        numbers = [(day.date() - dt.date(1970, 1, 1)).days for day in days]
        return pl.LazyFrame({column: days, "settled_day": numbers})

    tables = {"settlements": frame("settled_at", claims), "account_entries": frame("posted_at", entries)}
    gaps = {gap.table: gap for gap in month_gaps(tables, load_tolerances())}
    inside = set(range(min(claims), max(claims) + 1))
    lacking = {name: {month % 12 + 1 for month in gap.lacking} for name, gap in gaps.items()}
    assert lacking.get("settlements", set()) == inside - claims
    assert lacking.get("account_entries", set()) == inside - entries
    after = len([month for month in entries if month > max(claims)])
    assert after == (gaps["account_entries"].after if "account_entries" in gaps else 0)
