"""How large things are in the simulated city: the values of `magnitudes.toml` and `ranges.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from features.errors import UsageError

CATEGORIES = ("active", "flexible", "retired", "resident")
"""Person categories in the order in which the city counts them; only the last has no personal account."""

CARES = ("pharmacy", "outpatient", "emergency", "chronic_outpatient", "special_outpatient", "inpatient")
KINDS = ("pharmacy", "clinic", "primary_care", "hospital")
LEVELS = ("ungraded", "primary", "secondary", "tertiary")

Magnitudes = Mapping[str, Any]
"""A table of `magnitudes.toml`: numbers, lists of them, and tables, by name."""


def magnitudes() -> Magnitudes:
    """The whole of `magnitudes.toml`; under `ranges` that of `ranges.toml`."""
    return _read("magnitudes.toml") | {"ranges": _read("ranges.toml")}


def area_magnitudes(sizes: Magnitudes, area: str) -> Magnitudes:
    """What differs from one pooling area to the other.

    Raises:
        UsageError: the city is not described for this area.
    """
    areas: Mapping[str, Magnitudes] = sizes["area"]
    if area not in areas:
        raise UsageError(
            "The simulated city is not described for area {area}.",
            where="data_samples/magnitudes.toml",
            next_step="Use one of {names}.",
            area=area,
            names=sorted(areas),
        )
    return areas[area]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
