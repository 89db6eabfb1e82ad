"""The JSON schema of policy files is up to date, and accepts the policy files of this package.

Write it again with ``python tests/unit/features/policy/test_schema.py``.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from support.paths import ROOT

from features.dated import json_schema, problems
from features.policy.models import file_model
from features.policy.parameters import PARAMETERS

FILE = ROOT / "docs" / "schemas" / "policy.schema.json"
POLICIES = ROOT / "features" / "policy"


def schema() -> str:
    return json.dumps(json_schema(file_model(), "Policy file"), ensure_ascii=False, indent=1) + "\n"


def test_the_schema_is_up_to_date() -> None:
    assert FILE.read_text(encoding="utf-8") == schema(), __doc__


def test_the_schema_names_every_parameter() -> None:
    tables = json.loads(FILE.read_text(encoding="utf-8"))["$defs"]
    groups = {parameter.partition(".")[0] for parameter in PARAMETERS}
    named = {f"{group}.{name}" for group in groups for name in tables[group]["properties"]}
    assert named == set(PARAMETERS)


@pytest.mark.parametrize("path", sorted(POLICIES.rglob("*.toml")), ids=lambda path: path.parent.name)
def test_the_files_of_this_package_fit_the_model(path: Path) -> None:
    assert problems(file_model(), tomllib.loads(path.read_text(encoding="utf-8"))) == []


if __name__ == "__main__":
    FILE.write_text(schema(), encoding="utf-8")
