"""Money of the national platform: funds added up, mutual aid inside or outside, ledgers of two files, invalid rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.nhsa_files import Extract, decisions, preset

from features.errors import MappingError


@pytest.fixture
def extract(tmp_path: Path) -> Extract:
    return Extract(tmp_path)


def test_all_funds_but_the_pool_are_added_up(extract: Extract) -> None:
    assert not extract.read().tables.has("settlements", "other_fund_paid"), "no such field, no such column"
    extract.column(
        "SETL_D", cvlserv_pay=["1.50", ""], hifob_pay=["2.00", ""], othPay=["0.25", "0"], maf_pay=["1", ""]
    )
    assert extract.read().column("settlements.other_fund_paid") == [4_75, 0]


def test_an_unreadable_part_is_not_zero(extract: Extract) -> None:
    extract.column("SETL_D", cvlserv_pay=["1.505", "1"], oth_pay=["1", "1"])
    ingested = extract.read()
    assert ingested.column("settlements.other_fund_paid") == [None, 2_00]
    assert ingested.flags() == [("settlements", 1, "other_fund_paid", "unreadable_value")]


INSIDE = {
    "acct_pay": ["40.00", "50.00"],
    "acct_mulaid_pay": ["40.00", "10.00"],
    "psn_part_amt": ["40.00", "55.50"],
}
OUTSIDE = INSIDE | {"acct_pay": ["0", "40.00"]}


@pytest.mark.parametrize(("cells", "reading"), [(INSIDE, "yes"), (OUTSIDE, "no")])
def test_mutual_aid_is_read_the_way_that_adds_up(
    cells: dict[str, list[str]], reading: str, extract: Extract
) -> None:
    extract.column("SETL_D", **cells)
    ingested = extract.read()
    assert ingested.column("settlements.account_paid") == [0, 40_00]
    assert ingested.column("settlements.mutual_aid_paid") == [40_00, 10_00]
    decision = decisions(ingested)["mutual_aid_included_in_account"]
    assert (decision.value, decision.by) == (reading, "data")
    other = "no" if reading == "yes" else "yes"
    assert decision.figures[f"off_{reading}"] == 0 and decision.figures[f"off_{other}"] == 2
    assert decision.figures[f"fen_{other}"] == 50_00


def test_without_the_persons_part_the_total_less_the_funds_decides(extract: Extract) -> None:
    extract.column("SETL_D", acct_pay=["40.00", "50.00"], acct_mulaid_pay=["40.00", "10.00"])
    assert decisions(extract.read())["mutual_aid_included_in_account"].value == "yes"


def test_invalid_rows_do_not_decide(extract: Extract) -> None:
    extract.column("SETL_D", **INSIDE, vali_flag=["1", "0"])
    extract.change("SETL_D", 2, psn_part_amt="0", acct_mulaid_pay="999.00")
    assert decisions(extract.read())["mutual_aid_included_in_account"].figures["with_aid"] == 1


def test_unclear_data_need_an_option(extract: Extract) -> None:
    extract.column("SETL_D", acct_pay=["40.00", "50.00"], acct_mulaid_pay=["40.00", "10.00"])
    extract.frame("SETL_D").drop("psn_cash_pay").write_csv(extract.data / "SETL_D.csv")
    with pytest.raises(MappingError, match="give mutual_aid_included_in_account=yes or") as caught:
        extract.read()
    assert "--preset-option" in str(caught.value)
    inside = extract.read(mutual_aid_included_in_account="yes")
    assert inside.column("settlements.account_paid") == [0, 40_00]
    outside = extract.read('[options]\nmutual_aid_included_in_account = "no"')
    assert outside.column("settlements.account_paid") == [40_00, 50_00]
    assert decisions(outside)["mutual_aid_included_in_account"].by == "asked"
    assert inside.result.snapshot_id != outside.result.snapshot_id


LEDGER = {
    "ACCT_INC_DETL_D": """
        acct_inc_detl_id|psn_no|acct_modi_date|tabname|acct_incexpd_type|inc_sumamt|balc|accrym|vali_flag
        E1 | 001 | 20240108020000     | STAF_PSN_CLCT_DETL_D | 01 | 90.00 | 190.00 | 202401 | 1
        E4 | 001 | 2024-03-0509:00:00 | OTHER                | 07 | 5.00  | 155.00 |        | 1
        E9 | 001 | 2024-03-06 09:00:00| OTHER                | 07 | 5.00  | 155.00 |        | 0
    """,
    "ACCT_PAY_DETL_D": """
        acct_pay_detl_id|psn_no|acct_modi_date|tabname|acct_incexpd_souc_id|pay_sumamt|balc
        E2 | 001 | 2024-03-01 10:00:00 | SETL_D | s1 | 40.00 | 150.00
    """,
}


def test_credits_and_debits_become_a_single_ledger(extract: Extract) -> None:
    for name, text_table in LEDGER.items():
        extract.write_table(name, text_table)
    ingested = extract.read()
    assert ingested.rows("account_entries") == {
        "read": 4,
        "accepted": 3,
        "quarantined": 0,
        "excluded": 1,
        "flagged": 0,
    }
    assert ingested.column("account_entries.entry_id") == ["E1", "E4", "E2"]
    assert ingested.column("account_entries.amount") == [90_00, 5_00, -40_00]
    assert ingested.column("account_entries.entry_kind") == ["monthly_credit", "unknown", "settlement"]
    assert ingested.column("account_entries.settlement_id") == [None, None, "s1"]
    assert ingested.column("account_entries.accrual_month") == ["2024-01", None, None]
    assert ingested.column("account_entries.source_file") == [0, 0, 1]
    assert ingested.column("account_entries.source_row") == [1, 2, 1]
    assert ingested.manifest.tables["account_entries"].unknown_codes == {"entry_kind": {"07": 1}}
    own = '[tables.account_entries.columns]\nentry_kind = { from = "acct_incexpd_type", values = { 01 = '
    own += '"monthly_credit", 07 = "interest" } }\n[tables.account_entries.parts.debits.columns]\n'
    own += 'entry_kind = { constant = "settlement" }'
    assert extract.read(own).column("account_entries.entry_kind") == [
        "monthly_credit",
        "interest",
        "settlement",
    ]


def test_a_key_that_both_files_have_is_a_repeated_key(extract: Extract) -> None:
    extract.write_table("ACCT_INC_DETL_D", LEDGER["ACCT_INC_DETL_D"])
    extract.write_table("ACCT_PAY_DETL_D", LEDGER["ACCT_PAY_DETL_D"].replace("E2", "E1"))
    ingested = extract.read()
    assert ingested.rows("account_entries")["quarantined"] == 2
    assert {line[3] for line in ingested.quarantine()} == {"duplicate key with other values"}


def test_half_a_ledger_is_not_read(extract: Extract) -> None:
    extract.write_table("ACCT_INC_DETL_D", LEDGER["ACCT_INC_DETL_D"])
    ingested = extract.read()
    assert not ingested.tables.has("account_entries")
    assert "ACCT_PAY_DETL_D is missing" in preset(ingested).skipped["account_entries"]


def test_contributions_that_do_not_count_are_excluded(extract: Extract) -> None:
    extract.write_table(
        "staf_psn_clct_detl_d",
        """
        psn_no|accrym_begn|accrym_end|psn_clctstd|psn_clct_into_acct_amt|emp_clct_into_acct_amt|clct_flag|revs_flag|insutype
        002 | 202401 | 202401 | 5000 | 100 | 0 | 1 | Z | 310
        002 | 202402 | 202402 | 5000 | 100 | 0 | 0 | Z | 310
        002 | 202403 | 202403 | 5000 | 100 | 0 | 4 | Z | 510
        002 | 202404 | 202406 | 5000 | 300 | 0 | 1 | Z | 310
        002 | 202407 | 202407 | 5000 | 100 | 0 | 4 | Z | 310
        002 | 202408 | 202408 | 5000 | 100 | 0 | 2 | Z | 310
        002 | 202409 | 202409 | 5000 | 100 | 0 | 3 | Z | 310
        002 | 202410 | 202410 | 5000 | 100 | 0 | 1 | F | 310
        002 | 202411 | 202411 | 5000 | 100 | 0 |   |   | 310
        002 | 202412 | 202412 | 5000 | 100 | 0 | 1 | NULL | 310
        """,
    )
    ingested = extract.read()
    assert ingested.column("contributions.accrual_month") == ["2024-01", "2024-07", "2024-11", "2024-12"]
    assert ingested.manifest.tables["contributions"].excluded_by_rule == {
        "clct_flag is not 1 or 4": 3,
        "revs_flag is not Z": 1,
        "insutype = 320 or 330 or 370 or 410 or 510": 1,
        "accrym_end is not accrym_begn": 1,
    }


def test_invalid_rows_are_excluded_and_counted_in_every_file(extract: Extract) -> None:
    extract.column("SETL_D", vali_flag=["1", "0"])
    extract.column("PSN_INFO_B", VALI_FLAG=["1", "0"])
    ingested = extract.read()
    assert ingested.rows()["excluded"] == 1
    assert ingested.rows("persons")["excluded"] == 1
    assert ingested.manifest.tables["settlements"].money["total_amount"].excluded == 55_50


def test_a_visit_completes_the_settlement_and_invalid_visits_do_not(extract: Extract) -> None:
    extract.column("SETL_D", mdtrt_id=["v1", "v2"])
    extract.write_table(
        "MDTRT_D",
        """
        mdtrt_id | atddr_no | dscg_maindiag_code | mdtrt_cert_type | vali_flag
        v1       | D7       | I10.x00            | 01              | 1
        v1       | D8       | E11.900            | 02              | 0
        """,
    )
    ingested = extract.read()
    assert ingested.rows()["accepted"] == 2
    assert ingested.column("settlements.prescriber_id") == ["D7", None]
    assert ingested.column("settlements.diagnosis_code") == ["I10.x00", None]
    assert ingested.column("settlements.credential_type") == ["e_credential", None]


def test_medical_assistance_without_a_pool_part_is_read_unchanged(extract: Extract) -> None:
    extract.column("SETL_D", setl_type=["3", "2"], maf_pay=["60.00", "0"], hifp_pay=["0", "0"])
    ingested = extract.read()
    assert ingested.column("settlements.pool_paid") == [0, 0]
    assert ingested.column("settlements.other_fund_paid") == [60_00, 0]
    assert ingested.rows()["accepted"] == 2


def test_settlements_alone_can_be_read_and_unknown_columns_are_not_listed(extract: Extract) -> None:
    for name in ("PSN_INFO_B", "PSN_INSU_D", "FIXMEDINS_B"):
        (extract.data / f"{name}.csv").unlink()
    extract.column("SETL_D", fixmedins_name=["甲", "乙"], gend=["2", "1"])
    ingested = extract.read()
    assert ingested.column("persons.sex") == ["female", "male"]
    assert ingested.column("providers.provider_kind") == ["pharmacy", "unknown"]
    assert ingested.tables.has("enrolments", "person_id", "scheme")
    for column in ("status", "start_date", "person_category"):
        assert not ingested.tables.has("enrolments", column), column
    assert set(preset(ingested).made_of) == {"persons", "enrolments", "providers"}
