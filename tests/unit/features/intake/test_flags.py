"""Flags of accepted rows."""

from __future__ import annotations

import pytest
from support.exports import Export

from features.intake.checks import rows, tables
from features.intake.manifest import IdentityCount


def cost(**cells: str) -> dict[str, str]:
    nothing = dict.fromkeys(("fully_self_paid", "over_limit_self_paid", "pre_self_paid"), "0.00")
    return nothing | {"in_scope_amount": "100.00"} | cells


def funding(**cells: str) -> dict[str, str]:
    return (
        dict.fromkeys(("other_fund_paid", "mutual_aid_paid", "cash_paid", "provider_borne"), "0.00") | cells
    )


@pytest.mark.parametrize(
    ("cells", "flag"),
    [
        (cost(), None),
        (cost(in_scope_amount="99.95"), None),
        (cost(in_scope_amount="99.94"), rows.BROKEN_COST),
        (funding(), None),
        (funding(cash_paid="0.06"), rows.BROKEN_FUNDING),
        ({"mutual_aid_paid": "5.00", "mutual_aid_payer_id": "002"}, None),
        ({"mutual_aid_paid": "5.00", "mutual_aid_payer_id": ""}, rows.BROKEN_MUTUAL_AID),
        ({"mutual_aid_paid": "0", "mutual_aid_payer_id": "002"}, rows.BROKEN_MUTUAL_AID),
        ({"admitted_on": "2024-03-02", "discharged_on": "2024-03-01"}, rows.ENDS_BEFORE_START),
    ],
)
def test_identities_hold_within_five_fen(export: Export, cells: dict[str, str], flag: str | None) -> None:
    export.change("settlements", 1, **cells)
    ingested = export.ingest()
    assert [name for _, _, _, name in ingested.flags()] == ([flag] if flag else [])
    assert ingested.rows()["accepted"] == 2, "a flagged row is used"


def test_an_identity_is_checked_only_where_its_columns_are_given(export: Export) -> None:
    assert "broken_cost_identity" not in export.ingest().manifest.identities
    export.change("settlements", 1, **cost())
    assert export.ingest().manifest.identities["broken_cost_identity"] == IdentityCount(checked=1, broken=0)


def test_an_orphan_reference_is_flagged(export: Export) -> None:
    taken_back = {"total_amount": "-100.00", "pool_paid": "-60.00", "account_paid": "-40.00"}
    export.change("settlements", 1, person_id="999", reverses_settlement_id="s0", **taken_back)
    assert export.ingest().flags() == [
        ("settlements", 1, "person_id", tables.ORPHAN),
        ("settlements", 1, "reverses_settlement_id", tables.ORPHAN),
    ]


def test_a_balance_that_does_not_follow_is_flagged(export: Export) -> None:
    export.write_table(
        "account_entries",
        """
        entry_id | account_id | posted_at           | amount | balance_after
        e3       | 001        | 2024-03-01 10:00:00 | -5.00  | 94.00
        e1       | 001        | 2024-01-01 00:00:00 | 50.00  | 50.00
        e2       | 001        | 2024-02-01 00:00:00 | 50.00  | 100.00
        e4       | 002        | 2024-02-01 00:00:00 | 7.00   | 7.00
        """,
    )
    assert export.ingest().flags() == [("account_entries", 1, "balance_after", tables.LEDGER_BREAK)]


def test_impossible_ages_are_flagged(export: Export) -> None:
    export.change("persons", 1, birth_date="2024-12-31")
    export.change("persons", 2, birth_date="1900-01-01", death_date="1899-12-01")
    assert export.ingest().flags() == [
        ("persons", 2, "death_date", "unreadable_value"),
        ("settlements", 1, "person_id", tables.BEFORE_BIRTH),
        ("settlements", 2, "person_id", tables.AGE_TOO_HIGH),
    ]


def test_impossible_intervals_and_coordinates_are_flagged(export: Export) -> None:
    export.change("enrolments", 1, end_date="2019-12-31")
    export.change("providers", 1, latitude="131.5", longitude="120.1")
    assert export.ingest().flags() == [
        ("enrolments", 1, "end_date", rows.ENDS_BEFORE_START),
        ("providers", 1, "latitude", rows.OUT_OF_RANGE),
    ]


def test_a_day_far_after_all_others_is_flagged(export: Export) -> None:
    rows = [f"t{number} | 001 | p1 | 2024-03-01 10:00:00 | 1 | 1 | 0" for number in range(20)]
    header = "settlement_id | person_id | provider_id | settled_at | total_amount | pool_paid | account_paid"
    export.write_table(
        "settlements", "\n".join([header, *rows, "t20 | 001 | p1 | 2034-03-01 10:00:00 | 1 | 1 | 0"])
    )
    assert export.ingest().flags() == [("settlements", 21, "settled_at", tables.FAR_FUTURE)]
