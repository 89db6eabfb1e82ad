"""The JSON Schemas of the project's TOML files, ``docs/schemas``, and how each is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pydantic import BaseModel, Field
from support.paths import DOCS

from detection.detectors.card_model import CardFile
from detection.indicators.card_model import CardFile as IndicatorCardFile
from detection.leads.row import LeadRow
from features.chosen_numbers import numbers_file
from features.dated import NamedValue, TomlModel, json_schema
from features.intake.mapping import schema as mapping
from features.intake.tolerances import Tolerances
from features.policy.models import file_model
from models.settings import Texts


class ThresholdsFile(TomlModel):
    """A file of dated thresholds, such as ``detection/alerts/risk.toml``."""

    threshold: list[NamedValue] = Field(min_length=1)


class SettingsFile(TomlModel):
    """A file of dated values, such as ``features/settings.toml``."""

    value: list[NamedValue] = Field(min_length=1)


class PeersFile(Texts, SettingsFile):
    """``models/peers.toml``: dated values, peer groups, and texts about peers."""


def written(model: Callable[[], type[BaseModel]], title: str) -> str:
    """The schema of a file's model, as text."""
    return json.dumps(json_schema(model(), title), ensure_ascii=False, indent=1) + "\n"


def _path(name: str) -> Path:
    return DOCS / "schemas" / f"{name}.schema.json"


CARD_SCHEMA = _path("card")
INDICATOR_SCHEMA = _path("indicator")
LEADS_SCHEMA = _path("leads")
MAPPING_SCHEMA = _path("mapping")
PEERS_SCHEMA = _path("peers")
POLICY_SCHEMA = _path("policy")
RISK_SCHEMA = _path("risk")
SETTINGS_SCHEMA = _path("settings")
TOLERANCES_SCHEMA = _path("tolerances")

SCHEMAS: dict[Path, Callable[[], str]] = {
    CARD_SCHEMA: partial(written, lambda: CardFile, "Detector card"),
    INDICATOR_SCHEMA: partial(written, lambda: IndicatorCardFile, "Indicator card"),
    LEADS_SCHEMA: partial(written, lambda: LeadRow, "A row of a file of outside leads"),
    MAPPING_SCHEMA: mapping.schema,
    PEERS_SCHEMA: partial(written, lambda: PeersFile, "Settings of the models"),
    POLICY_SCHEMA: partial(written, file_model, "Policy file"),
    RISK_SCHEMA: partial(written, lambda: ThresholdsFile, "Thresholds"),
    SETTINGS_SCHEMA: partial(written, lambda: SettingsFile, "Settings"),
    TOLERANCES_SCHEMA: partial(written, lambda: numbers_file(Tolerances), "Tolerances of intake"),
}
