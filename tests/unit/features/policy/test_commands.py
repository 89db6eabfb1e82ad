"""What ``fundwatch policy`` prints, and how it ends."""

from __future__ import annotations

from pathlib import Path

from support.commands import fundwatch
from support.policy_files import FIVE_WRONGS, OWN, own


def shown(*arguments: str) -> str:
    ended = fundwatch("policy", "show", *arguments)
    assert ended.code == 0
    return ended.out


def test_what_is_in_force_is_shown_with_status_and_source() -> None:
    output = shown("--area", "320600", "--date", "2024-03-01")
    for part in (
        "account_credit.retired_rate",
        "0.025",
        "2024-01-01",
        "verified",
        "seed S2, A26",
        "not known",
    ):
        assert part in output
    assert "invented" not in output


def test_before_its_first_date_a_parameter_is_shown_as_not_known_yet() -> None:
    output = shown("--area", "150200", "--date", "2022-09-30")
    assert "known from" in output
    assert "2022-10-01" in output


def test_without_an_area_no_policy_is_shown() -> None:
    command = ("--area", "none", "--date", "2024-03-01")
    assert shown(*command).startswith("No policy was requested (--area none)")
    assert shown(*command, "--language", "zh").startswith("未指定政策")


def test_a_profile_is_marked_in_both_languages() -> None:
    command = ("--area", "150200", "--date", "2024-03-01", "--profile", "illustrative")
    assert "were invented for the demonstration" in shown(*command)
    assert "为演示而设" in shown(*command, "--language", "zh")


def test_a_correct_and_a_wrong_folder(tmp_path: Path) -> None:
    assert fundwatch("policy", "check", str(own(tmp_path))).code == 0
    ended = fundwatch("policy", "check", str(own(tmp_path, FIVE_WRONGS)))
    assert ended.code == 5
    assert ended.err.count("320600_own.toml: ") == 5
    nowhere = fundwatch("policy", "check", str(tmp_path / "nowhere"))
    assert (nowhere.code, "does not exist" in nowhere.err) == (5, True)


def test_own_values_are_shown_as_such(tmp_path: Path) -> None:
    command = ("--area", "320600", "--date", "2024-03-01", "--policy-dir", str(own(tmp_path, OWN)))
    assert "own values" in shown(*command)
