"""The values of the simulated city are those of the illustrative policy profile, read from its files."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data_samples import magnitudes
from features import policy

SIZES = tomllib.loads(
    Path(magnitudes.__file__).with_name("magnitudes.toml").read_text(encoding="utf-8"), parse_float=Decimal
)
FILES = {"320600": "320600_nantong.toml", "150200": "150200_baotou.toml"}
CATEGORIES = ("active", "flexible", "retired")
LEVELS = ("primary", "secondary", "tertiary")


def profile(area: str) -> dict[str, Any]:
    """The parameters of the illustrative profile by name, each with its dated values."""
    path = Path(policy.__file__).parent / "illustrative" / FILES[area]
    groups = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return {
        f"{group}.{name}": parameter["values"]
        for group, parameters in groups.items()
        if isinstance(parameters, dict)
        for name, parameter in parameters.items()
        if isinstance(parameter, dict) and "values" in parameter
    }


def of(values: list[dict[str, Any]], **keys: Any) -> Any:
    """The value of a parameter with one date: the row that fits and names most keys."""
    (dated,) = values
    rows = dated.get("rows", [{"value": dated.get("value")}])
    fitting = [row for row in rows if all(row.get(key, wanted) == wanted for key, wanted in keys.items())]
    return max(fitting, key=lambda row: len(row.keys() & keys.keys()))["value"]


@pytest.mark.parametrize("area", FILES)
def test_benefits_are_those_of_the_profile(area: str) -> None:
    known, here = profile(area), SIZES["area"][area]
    values = here["benefits"]
    mode = of(known["benefit.deductible_mode"])
    assert mode == {"320600": "annual", "150200": "per_visit"}[area]
    for category in CATEGORIES:
        assert of(known["benefit.annual_cap"], person_category=category) == values["cap"]
        for level in LEVELS:
            keys = {"person_category": category, "level": level}
            deductible = of(known["benefit.deductible"], **keys)
            yearly, each = values["deductible"][category], values["visit_deductible"][level]
            assert (yearly, each) == ((deductible, 0) if mode == "annual" else (0, deductible))
            if "segment_from" in values:
                below = of(known["benefit.ratio"], **keys, segment_from=0)
                above = of(known["benefit.ratio"], **keys, segment_from=values["segment_from"])
                assert above == values["ratio_above"][category][level]
            else:
                below = of(known["benefit.ratio"], **keys)
            assert below == values["ratio"][category][level]
    assert {of(known[f"benefit.{name}_level"]) for name in ("pharmacy", "ungraded")} == {"primary"}
    assert of(known["benefit.pharmacy_needs_prescription"]) is True
    assert of(known["benefit.rounding"]) == "down"
    assert of(known["benefit.first_year"]) == values["first_year"]
    assert {row["from"] for name in known if name.startswith("benefit.") for row in known[name]} == {
        here["policy_start"]
    }


def test_the_second_layer_is_that_of_the_profile() -> None:
    (dated,) = profile("150200")["benefit.second_layer"]
    assert dated["rows"] == [SIZES["area"]["150200"]["benefits"]["second_layer"]]
    assert "second_layer" not in SIZES["area"]["320600"]["benefits"]


@pytest.mark.parametrize("area", FILES)
def test_credits_of_the_retired_are_those_of_the_profile(area: str) -> None:
    known, here = profile(area), SIZES["area"][area]
    credit = of(known["account_credit.average_pension"]) * retired_rate(known, area)
    assert credit == here["retired_credit"]
    (dated,) = known["account_credit.average_pension"]
    assert dated["from"] == here["retired_uniform_from"]


def retired_rate(known: dict[str, Any], area: str) -> Decimal:
    """The rate of the profile, or the verified one of the area's own file."""
    if "account_credit.retired_rate" in known:
        return Decimal(of(known["account_credit.retired_rate"]))
    verified = tomllib.loads(
        (Path(policy.__file__).parent / FILES[area]).read_text(encoding="utf-8"), parse_float=Decimal
    )
    (dated,) = verified["account_credit"]["retired_rate"]["values"]
    return Decimal(dated["value"])
