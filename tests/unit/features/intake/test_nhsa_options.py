"""Options of the preset: two codings of hosp_lv, and the meaning of a paused enrolment."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.nhsa_files import Extract, decisions

from features.errors import MappingError


@pytest.fixture
def extract(tmp_path: Path) -> Extract:
    return Extract(tmp_path)


@pytest.mark.parametrize(
    ("codes", "flags", "coding", "levels"),
    [
        (["11", "3"], ["0", "0"], "grade", ["ungraded", "tertiary"]),
        (["01", "3"], ["0", "0"], "grade", ["ungraded", "tertiary"]),
        (["3", "3"], ["0", "1"], "level", ["ungraded", "primary"]),
        (["", "3"], ["0", "1"], "level", ["ungraded", "primary"]),
    ],
)
def test_the_codes_determine_the_coding(
    codes: list[str], flags: list[str], coding: str, levels: list[str], extract: Extract
) -> None:
    extract.column("FIXMEDINS_B", hosp_lv=codes, grst_hosp_flag=flags)
    ingested = extract.read()
    decision = decisions(ingested)["hosp_lv"]
    assert (decision.value, decision.by) == (coding, "data")
    assert ingested.column("providers.level") == levels


@pytest.mark.parametrize("codes", [["", "1"], ["2", "3"], ["3", "9"], ["A", "B"]])
def test_codes_of_both_codings_need_an_option(codes: list[str], extract: Extract) -> None:
    extract.column("FIXMEDINS_B", hosp_lv=codes, grst_hosp_flag=["0", "0"], fixmedins_type=["1", "1"])
    with pytest.raises(MappingError, match="give hosp_lv=grade") as caught:
        extract.read()
    assert all(code in str(caught.value) for code in codes), "the codes are listed"
    assert decisions(extract.read(hosp_lv="grade"))["hosp_lv"].by == "asked"


def test_the_same_codes_mean_different_levels(extract: Extract) -> None:
    extract.column("FIXMEDINS_B", hosp_lv=["2", "3"], grst_hosp_flag=["0", "0"], fixmedins_type=["1", "1"])
    assert extract.read(hosp_lv="grade").column("providers.level") == ["tertiary", "tertiary"]
    assert extract.read(hosp_lv="level").column("providers.level") == ["secondary", "primary"]


def test_all_unclear_options_are_listed_at_once(extract: Extract) -> None:
    extract.column("FIXMEDINS_B", hosp_lv=["1", "2"], grst_hosp_flag=["0", "0"])
    extract.column("SETL_D", acct_mulaid_pay=["1", "1"])
    extract.frame("SETL_D").drop("psn_cash_pay").write_csv(extract.data / "SETL_D.csv")
    with pytest.raises(MappingError) as caught:
        extract.read()
    assert [problem.rpartition("give ")[2][:7] for problem in caught.value.problems] == ["mutual_", "hosp_lv"]


def test_a_level_that_the_fund_maps_needs_no_option(extract: Extract) -> None:
    extract.column(
        "FIXMEDINS_B", hosp_lv=["1", "2"], grst_hosp_flag=["0", "0"], own=["ungraded", "secondary"]
    )
    ingested = extract.read('[tables.providers.columns]\nlevel = "own"')
    assert ingested.column("providers.level") == ["ungraded", "secondary"]


PRESENT = """
    psn_no | insutype | psn_type | psn_insu_stas | poolarea_no | psn_insu_date | paus_insu_date
    001    | 310      | 12       | 1             | 320600      | 2020-01-01    |
    002    | 310      | 11       | 2             | 320600      | 2020-01-01    | 2024-02-01
    003    | 310      | 11       | 4             | 320600      | 2021-01-01    |
"""
INTERVALS = """
    psn_no | insutype | psn_type | psn_insu_stas | poolarea_no | psn_insu_date | paus_insu_date
    001    | 310      | 12       | 1             | 320600      | 2020-01-01    |
    002    | 310      | 11       | 1             | 320600      | 2020-01-01    | 2024-01-31
    002    | 310      | 11       | 2             | 320600      | 2024-02-01    | 2024-03-31
    002    | 310      | 11       | 1             | 320600      | 2024-04-01    |
"""


def test_a_table_of_the_present_state_was_in_force_until_the_pause(extract: Extract) -> None:
    extract.write_table("PSN_INSU_D", PRESENT)
    ingested = extract.read()
    assert decisions(ingested)["paused_rows"].value == "until"
    assert ingested.column("enrolments.status") == ["active", "active", "terminated"]
    assert [str(day) for day in ingested.column("enrolments.end_date")] == ["None", "2024-02-01", "None"]


def test_a_table_of_intervals_has_a_row_for_the_pause(extract: Extract) -> None:
    extract.write_table("PSN_INSU_D", INTERVALS)
    ingested = extract.read()
    decision = decisions(ingested)["paused_rows"]
    assert (decision.value, decision.figures) == ("during", {"stopped": 1, "behind_another_row": 1})
    assert ingested.column("enrolments.status") == ["active", "active", "suspended", "active"]


def test_a_pause_before_the_present_enrolment_does_not_end_it(extract: Extract) -> None:
    extract.column("PSN_INSU_D", crt_insu_date=["2022-05-01", ""], paus_insu_date=["2021-12-31", ""])
    ingested = extract.read()
    assert [str(day) for day in ingested.column("enrolments.start_date")] == ["2022-05-01", "2020-01-01"]
    assert ingested.column("enrolments.end_date") == [None, None]
