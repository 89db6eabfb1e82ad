"""The JSON schema of policy files is up to date, and accepts the policy files of this package."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from support.golden import assert_up_to_date
from support.paths import ROOT
from support.schemas import POLICY_SCHEMA

from features.dated import problems
from features.policy.models import file_model
from features.policy.parameters import PARAMETERS

POLICIES = ROOT / "features" / "policy"


def test_the_schema_is_up_to_date() -> None:
    assert_up_to_date(POLICY_SCHEMA)


def test_the_schema_names_every_parameter() -> None:
    tables = json.loads(POLICY_SCHEMA.read_text(encoding="utf-8"))["$defs"]
    groups = {parameter.partition(".")[0] for parameter in PARAMETERS}
    named = {f"{group}.{name}" for group in groups for name in tables[group]["properties"]}
    assert named == set(PARAMETERS)


@pytest.mark.parametrize("path", sorted(POLICIES.rglob("*.toml")), ids=lambda path: path.parent.name)
def test_the_files_of_this_package_fit_the_model(path: Path) -> None:
    assert problems(file_model(), tomllib.loads(path.read_text(encoding="utf-8"))) == []
