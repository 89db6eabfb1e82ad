"""Extracts of the national platform: names of files and fields, and forms of cells."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from support.nhsa_files import SOUND, Extract

from features.errors import InputError, MappingError, UsageError
from features.intake import create_snapshot


@pytest.fixture
def extract(tmp_path: Path) -> Extract:
    return Extract(tmp_path)


def test_fields_become_columns_of_the_contract(extract: Extract) -> None:
    ingested = extract.read()
    assert ingested.rows() == {"read": 2, "accepted": 2, "quarantined": 0, "excluded": 0, "flagged": 0}
    assert ingested.column("settlements.settlement_id") == ["s1", "s2"]
    assert ingested.column("settlements.person_category") == ["retired", "active"]
    assert ingested.column("settlements.care_type") == ["pharmacy", "outpatient"]
    assert ingested.column("settlements.pool_paid") == [60_00, 0]
    assert ingested.column("settlements.cash_paid") == [0, 5_50]
    assert ingested.column("persons.sex") == ["female", "male"]
    assert [str(day) for day in ingested.column("persons.birth_date")] == ["1950-06-01", "1975-06-01"]
    assert ingested.column("enrolments.pooling_area") == ["320600", "320600"], "xx99 is the city itself"
    assert ingested.column("providers.provider_kind") == ["pharmacy", "primary_care"]
    assert ingested.column("providers.level") == ["ungraded", "primary"]
    assert ingested.column("providers.pooling_area") == ["320600", "320600"]
    assert ingested.column("providers.district_code") == ["320602", "320681"]


@pytest.mark.parametrize(
    "names",
    [
        {"psn_cash_pay": "pdn_cash_pay"},
        {"psn_cash_pay": "psnCash_pay"},
        {"psn_cash_pay": "cash_payamt"},
        {"medfee_sumamt": "med_fee_sumamt"},
        {"medfee_sumamt": "medfeeSumamt", "fixmedins_code": "fixmedinsCode", "setl_time": "SETLTIME"},
    ],
    ids=lambda names: " ".join(names.values()),
)
def test_misspelt_and_camel_case_fields_are_recognized(names: dict[str, str], extract: Extract) -> None:
    extract.frame("SETL_D").rename(names).write_csv(extract.data / "SETL_D.csv")
    ingested = extract.read()
    assert ingested.column("settlements.cash_paid") == [0, 5_50]
    assert ingested.column("settlements.total_amount") == [100_00, 55_50]


@pytest.mark.parametrize("field", ["inscp_amt", "inscp_scp_amt", "INSCP_SCP_AMT"])
def test_both_names_of_the_amount_in_scope_are_recognized(field: str, extract: Extract) -> None:
    extract.column("SETL_D", **{field: ["90.00", "50.00"]})
    assert extract.read().column("settlements.in_scope_amount") == [90_00, 50_00]


@pytest.mark.parametrize("name", ["setl_d", "setlinfo", "SetlInfo", "SETLCENT_DB.SETL_D", "settlements"])
def test_names_of_files_in_the_warehouse_and_in_messages_are_recognized(name: str, extract: Extract) -> None:
    (extract.data / "SETL_D.csv").rename(extract.data / f"{name}.csv")
    assert extract.read().rows()["accepted"] == 2


def test_a_table_under_two_names_is_refused(extract: Extract) -> None:
    extract.write_table("setlinfo", SOUND["SETL_D"])
    with pytest.raises(InputError, match=r"given several times \(SETL_D\.csv, setlinfo\.csv\); keep one"):
        extract.read()


def test_two_columns_of_equal_name_are_refused(extract: Extract) -> None:
    extract.column("SETL_D", HIFP_PAY=["1", "2"])
    extract.frame("SETL_D").rename({"hifp_pay": "hifpPay"}).write_csv(extract.data / "SETL_D.csv")
    with pytest.raises(InputError, match=r"HIFP_PAY, hifpPay are one name"):
        extract.read()


def test_everything_missing_is_listed_at_once_with_the_names_tried(extract: Extract) -> None:
    extract.frame("SETL_D").drop("medfee_sumamt", "hifp_pay").write_csv(extract.data / "SETL_D.csv")
    extract.frame("FIXMEDINS_B").drop("fixmedins_name").write_csv(extract.data / "FIXMEDINS_B.csv")
    with pytest.raises(InputError) as caught:
        extract.read()
    listed = "\n".join(caught.value.problems)
    for part in ("medfee_sumamt", "hifp_pay", "fixmedins_name"):
        assert f"looked for {part}" in listed, part


def test_without_settlements_nothing_can_be_read(extract: Extract) -> None:
    (extract.data / "SETL_D.csv").unlink()
    extract.frame("FIXMEDINS_B").drop("fixmedins_name").write_csv(extract.data / "FIXMEDINS_B.csv")
    with pytest.raises(InputError) as caught:
        extract.read()
    assert any("SETL_D, setlinfo" in problem for problem in caught.value.problems)
    assert any("provider_name" in problem for problem in caught.value.problems), "all at once"


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-01 10:00:00",
        "2024-03-0110:00:00",
        "20240301100000",
        "2024-03-01T10:00:00",
        "2024-03-01 10:00:00.0",
        "2024-03-01 10:00",
    ],
)
def test_times_in_every_form(text: str, extract: Extract) -> None:
    extract.change("SETL_D", 1, setl_time=text)
    ingested = extract.read()
    assert [str(at) for at in ingested.column("settlements.settled_at")] == [
        "2024-03-01 10:00:00",
        "2024-03-02 11:30:00",
    ]
    assert ingested.tables.precise("settlements", "settled_at")


@pytest.mark.parametrize("text", ["2024-13-01 10:00:00", "2024031", "202403", "10:00:00"])
def test_an_unreadable_time_is_quarantined(text: str, extract: Extract) -> None:
    extract.change("SETL_D", 1, setl_time=text)
    assert extract.read().quarantine() == [("settlements", 1, "settled_at", "unreadable value")]


def test_a_column_of_days_is_day_precision(extract: Extract) -> None:
    extract.column("SETL_D", setl_time=["2024-03-01", "20240302"])
    ingested = extract.read()
    assert not ingested.tables.precise("settlements", "settled_at")
    assert ingested.column("settlements.settled_minute") == [None, None]


def test_midnight_in_every_row_is_day_precision(extract: Extract) -> None:
    extract.column("SETL_D", setl_time=["2024-03-01 00:00:00", "2024-03-02 00:00:00"])
    assert not extract.read().tables.precise("settlements", "settled_at")


def test_a_row_that_names_the_day_only_has_no_minute(extract: Extract) -> None:
    extract.change("SETL_D", 1, setl_time="2024-03-01")
    ingested = extract.read()
    assert ingested.tables.precise("settlements", "settled_at")
    assert [minute is None for minute in ingested.column("settlements.settled_minute")] == [True, False]


def test_a_time_of_day_is_completed_by_the_day_of_the_record_or_the_end_of_the_visit(
    extract: Extract,
) -> None:
    extract.column("SETL_D", setl_time=["10:00:00", "11:30"], enddate=["2024-02-29", "20240302"])
    extract.change("SETL_D", 1, crte_time="2024-03-01 10:00:07")
    ingested = extract.read()
    assert [str(at) for at in ingested.column("settlements.settled_at")] == [
        "2024-03-01 10:00:00",
        "2024-03-02 11:30:00",
    ]
    assert ingested.tables.precise("settlements", "settled_at")


def test_without_a_time_of_settlement_the_end_of_the_visit_is_used(extract: Extract) -> None:
    extract.column("SETL_D", setl_time=["", ""], enddate=["2024-03-01", "2024-03-02"])
    ingested = extract.read()
    assert ingested.rows()["accepted"] == 2 and not ingested.tables.precise("settlements", "settled_at")


def test_gb18030_and_numbers_in_parquet(extract: Extract) -> None:
    text = (extract.data / "FIXMEDINS_B.csv").read_text(encoding="utf-8")
    extract.write("FIXMEDINS_B.csv", text.encode("gb18030"))
    numbers = extract.frame("SETL_D").with_columns(pl.col("med_type", "insutype", "psn_type").cast(pl.Int64))
    extract.as_parquet("SETL_D", numbers)
    ingested = extract.read()
    assert ingested.column("providers.provider_name") == ["健民药店", "某卫生院"]
    assert ingested.column("settlements.care_type") == ["pharmacy", "outpatient"]


def test_days_months_and_times_as_numbers_in_parquet(extract: Extract) -> None:
    paid = {"psn_no": "P01", "accrym_begn": 202401, "clct_time": 20240105, "psn_clctstd": "6000.00"}
    into_account = {"psn_clct_into_acct_amt": "120.00", "emp_clct_into_acct_amt": "0.00"}
    extract.as_parquet("STAF_PSN_CLCT_DETL_D", pl.DataFrame([paid | into_account]))
    moments = pl.Series("setl_time", [20240301103000, 20240301], dtype=pl.Int64)
    extract.as_parquet("SETL_D", extract.frame("SETL_D").with_columns(moments))
    ingested = extract.read()
    assert ingested.column("contributions.accrual_month") == ["2024-01"]
    assert ingested.column("contributions.paid_on") == [dt.date(2024, 1, 5)]
    assert ingested.column("settlements.settled_at") == [
        dt.datetime(2024, 3, 1, 10, 30),
        dt.datetime(2024, 3, 1),
    ]
    assert ingested.column("settlements.settled_minute")[1] is None


def test_tables_without_national_names_come_under_those_of_the_contract(extract: Extract) -> None:
    extract.write_table(
        "FAMILY_AUTHORIZATIONS",
        """
        Authorization_ID | payerId | beneficiary_id | relation | valid_from
        a1               | 001     | 002            | child    | 2024-01-01 08:00:00
        """,
    )
    extract.column("SETL_D", acct_mulaid_pay=["40.00", "0"], mutual_aid_payer_id=["002", ""])
    extract.column("SETL_D", acct_pay=["0", "50.00"])
    ingested = extract.read()
    assert ingested.column("family_authorizations.payer_id") == ["001"]
    assert ingested.column("settlements.mutual_aid_payer_id") == ["002", None]


def test_a_funds_own_mapping_overrides_the_preset_column_by_column(extract: Extract) -> None:
    extract.column("SETL_D", local_kind=["K1", "K2"], medfee_sumamt=["1", "2"], whole=["100.00", "55.50"])
    ingested = extract.read(
        """
        [tables.settlements.columns]
        total_amount = "whole"
        care_type = { from = "local_kind", values = { K1 = "emergency" }, otherwise = "other" }
        """
    )
    assert ingested.column("settlements.total_amount") == [100_00, 55_50]
    assert ingested.column("settlements.care_type") == ["emergency", "other"]
    assert ingested.column("settlements.pool_paid") == [60_00, 0], "the rest is the preset's"


def test_a_name_in_the_funds_own_mapping_must_exist(extract: Extract) -> None:
    with pytest.raises(MappingError, match="no column whole"):
        extract.read('[tables.settlements.columns]\ntotal_amount = "whole"')


def test_a_preset_or_an_option_that_does_not_exist_is_refused(extract: Extract) -> None:
    with pytest.raises(UsageError, match=r"hosp_lv=auto\|grade\|level"):
        extract.read(hosp_lv="roman")
    with pytest.raises(UsageError, match="mutual_aid_included_in_account, hosp_lv, paused_rows"):
        extract.read(color="red")
    with pytest.raises(UsageError, match="use one of: nhsa"):
        create_snapshot(extract.data, extract.workspace, mapping=None, preset="nasa")


LONG = 20_000
"""Rows of a batch above which the engine splits its work."""


def test_long_files_without_marks_of_invalid_rows(extract: Extract) -> None:
    row = pl.int_range(LONG, eager=True).cast(pl.String)
    for table, column in (("SETL_D", "setl_id"), ("PSN_INSU_D", "psn_no")):
        long = pl.concat([extract.frame(table).head(1)] * LONG).with_columns(row.alias(column))
        long.write_csv(extract.data / f"{table}.csv")
    settlements = extract.frame("SETL_D").with_columns(row.alias("mdtrt_id"), row.alias("psn_no"))
    settlements.with_columns(acct_mulaid_pay=pl.lit("0")).write_csv(extract.data / "SETL_D.csv")
    pl.DataFrame({"mdtrt_id": row, "atddr_no": "D" + row}).write_csv(extract.data / "MDTRT_D.csv")
    (extract.data / "PSN_INFO_B.csv").unlink()
    ingested = extract.read()
    assert ingested.rows("persons")["accepted"] == ingested.rows("enrolments")["accepted"] == LONG
    assert ingested.column("settlements.prescriber_id")[-1] == f"D{LONG - 1}"


@pytest.mark.parametrize("seed", range(4))
def test_the_order_and_the_case_of_columns_change_nothing(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    plain, other = Extract(tmp_path / "a"), Extract(tmp_path / "b")
    for table in SOUND:
        frame = plain.frame(table)
        spelt = [chance.choice([name.upper(), name.lower(), _camel(name)]) for name in frame.columns]
        changed = frame.rename(dict(zip(frame.columns, spelt, strict=True)))
        mixed = chance.sample(changed.columns, changed.width)
        (other.data / f"{table}.csv").unlink()
        changed.select(mixed).write_csv(other.data / f"{chance.choice([table, table.lower()])}.csv")
    first, second = plain.read(), other.read()
    for table in first.tables.columns:
        frames = [
            ingested.tables.frame(table).to_native().drop("source_file").collect()
            for ingested in (first, second)
        ]
        assert_frame_equal(*frames)
    assert (first.manifest.preset, first.manifest.reversals) == (
        second.manifest.preset,
        second.manifest.reversals,
    )


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)
