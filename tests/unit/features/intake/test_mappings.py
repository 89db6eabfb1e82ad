"""Mapping files: what they can express, and the errors of a mapping that does not fit."""

from __future__ import annotations

import polars as pl
import pytest
from support.exports import Export

from features.errors import InputError, MappingError

CLAIMS = """
    setl_id | psn_no | clinic | paid_on  | med_type | fund | aid  | cash | maid
    1       | a      | X      | 20240301 | 4101     | 10   | 2.50 | 1    | NULL
    2       | b      | X      | 20240302 | 1101     | 20   | 0    | 2    | 3
    3       | a      | Y      | 20240305 | 99       | 30   | 0    | NULL | 1
"""
SETTLEMENTS = """
[tables.settlements]
file = "claims"
null = ["NULL"]
day_precision = ["settled_at"]
time_formats = ["%Y%m%d"]

[tables.settlements.columns]
settlement_id = "setl_id"
person_id = "psn_no"
provider_id = "clinic"
settled_at = "paid_on"
scheme = { constant = "employee" }
person_category = { constant = "active" }
care_type = { from = "med_type", match = "prefix", values = { 41 = "pharmacy", 1 = "outpatient" }, otherwise = "other" }
pool_paid = "fund"
account_paid = { first_of = ["maid", "aid"] }
cash_paid = { from = "cash", when_null = "0" }
total_amount = { sum = ["fund", "aid", "-cash"], when_null = "0" }
"""
DERIVED = """
[tables.persons]
file = "claims"
distinct = ["psn_no"]
columns = { person_id = "psn_no" }

[tables.providers]
file = "claims"
distinct = ["clinic"]
[tables.providers.columns]
provider_id = "clinic"
provider_name = "clinic"
provider_kind = { constant = "pharmacy" }
level = { constant = "unknown" }
pooling_area = { constant = "320600" }

[tables.enrolments]
file = "claims"
distinct = ["psn_no"]
date_formats = ["%Y%m%d"]
[tables.enrolments.columns]
person_id = "psn_no"
scheme = { constant = "employee" }
person_category = { constant = "active" }
status = { constant = "active" }
pooling_area = { constant = "320600" }
start_date = { from = "paid_on", aggregate = "min" }
end_date = { from = "paid_on", aggregate = "max" }
"""


@pytest.fixture
def claims(export: Export) -> Export:
    """An export of one file with other names."""
    for path in export.data.iterdir():
        path.unlink()
    export.write_table("claims", CLAIMS)
    return export


def test_columns_codes_constants_formats_and_null_words(claims: Export) -> None:
    ingested = claims.ingest(SETTLEMENTS + DERIVED)
    assert ingested.column("settlements.settlement_id") == ["1", "2", "3"]
    assert ingested.column("settlements.care_type") == ["pharmacy", "outpatient", "other"]
    assert ingested.column("settlements.scheme") == ["employee"] * 3
    assert [str(day.date()) for day in ingested.column("settlements.settled_at")] == [
        "2024-03-01",
        "2024-03-02",
        "2024-03-05",
    ]
    assert ingested.column("settlements.cash_paid") == [1_00, 2_00, 0]


def test_sums_differences_and_the_first_nonempty_column(claims: Export) -> None:
    ingested = claims.ingest(SETTLEMENTS + DERIVED)
    assert ingested.column("settlements.total_amount") == [11_50, 18_00, 30_00]
    assert ingested.column("settlements.account_paid") == [2_50, 3_00, 1_00]


def test_a_sum_with_an_empty_term_is_empty(claims: Export) -> None:
    ingested = claims.ingest((SETTLEMENTS + DERIVED).replace('"-cash"], when_null = "0"', '"-cash"]'))
    assert ingested.rows()["quarantined"] == 1
    assert ingested.quarantine() == [("settlements", 3, "total_amount", "missing value")]


def test_day_precision_leaves_the_minutes_empty(claims: Export) -> None:
    tables = claims.ingest(SETTLEMENTS + DERIVED).tables
    assert not tables.precise("settlements", "settled_at")
    minutes = tables.settlements.to_native().select("settled_minute").collect()
    assert minutes["settled_minute"].null_count() == 3


def test_tables_of_distinct_values(claims: Export) -> None:
    ingested = claims.ingest(SETTLEMENTS + DERIVED)
    assert ingested.column("persons.person_id") == ["a", "b"]
    assert ingested.column("providers.provider_id") == ["X", "Y"]
    assert [str(day) for day in ingested.column("enrolments.start_date")] == ["2024-03-01", "2024-03-02"]
    assert [str(day) for day in ingested.column("enrolments.end_date")] == ["2024-03-05", "2024-03-02"]
    assert ingested.column("enrolments.source_row") == [1, 2], (
        "a distinct value comes from where it came first"
    )


def test_distinct_values_of_excluded_rows_do_not_count(claims: Export) -> None:
    excluding = 'exclude = [{ column = "clinic", values = ["Y"] }]\ndistinct = ["clinic"]'
    ingested = claims.ingest((SETTLEMENTS + DERIVED).replace('distinct = ["clinic"]', excluding))
    assert ingested.column("providers.provider_id") == ["X"]


def test_a_column_of_another_file_is_joined_by_its_key(claims: Export) -> None:
    claims.write("visits.csv", "visit,doctor\n1,d7\n3,d8\n3,d8\n")
    joined = SETTLEMENTS.replace(
        'null = ["NULL"]', 'null = ["NULL"]\njoin = [{ file = "visits", on = "setl_id", key = "visit" }]'
    )
    ingested = claims.ingest(joined + 'prescriber_id = "visits.doctor"\n' + DERIVED)
    assert ingested.column("settlements.prescriber_id") == ["d7", None, "d8"]
    assert {file.name: file.rows for file in ingested.manifest.files} == {
        "claims.csv": 3,
        "visits.csv": 3,
    }


