"""What makes two runs the same: data set, configuration, code, seed and models. A run's id is their hash."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from features.workspace.key import fingerprint

_PACKAGES = ("features", "models", "detection")
_LIBRARIES = ("narwhals", "networkx", "numpy", "polars", "scikit-learn", "scipy")
"""Libraries that compute what a run writes."""
SIMULATED_PREFIX = "SIM-"
"""Prefix of the ids of runs on simulated data, so that every exported row shows what it is."""


@cache
def code_version() -> str:
    """Hash of everything that determines results: code, cards and policy files of the three packages."""
    digest = hashlib.sha256()
    project = Path(__file__).parents[2]
    for package in _PACKAGES:
        for file in sorted((project / package).rglob("*")):
            if file.suffix in {".py", ".toml"}:
                digest.update(file.relative_to(project).as_posix().encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def configuration_digest(configuration: Mapping[str, Any]) -> str:
    """Hash of the settings of a run."""
    return hashlib.sha256(json.dumps(configuration, sort_keys=True, default=str).encode()).hexdigest()[:16]


def made_of(snapshot_id: str, configuration: Mapping[str, Any], key: bytes, *, refit: bool) -> str:
    """Hash of everything that the files of an unfinished run are made of, but the registry of models.

    Args:
        snapshot_id: of the data set.
        configuration: settings of the run.
        key: secret of the pseudonyms.
        refit: whether challengers are fitted.
    """
    libraries = [sys.version, *(f"{name} {version(name)}" for name in _LIBRARIES)]
    content = [
        snapshot_id,
        configuration_digest(configuration),
        code_version(),
        refit,
        libraries,
        fingerprint(key),
    ]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def run_id(
    snapshot_id: str, configuration: Mapping[str, Any], models: Mapping[str, str], *, simulated: bool
) -> str:
    """The id of a run: the same for the same data set, configuration, code, seed and models.

    Args:
        snapshot_id: of the data set.
        configuration: settings of the run.
        models: hash of the content of the model that scored, by kind of entity.
        simulated: whether the data are simulated.
    """
    scored = json.dumps(models, sort_keys=True)
    parts = (snapshot_id, configuration_digest(configuration), code_version(), scored)
    name = hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]
    return (SIMULATED_PREFIX if simulated else "") + name
