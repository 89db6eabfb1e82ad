"""The JSON Schemas of thresholds and settings are up to date, and their models accept the files of the product."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel
from support.golden import assert_up_to_date
from support.paths import DOCS, ROOT
from support.schemas import (
    LEADS_SCHEMA,
    PEERS_SCHEMA,
    RISK_SCHEMA,
    SCHEMAS,
    SETTINGS_SCHEMA,
    TOLERANCES_SCHEMA,
    PeersFile,
    SettingsFile,
    ThresholdsFile,
)

from features.chosen_numbers import numbers_file
from features.dated import problems
from features.intake.tolerances import Tolerances

FILES: dict[str, type[BaseModel]] = {
    "detection/alerts/risk.toml": ThresholdsFile,
    "detection/indicators/disclosure.toml": ThresholdsFile,
    "detection/links/limits.toml": SettingsFile,
    "features/settings.toml": SettingsFile,
    "features/intake/tolerances.toml": numbers_file(Tolerances),
    "models/peers.toml": PeersFile,
}


def test_every_schema_is_written_from_a_model() -> None:
    assert set((DOCS / "schemas").iterdir()) == set(SCHEMAS)


@pytest.mark.parametrize(
    "path",
    [LEADS_SCHEMA, PEERS_SCHEMA, RISK_SCHEMA, SETTINGS_SCHEMA, TOLERANCES_SCHEMA],
    ids=lambda path: path.name,
)
def test_a_schema_is_up_to_date(path: Path) -> None:
    assert_up_to_date(path)


@pytest.mark.parametrize(("name", "model"), FILES.items())
def test_a_file_fits_its_model_and_another_key_does_not(name: str, model: type[BaseModel]) -> None:
    content = tomllib.loads((ROOT / name).read_text(encoding="utf-8"))
    assert problems(model, content) == []
    assert problems(model, {**content, "misspelled": 1}) != []