def test_a_key_that_names_several_rows_cannot_be_joined(claims: Export) -> None:
    claims.write("visits.csv", "visit,doctor\n1,d7\n1,d8\n")
    joined = SETTLEMENTS.replace(
        'null = ["NULL"]', 'null = ["NULL"]\njoin = [{ file = "visits", on = "setl_id", key = "visit" }]'
    )
    with pytest.raises(MappingError, match="repeat a key"):
        claims.ingest(joined + 'prescriber_id = "visits.doctor"\n' + DERIVED)


def test_unmapped_columns_are_read_under_the_contracts_name(export: Export) -> None:
    ingested = export.ingest('[tables.settlements.columns]\ncash_paid = { constant = "1.00" }')
    assert ingested.column("settlements.cash_paid") == [1_00, 1_00]
    assert ingested.column("settlements.pool_paid") == [60_00, 0]


def test_absent_columns_and_tables_are_not_read(export: Export) -> None:
    export.write("item_reference.csv", "item_code\n1\n")
    ingested = export.ingest('absent_tables = ["item_reference"]\n[tables.persons]\nabsent = ["birth_date"]')
    assert not ingested.tables.has("persons", "birth_date")
    assert not ingested.tables.has("item_reference")


def test_a_declared_day_precision_accepts_days(export: Export) -> None:
    days = export.frame().with_columns(pl.col("settled_at").str.slice(0, 10))
    days.write_csv(export.data / "settlements.csv")
    assert export.ingest('[tables.settlements]\nday_precision = ["settled_at"]').rows()["accepted"] == 2


WRONG = """
unknown_entry = "red"
absent_tables = ["nothing"]

[tables.patients]
file = "x"

[tables.settlements]
fiel = "claims"
day_precision = ["total_amount"]
exclude = [{ column = "valid" }]
absent = ["pool_pay"]

[tables.settlements.columns]
pool_pay = "x"
cash_paid = { from = "a", constant = "b" }
scheme = { sum = ["a"] }
care_type = { from = "a", match = "fuzzy" }
total_amount = { from = "a", aggregate = "median" }
"""


def test_all_errors_of_a_mapping_file_are_listed_at_once(export: Export) -> None:
    with pytest.raises(MappingError) as caught:
        export.ingest(WRONG)
    assert caught.value.exit_code == 4
    for part in (
        "unknown_entry",
        "absent_tables: nothing",
        "tables.patients",
        "fiel",
        "day_precision: total_amount",
        "exclude",
        "absent: pool_pay",
        "columns.pool_pay",
        "columns.cash_paid: needs exactly one",
        "columns.scheme",
        "columns.care_type",
        "columns.total_amount: aggregate",
    ):
        assert any(part in problem for problem in caught.value.problems), part


def test_all_mismatches_with_the_data_are_listed_at_once(claims: Export) -> None:
    wrong = (SETTLEMENTS + DERIVED).replace('"setl_id"', '"setlid"').replace('"clinic"', '"shop"')
    with pytest.raises(MappingError) as caught:
        claims.ingest(wrong)
    assert any(
        "settlements.settlement_id" in problem and "setl_id" in problem for problem in caught.value.problems
    )
    assert any("providers: distinct" in problem for problem in caught.value.problems)


def test_a_file_that_is_not_toml_is_a_mapping_error(export: Export) -> None:
    with pytest.raises(MappingError, match="cannot be read"):
        export.ingest("tables = [")


def test_values_that_the_contract_does_not_know_are_refused_beforehand(export: Export) -> None:
    with pytest.raises(MappingError) as caught:
        export.ingest(
            """
            [tables.settlements]
            time_formats = ["day first"]
            [tables.settlements.columns]
            scheme = { constant = "rural" }
            care_type = { from = "care_type", values = { a = "ambulance" } }
            pool_paid = { constant = "1.005" }
            """
        )
    named = [problem.split(":")[0].removeprefix("tables.settlements.") for problem in caught.value.problems]
    assert sorted(named) == ["columns.care_type", "columns.pool_paid", "columns.scheme", "time_formats"]


def test_a_joined_file_with_broken_rows_is_refused(claims: Export) -> None:
    claims.write("visits.csv", "visit,doctor\n1,d7\n2\n")
    joined = SETTLEMENTS.replace(
        'null = ["NULL"]', 'null = ["NULL"]\njoin = [{ file = "visits", on = "setl_id", key = "visit" }]'
    )
    with pytest.raises(InputError, match="first is row 2"):
        claims.ingest(joined + 'prescriber_id = "visits.doctor"\n' + DERIVED)


def test_a_file_with_a_header_only_has_no_distinct_values(claims: Export) -> None:
    claims.write("header_only.csv", "psn_no\n")
    of_claims, of_header_only = (f'[tables.persons]\nfile = "{file}"' for file in ("claims", "header_only"))
    ingested = claims.ingest(SETTLEMENTS + DERIVED.replace(of_claims, of_header_only))
    assert ingested.column("persons.person_id") == []


def test_a_joined_file_with_a_header_only_brings_nothing(claims: Export) -> None:
    claims.write("visits.csv", "visit,doctor\n")
    joined = SETTLEMENTS.replace(
        'null = ["NULL"]', 'null = ["NULL"]\njoin = [{ file = "visits", on = "setl_id", key = "visit" }]'
    )
    ingested = claims.ingest(joined + 'prescriber_id = "visits.doctor"\n' + DERIVED)
    assert ingested.column("settlements.prescriber_id") == [None] * 3
