"""Model files: numbers as NumPy's arrays, all else as JSON; never pickled, so that reading one runs no code.

The content of a file is compared with the hash stored at registration. Files of an earlier form are read too
(`models.registry.skops_files`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from features.errors import WorkspaceError
from features.sealing import digest
from models.anomaly import SCORERS, Anomaly
from models.content import content_digest

NAME = "model.npz"
_VALUES = "values"
_PLAIN: dict[str, tuple[str, ...]] = {
    "": ("entity", "features", "hierarchy", "size", "unit"),
    "peers": ("directions", "groups"),
    "forest": ("usual_length", "features"),
}
"""Numbers, texts and lists of a model, by part; "" is the model itself."""
_ARRAYS: dict[str, tuple[str, ...]] = {
    "": ("levels",),
    "peers": ("levels", "centre", "scale", "size", "grid", "source"),
    "forest": ("left", "right", "feature", "cut", "length"),
    "neighbours": ("centroids",),
}
"""Arrays of a model, by part. What is not named in either is not kept."""


@dataclass(frozen=True)
class Kept:
    """A model that was read back.

    Attributes:
        model: the model.
        content: `content_digest` of what the file holds.
    """

    model: Anomaly
    content: str


def write_model(model: Anomaly, path: Path) -> str:
    """Write a model file, and return its hash."""
    plain = {
        part: {name: getattr(_part(model, part), name) for name in names} for part, names in _PLAIN.items()
    }
    arrays = {
        f"{part}.{name}": getattr(_part(model, part), name)
        for part, names in _ARRAYS.items()
        for name in names
    }
    grids = {f"grids.{name}": model.grids[name] for name in SCORERS}
    np.savez_compressed(path, allow_pickle=False, **{_VALUES: np.array(json.dumps(plain))}, **arrays, **grids)
    return digest(path)


def read_model(folder: Path, place: str, sha256: str) -> Kept:
    """Read a model file.

    Args:
        folder: of all model files.
        place: of the file in it.
        sha256: hash of the file at registration.

    Raises:
        WorkspaceError: it is missing, was changed, or lies outside the folder.
    """
    path = folder / place
    inside = path.resolve().is_relative_to(folder.resolve())
    if not inside or not path.is_file() or digest(path) != sha256:
        raise WorkspaceError(
            "A model file of the workspace is missing or was changed.",
            where=place,
            next_step="restore the folder mlflow/ from a backup, or start a new workspace",
        )
    if path.suffix == ".skops":
        from models.registry.skops_files import read_skops

        earlier = read_skops(path)
        content = content_digest(earlier)
        grown = vars(earlier.forest).pop("forest")
        earlier.forest.keep([tree.tree_ for tree in grown.estimators_], grown.max_samples_)
        return Kept(earlier, content)
    model = _read(path)
    return Kept(model, content_digest(model))


def _read(path: Path) -> Anomaly:
    with np.load(path, allow_pickle=False) as file:
        plain = json.loads(str(file[_VALUES]))
        own = plain[""]
        model = Anomaly(own["entity"], own["features"], plain["peers"]["directions"], own["hierarchy"])
        for part, values in plain.items():
            for name, value in values.items():
                setattr(_part(model, part), name, value)
        for part, names in _ARRAYS.items():
            for name in names:
                setattr(_part(model, part), name, file[f"{part}.{name}"])
        model.grids = {name: file[f"grids.{name}"] for name in SCORERS}
    return model


def _part(model: Anomaly, part: str) -> Any:
    return getattr(model, part) if part else model
