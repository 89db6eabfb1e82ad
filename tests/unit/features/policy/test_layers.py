"""Policy in layers: what is known, a profile over it, a fund's own values over both; and values by category."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from support.policy_files import FIVE_WRONGS, OF_ANOTHER_CITY, dated, own, parameter, policy_file

from features.errors import PolicyError
from features.policy import PolicyValue, check_folder, load_policy
from features.policy.parameters import PARAMETERS

DAY = dt.date(2024, 3, 1)


@pytest.mark.parametrize("area", ["320600", "150200"])
def test_every_parameter_is_written_down_known_or_unknown(area: str) -> None:
    assert load_policy(area).names() == sorted(PARAMETERS)


def test_no_benefit_value_of_either_city_is_verified() -> None:
    for area in ("320600", "150200"):
        known = load_policy(area)
        for name in known.names():
            if name.startswith("benefit."):
                assert {value.status for value in known.parameters[name]} == {"unknown"}


@pytest.mark.parametrize("area", ["320600", "150200"])
def test_all_that_a_profile_says_is_illustrative_and_nothing_is_left_unknown(area: str) -> None:
    policy = load_policy(area, profile="illustrative")
    from_profile = [name for name in policy.names() if policy.layers[name] == "illustrative"]
    assert all(value.status == "illustrative" for name in from_profile for value in policy.parameters[name])
    assert {f"benefit.{name}" for name in ("ratio", "deductible", "annual_cap")} <= set(from_profile)
    assert policy.layers["outpatient_pooling.in_force"] == "area"


def test_a_layer_replaces_a_parameter_as_a_whole_and_leaves_the_others(tmp_path: Path) -> None:
    known, profile = load_policy("320600"), load_policy("320600", profile="illustrative")
    layered = load_policy("320600", profile="illustrative", overlay=own(tmp_path))
    cap = layered.at("benefit.annual_cap", DAY)
    assert (cap.fen(person_category="active"), cap.fen(person_category="retired")) == (800050, 900000)
    assert layered.layers["benefit.annual_cap"] == "overlay"
    assert layered.parameters["benefit.ratio"] == profile.parameters["benefit.ratio"]
    assert layered.words["benefit.annual_cap"] == known.words["benefit.annual_cap"]
    assert len({known.digest, profile.digest, layered.digest}) == 3
    assert (known.overlaid, layered.overlaid, layered.profile) == (False, True, "illustrative")


def test_another_city_brings_its_whole_policy(tmp_path: Path) -> None:
    policy = load_policy("110000", overlay=own(tmp_path, OF_ANOTHER_CITY, "110000_own.toml"))
    assert policy.names() == ["benefit.annual_cap"]


def test_a_layer_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="profiles known: illustrative"):
        load_policy("320600", profile="rosy")
    with pytest.raises(PolicyError, match="does not exist"):
        load_policy("320600", overlay=tmp_path / "nowhere")
    with pytest.raises(PolicyError, match="has no file for area '150200'"):
        load_policy("150200", overlay=own(tmp_path))


def test_the_row_that_names_most_keys_applies() -> None:
    value = load_policy("320600", profile="illustrative").at("benefit.ratio", DAY)
    assert value.number(person_category="active", level="primary") == 0.75
    assert value.number(person_category="retired", level="primary") == 0.85
    with pytest.raises(PolicyError, match="no number for level = city"):
        value.number(level="city")


def test_segments_begin_where_rows_say() -> None:
    value = load_policy("150200", profile="illustrative").at("benefit.ratio", DAY)
    assert value.segments(person_category="active", level="tertiary") == [(0, 0.55), (200_000, 0.6)]


def test_money_is_exact() -> None:
    value = PolicyValue(DAY, 1234.56, "yuan", "notice", "verified")
    assert value.fen() == 123_456


def test_an_unknown_value_gives_no_number() -> None:
    with pytest.raises(PolicyError, match="no number"):
        load_policy("320600").at("benefit.annual_cap", DAY).fen()


def test_a_folder_that_is_wrong_in_five_ways_lists_five_problems(tmp_path: Path) -> None:
    problems, _ = check_folder(own(tmp_path, FIVE_WRONGS))
    assert problems == [
        "320600_own.toml: benefit.ratio, value 1: row 1: ratio 1.75 is outside 0–1",
        "320600_own.toml: benefit.deductible, value 1: two rows are equally specific for "
        "person_category = retired, level = primary",
        "320600_own.toml: benefit.annual_cap, value 1: row 1: 'village' is not one of person_category, value",
        "320600_own.toml: benefit.first_year, value 1: mode 'by halves' is not one of full, prorated",
        "320600_own.toml: benefit.anual_cap is not a parameter of this version",
    ]


def test_what_would_be_passed_over_in_silence_is_a_problem(tmp_path: Path) -> None:
    content = policy_file(
        parameter("benefit.annual_cap", dated(value=8000, to=dt.date(2023, 12, 31))),
        parameter("family_mutual_aid.enrolment_province", dated("province code", value=32)),
        parameter("outpatient_pooling.local_rules", dated("day", value="1 January 2023")),
        valid_for="2023",
    )
    problems, _ = check_folder(own(tmp_path, content))
    assert [problem.removeprefix("320600_own.toml: ") for problem in problems] == [
        "'valid_for' is neither area nor a [group.name] table",
        "benefit.annual_cap, value 1: 'to' is not one of from, unit, source, status, value, rows",
        "family_mutual_aid.enrolment_province, value 1: province code 32 is not text such as '32'",
        "outpatient_pooling.local_rules, value 1: day '1 January 2023' is not text such as '2024-03-01'",
    ]


def test_an_oddity_is_a_warning_and_no_problem(tmp_path: Path) -> None:
    rows = [
        {"level": "primary", "value": 0.6},
        {"level": "secondary", "value": 0.7},
        {"level": "primary", "person_category": "retired", "value": 0.5},
    ]
    odd = policy_file(parameter("benefit.ratio", dated("ratio", rows=rows)))
    problems, warnings = check_folder(own(tmp_path, odd))
    assert problems == []
    assert [warning.partition("value 1: ")[2] for warning in warnings] == [
        "no row for person_category = active, level = tertiary",
        "no row for person_category = flexible, level = tertiary",
        "no row for person_category = retired, level = tertiary",
        "retired 0.5 is less than active 0.6 (primary, from 0 yuan)",
        "primary 0.6 is less than secondary 0.7 (active, from 0 yuan)",
        "primary 0.6 is less than secondary 0.7 (flexible, from 0 yuan)",
        "primary 0.5 is less than secondary 0.7 (retired, from 0 yuan)",
    ]


@pytest.mark.parametrize("source", ["", "  "])
def test_nothing_is_verified_without_a_source(tmp_path: Path, source: str) -> None:
    def content(status: str) -> str:
        return policy_file(parameter("benefit.annual_cap", dated(value=8000, source=source, status=status)))

    assert check_folder(own(tmp_path, content("verified")))[0] == [
        "320600_own.toml: benefit.annual_cap, value 1: verified, but without a source: name it, or give another status"
    ]
    with pytest.raises(PolicyError, match="without a source"):
        load_policy("320600", overlay=own(tmp_path, content("verified")))
    assert check_folder(own(tmp_path, content("illustrative")))[0] == []
