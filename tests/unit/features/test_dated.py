"""A table of dated values that does not fit its model has every problem listed, in words for its author."""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path

import pytest

from features.dated import NamedValue, Settings, by_name, named_values, problems, read_toml, with_new_keys
from features.errors import CardError, MappingError

NOON = dt.datetime(2024, 1, 1, 12, tzinfo=dt.UTC)
GOOD = {
    "name": "days",
    "from": dt.date(2024, 1, 1),
    "value": 7,
    "unit": "d",
    "source": "notice",
    "status": "verified",
}


def test_a_table_that_fits_has_no_problems() -> None:
    assert problems(NamedValue, GOOD) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"from": "2024"}, "from = '2024' is not a date"),
        (
            {"from": dt.datetime(2024, 1, 1, tzinfo=dt.UTC)},
            "from = datetime.datetime(2024, 1, 1, 0, 0, tzinfo=datetime.timezone.utc) is not a date",
        ),
        ({"status": "sure"}, "status = 'sure' is not one of verified, illustrative, unknown"),
        ({"unit": 5}, "unit = 5 is not text"),
        ({"value": {}}, "value = {} is not a number, a text, true or false, or a list of texts"),
        ({"to": 1}, "'to' is not one of from, unit, source, status, name, value"),
    ],
)
def test_a_problem_names_key_value_and_what_is_expected(changes: dict[str, object], expected: str) -> None:
    assert problems(NamedValue, GOOD | changes) == [expected]


def test_all_problems_are_listed_at_once() -> None:
    values, wrong = named_values(NamedValue, [GOOD, {"name": "rest", "from": 5}], "threshold")
    assert [value.value for value in values] == [7]
    assert wrong == [
        "[[threshold]] rest from = 5 is not a date",
        "[[threshold]] rest lacks 'unit'",
        "[[threshold]] rest lacks 'source'",
        "[[threshold]] rest lacks 'status'",
        "[[threshold]] rest lacks 'value'",
    ]


def test_values_of_one_name_follow_each_other_by_date() -> None:
    later = GOOD | {"from": dt.date(2025, 1, 1), "value": 9}
    values, _ = named_values(NamedValue, [later, GOOD], "value")
    assert [value.value for value in by_name(values)["days"]] == [7, 9]


def test_an_old_key_is_read_and_its_new_name_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        table = with_new_keys({"line": [1], "title": "x"}, {"line": "threshold"}, "card.toml")
    assert table == {"threshold": [1], "title": "x"}
    assert "card.toml: the key 'line' is now named 'threshold'" in caplog.text


def test_a_file_that_is_not_toml_is_an_error_of_the_given_kind(tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text("area =", encoding="utf-8")
    with pytest.raises(MappingError, match="The file is not TOML"):
        read_toml(path, MappingError)


SETTINGS = """
[[value]]
name = "days"
from = 2024-01-01
value = 7
unit = "d"
source = "notice"
status = "verified"
[[value]]
name = "share"
from = 2024-01-01
value = 0.5
unit = "share"
source = "notice"
status = "illustrative"
[[value]]
name = "days"
from = 2025-01-01
value = 9
unit = "d"
source = "notice"
status = "verified"
"""


def _settings(folder: Path, content: str) -> Settings:
    path = folder / "settings.toml"
    path.write_text(content, encoding="utf-8")
    return Settings(path)


def test_settings_give_the_latest_value_of_a_name(tmp_path: Path) -> None:
    settings = _settings(tmp_path, SETTINGS)
    assert (settings.whole("days"), settings.number("share")) == (9, 0.5)


def test_settings_refuse_names_they_lack_and_numbers_of_another_kind(tmp_path: Path) -> None:
    settings = _settings(tmp_path, SETTINGS)
    with pytest.raises(CardError, match="no value named 'weeks'"):
        settings.whole("weeks")
    with pytest.raises(CardError, match="not a whole number"):
        settings.whole("share")


def test_wrong_settings_are_refused_with_every_problem(tmp_path: Path) -> None:
    with pytest.raises(CardError) as error:
        _settings(tmp_path, SETTINGS.replace("unit", "units"))
    assert len(error.value.problems) == 6
