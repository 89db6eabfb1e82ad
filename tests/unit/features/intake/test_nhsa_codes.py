"""Codes of the national platform: read by their lists and by prefix, and never as similar codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.nhsa_files import Extract


@pytest.fixture
def extract(tmp_path: Path) -> Extract:
    return Extract(tmp_path)


CODES = [
    ("insutype", "310", "scheme", "employee"),
    ("insutype", "390", "scheme", "resident"),
    ("insutype", "391", "scheme", "resident"),
    ("insutype", "340", "scheme", "other"),
    ("psn_type", "11", "person_category", "active"),
    ("psn_type", "1102", "person_category", "active"),
    ("psn_type", "110101", "person_category", "active"),
    ("psn_type", "1160", "person_category", "active"),
    ("psn_type", "1103", "person_category", "flexible"),
    ("psn_type", "110301", "person_category", "flexible"),
    ("psn_type", "1203", "person_category", "retired"),
    ("psn_type", "1300", "person_category", "other"),
    ("psn_type", "14", "person_category", "resident"),
    ("psn_type", "1501", "person_category", "resident"),
    ("med_type", "11", "care_type", "outpatient"),
    ("med_type", "1301", "care_type", "emergency"),
    ("med_type", "140104", "care_type", "chronic_outpatient"),
    ("med_type", "140201", "care_type", "special_outpatient"),
    ("med_type", "2107", "care_type", "inpatient"),
    ("med_type", "41", "care_type", "pharmacy"),
    ("mdtrt_cert_type", "01", "credential_type", "e_credential"),
    ("mdtrt_cert_type", "1", "credential_type", "e_credential"),
    ("mdtrt_cert_type", "03", "credential_type", "social_card"),
    ("setl_type", "1", "channel", "manual"),
    ("setl_type", "2", "channel", "online"),
    ("setl_type", "3", "channel", "other"),
]


@pytest.mark.parametrize(("field", "code", "column", "word"), CODES, ids=lambda part: part)
def test_a_code_of_the_lists(field: str, code: str, column: str, word: str, extract: Extract) -> None:
    extract.column("SETL_D", **{field: [code, code]})
    ingested = extract.read()
    assert ingested.column(f"settlements.{column}") == [word, word]
    assert ingested.manifest.tables["settlements"].unknown_codes == {}


UNKNOWN = [
    ("insutype", "39999", "scheme"),
    ("insutype", "31", "scheme"),
    ("psn_type", "1", "person_category"),
    ("psn_type", "110", "person_category"),
    ("psn_type", "11011", "person_category"),
    ("psn_type", "17", "person_category"),
    ("med_type", "108", "care_type"),
    ("med_type", "1", "care_type"),
    ("med_type", "9901", "care_type"),
    ("med_type", "14", "care_type"),
    ("med_type", "1401", "care_type"),
    ("mdtrt_cert_type", "04", "credential_type"),
    ("setl_type", "9", "channel"),
]


@pytest.mark.parametrize(("field", "code", "column"), UNKNOWN, ids=lambda part: part)
def test_a_similar_code_is_unknown_and_named(field: str, code: str, column: str, extract: Extract) -> None:
    extract.column("SETL_D", **{field: [code, code]})
    ingested = extract.read()
    assert ingested.column(f"settlements.{column}") == ["unknown", "unknown"]
    assert ingested.manifest.tables["settlements"].unknown_codes == {column: {code: 2}}


def test_flexible_employment_may_come_from_its_own_flag(extract: Extract) -> None:
    extract.column("SETL_D", psn_type=["1101", "12"], flxempe_flag=["1", "1"])
    ingested = extract.read()
    assert ingested.column("settlements.person_category") == ["flexible", "retired"]


def test_a_programme_is_that_of_chronic_and_special_care(extract: Extract) -> None:
    extract.column("SETL_D", med_type=["140104", "11"], dise_codg=["M03900", "I10.x00"])
    ingested = extract.read()
    assert ingested.column("settlements.programme_code") == ["M03900", None]
    assert ingested.column("settlements.diagnosis_code") == ["M03900", "I10.x00"]


def test_only_stays_have_a_day_of_admission(extract: Extract) -> None:
    days = {"begndate": ["2024-02-20", "2024-03-02"], "enddate": ["2024-02-29", "2024-03-02"]}
    extract.column("SETL_D", med_type=["21", "11"], **days)
    ingested = extract.read()
    assert [str(day) for day in ingested.column("settlements.admitted_on")] == ["2024-02-20", "None"]
    assert [str(day) for day in ingested.column("settlements.discharged_on")] == ["2024-02-29", "None"]
    assert [str(day) for day in ingested.column("settlements.service_date")] == ["2024-02-29", "2024-03-02"]


PROVIDERS = """
    fixmedins_code | fixmedins_name | fixmedins_type | hosp_lv | grst_hosp_flag
    P1 | 甲 | 2 | 11 | 0
    H2 | 乙 | 1 | 02 | 0
    H3 | 丙 | 1 | 6  | 0
    H4 | 丁 | 1 | 09 | 1
    H5 | 戊 | 1 | 10 | 0
    H6 | 己 | 1 | 11 | 0
    H7 | 庚 | 1 | 11 |
    P8 | 辛 |   |    |
    H9 | 壬 |   | 05 |
    X0 | 癸 | 7 | 12 | 0
    P7 | 子 | 2 | 99 | 0
    H8 | 丑 | 1 | 77 | 0
"""


def test_kinds_and_levels_of_providers_and_undecided_ones(extract: Extract) -> None:
    extract.write_table("FIXMEDINS_B", PROVIDERS)
    ingested = extract.read()
    assert ingested.column("providers.provider_kind") == [
        *("pharmacy", "hospital", "hospital", "primary_care", "hospital", "clinic", "unknown"),
        *("pharmacy", "hospital", "unknown", "pharmacy", "unknown"),
    ]
    assert ingested.column("providers.level") == [
        *("ungraded", "tertiary", "secondary", "primary", "primary", "ungraded", "ungraded"),
        *("ungraded", "secondary", "other", "ungraded", "unknown"),
    ]
    providers = ingested.manifest.tables["providers"]
    assert providers.undecided == {"provider_kind": 3}
    assert providers.unknown_codes == {"level": {"77": 1}}


def test_charge_lines_inside_and_outside_the_catalogue(extract: Extract) -> None:
    extract.write_table(
        "FEE_LIST_D",
        """
        bkkp_sn|setl_id|hilist_code|hilist_name|list_type|item_kind|chrgitm_lv|cnt|pric|det_item_fee_sumamt
        F20240301-001 | s1      | X1          | 甲          | 101       |           | 01         | 2   | 10.5  | 21.00
        F20240301-002 | s1      | X2          | 乙          | 106       |           | 2          | 1   | 79    | 79.00
        F20240302-001 | s2      | X3          | 丙          |           | wellness  |            | 1   | 55.50 | 55.50
        F20240302-002 | s9      | X3          | 丙          | 999       |           | 9          | 1   | 1     | 1.00
        """,
    )
    ingested = extract.read()
    assert ingested.column("charge_lines.item_kind") == ["drug", "tcm", "wellness", "unknown"]
    assert ingested.column("charge_lines.coverage_class") == ["A", "B", None, "unknown"]
    assert ingested.column("charge_lines.line_no") == [1, 2, 1, 2]
    assert ("charge_lines", 4, "settlement_id", "orphan_reference") in ingested.flags(), "still in progress"
    codes = ingested.manifest.tables["charge_lines"].unknown_codes
    assert codes == {"item_kind": {"999": 1}, "coverage_class": {"9": 1}}
