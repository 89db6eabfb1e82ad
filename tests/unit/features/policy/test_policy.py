"""Policy is looked up by the day of the claim; it never guesses, and a bad file says all that is wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from support.policy_files import dated, own, parameter, policy_file

from features.calendar import day_number
from features.errors import PolicyError
from features.policy import load_policy

RELATIONS = "family_mutual_aid.permitted_relations"
PROVINCE = "family_mutual_aid.enrolment_province"


def test_the_value_of_the_day_counts() -> None:
    nantong = load_policy("320600")
    assert nantong.at(RELATIONS, dt.date(2024, 7, 31)).value == ["spouse", "parent", "child"]
    widened = nantong.at(RELATIONS, dt.date(2024, 8, 1)).value
    assert isinstance(widened, list)
    assert "sibling" in widened


def test_every_value_is_cited_and_only_the_seeds_are_called_verified() -> None:
    for area in ("320600", "150200"):
        policy = load_policy(area)
        for name in policy.names():
            for value in policy.parameters[name]:
                assert value.source
                assert value.status != "verified" or value.source.startswith("seed S")


def test_the_province_of_relatives_is_unknown_in_baotou() -> None:
    value = load_policy("150200").at(PROVINCE, dt.date(2023, 1, 1))
    assert (value.status, value.value) == ("unknown", None)


def test_a_lookup_before_the_first_date_names_parameter_date_and_first_date() -> None:
    with pytest.raises(PolicyError) as error:
        load_policy("320600").at(PROVINCE, dt.date(2022, 12, 31))
    for part in (PROVINCE, "2022-12-31", "2023-01-01", "320600"):
        assert part in str(error.value)


def test_an_unknown_name_is_an_error_that_lists_the_known() -> None:
    with pytest.raises(PolicyError, match=r"known: account_credit\.active_rate"):
        load_policy("320600").windows("family_mutual_aid.weather")


def test_windows_end_the_day_before_the_next_begins() -> None:
    first, second = load_policy("320600").windows(RELATIONS)
    assert first.end_day == second.start_day - 1
    assert second.end_day is None
    assert first.start_day == day_number(dt.date(2023, 1, 1))


def test_no_policy_is_a_policy_without_parameters() -> None:
    policy = load_policy("none")
    assert policy.none
    assert policy.names() == []
    with pytest.raises(PolicyError, match="known: none"):
        policy.at(RELATIONS, dt.date(2024, 1, 1))


def test_an_unknown_area_lists_the_known_areas_and_the_option_without() -> None:
    with pytest.raises(PolicyError) as error:
        load_policy("110000")
    for part in ("110000", "150200, 320600", "--area none"):
        assert part in str(error.value)


WRONG = policy_file(
    parameter(
        "benefit.ratio",
        dated("ratio", value=1.2, since=dt.date(2024, 1, 1)),
        dated("ratio", value=0.5, since=dt.date(2024, 1, 1), status="sure"),
        dated("ratio", source=None),
        en="Share that the pooled fund pays",
        zh="统筹基金支付比例",
    ),
    parameter("benefit.annual_cap", dated(value=5000, since="2023", status="unknown"), en="Yearly cap"),
    parameter("pool.empty", en="Nothing", zh="无"),
    area="320601",
)


def test_a_bad_file_is_refused_with_every_problem_at_once(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as error:
        load_policy("320600", own(tmp_path, WRONG))
    assert error.value.problems == (
        "area = '320601', but the file is named for 320600",
        "benefit.ratio, value 1: ratio 1.2 is outside 0–1",
        "benefit.ratio, value 2: status = 'sure' is not one of verified, illustrative, unknown",
        "benefit.ratio, value 3: lacks 'source'",
        "benefit.ratio, value 3: lacks 'value'",
        "benefit.ratio: two values from 2024-01-01",
        "benefit.ratio: the value from 2023-01-01 overlaps the one from 2024-01-01 that stands before it",
        "benefit.annual_cap lacks 'zh'",
        "benefit.annual_cap, value 1: from = '2023' is not a date",
        "benefit.annual_cap, value 1: an unknown value has no 'value'",
        "pool.empty is not a parameter of this version",
        "pool.empty has no [[pool.empty.values]]",
    )


@pytest.mark.parametrize(
    ("files", "part"),
    [
        ({"320600_nantong.toml": "area ="}, "not TOML"),
        ({"nantong.toml": ""}, "named <six digits>"),
        ({"320600_a.toml": "", "320600_b.toml": ""}, "Two policy files"),
    ],
)
def test_files_that_cannot_be_policy(tmp_path: Path, files: dict[str, str], part: str) -> None:
    for name, content in files.items():
        own(tmp_path, content, name)
    with pytest.raises(PolicyError, match=part):
        load_policy("320600", tmp_path)
