"""``--preset nhsa`` as a user meets it: what is asked, what is said, and how it ends when something is unclear."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.commands import Ended, fundwatch
from support.nhsa_files import Extract


@pytest.fixture
def extract(tmp_path: Path) -> Extract:
    return Extract(tmp_path)


def intake(extract: Extract, *words: str | Path) -> Ended:
    return fundwatch(
        *("intake", "--preset", "nhsa", "--data", extract.data, "--workspace", extract.workspace.root), *words
    )


def test_the_summary_states_settled_and_unknown_options(extract: Extract) -> None:
    extract.column(
        "SETL_D", acct_mulaid_pay=["40.00", "0"], med_type=["9901", "11"], refd_setl_flag=["0", "1"]
    )
    printed = intake(extract)
    assert printed.code == 0, printed.err
    for part in (
        "mutual_aid_included_in_account=yes, decided by the data: inside acct_pay: 0 of 1 settlements do not add up",
        "outside acct_pay: 1 of 1 settlements do not add up (100%, CN¥ 40.00)",
        "hosp_lv=grade, decided by the data: two digits: 09 (1), 11 (1)",
        "paused_rows=until, nothing depends on it",
        "settlements.care_type: codes that are in no list, read as unknown: 9901 (1 rows)",
        "settlements marked as refunded that take nothing back: 1",
    ):
        assert part in printed.out, part


def test_refunds_that_stay_unlinked_are_counted(extract: Extract) -> None:
    extract.change("SETL_D", 2, medfee_sumamt="-55.50", acct_pay="-50.00", psn_cash_pay="-5.50")
    printed = intake(extract)
    assert (
        "refunds: 1; 0 name what they reverse, 0 were found by visit and amounts, 1 stay unlinked"
        in printed.out
    )


def test_an_unclear_option_is_required_and_can_be_given(extract: Extract, tmp_path: Path) -> None:
    extract.column("FIXMEDINS_B", hosp_lv=["1", "2"], grst_hosp_flag=["0", "0"])
    printed = intake(extract)
    assert printed.code == 4
    assert "hosp_lv has 1 (1), 2 (1)" in printed.err and "hosp_lv=level" in printed.err
    assert intake(extract, "--preset-option", "hosp_lv=level").code == 0
    own = tmp_path / "own.toml"
    own.write_text('[options]\nhosp_lv = "grade"\n', encoding="utf-8")
    answered = intake(extract, "--mapping", own)
    assert answered.code == 0 and "hosp_lv=grade, as asked" in answered.out


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        (("--preset-option", "hosp_lv"), "NAME=VALUE"),
        (("--preset-option", "hosp_lv=roman"), "hosp_lv=auto|grade|level"),
        (("--preset-option", "color=red"), "mutual_aid_included_in_account"),
        (("--preset", "nasa"), "use one of: nhsa"),
    ],
)
def test_what_does_not_exist_is_refused(words: tuple[str, ...], printed: str, extract: Extract) -> None:
    ended = intake(extract, *words)
    assert ended.code == 2
    assert printed in " ".join(ended.err.split())


def test_options_without_a_preset_are_refused(extract: Extract) -> None:
    words = ("intake", "--data", extract.data, "--workspace", extract.workspace.root)
    assert fundwatch(*words, "--preset-option", "hosp_lv=grade").code == 2
    own = extract.mapping('[options]\nhosp_lv = "grade"\n')
    ended = fundwatch(*words, "--mapping", own)
    assert ended.code == 4 and "--preset" in ended.err
