"""Model files: written by skops, never pickled, and read back with a fixed list of reviewed types.

The list does not come with the file, and the content is compared with the hash stored at registration.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from features.errors import WorkspaceError
from features.sealing import digest
from models.anomaly import Anomaly

TRUSTED = (
    "models.anomaly.Anomaly",
    "models.forest.Forest",
    "models.neighbours.Neighbours",
    "models.peers.Peers",
    "models.tails.Tails",
    "sklearn.tree._tree.Tree",
)
"""Types that a model file may hold beyond those that skops itself trusts. Reviewed by hand; each holds data only."""


def write_model(model: Anomaly, path: Path) -> str:
    """Write a model file, check that it may be read back, and return its hash.

    Raises:
        WorkspaceError: it contains a type that is not reviewed.
    """
    import skops.io

    skops.io.dump(model, path, compression=zipfile.ZIP_DEFLATED)
    unknown = sorted(set(skops.io.get_untrusted_types(file=path)) - set(TRUSTED))
    if unknown:
        raise WorkspaceError("The model contains types that are not reviewed.", problems=unknown)
    return digest(path)


def read_model(folder: Path, place: str, sha256: str) -> Anomaly:
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
    import skops.io

    model: Anomaly = skops.io.load(path, trusted=list(TRUSTED))
    return model
