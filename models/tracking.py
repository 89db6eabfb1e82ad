"""Experiment runs and the model registry: MLflow's tables and files in the workspace.

A model has a name per entity and set of features (``person-1f3a…``). Data with other features have another model
with its own champion, so that a score never silently changes its meaning. The first run of a name fits and
promotes the champion; later runs score with it; a refit is logged with the alias ``challenger`` only.

MLflow stores absolute paths. Model files are therefore located by their path *inside* the workspace, which is a
tag of the version. A workspace that was moved continues in an experiment of its new location.

A model that the store knows and the registry lacks is an error: a new one would score with another meaning.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from features.errors import WorkspaceError
from features.message import Message, verbatim
from features.registry import Feature
from features.workspace import Workspace
from models.anomaly import Anomaly
from models.content import content_digest
from models.registry.client import Client, errors_of_client, open_client
from models.registry.model_files import NAME, Kept, read_model, write_model
from models.registry.rows import Rows, Version, known_tables
from models.registry.tables import write_tables
from models.settings import model_settings

logger = logging.getLogger(__name__)

EXPERIMENT = "fundwatch"
CHAMPION, CHALLENGER = "champion", "challenger"
_UNUSABLE = "?#%[]"
FORM = "2"
"""Version of what a model learns: it is raised when scores change their meaning, so that no older file is read."""


@dataclass(frozen=True)
class Champion:
    """The model that scores.

    Attributes:
        model: the model.
        version: its name and version.
        content: hash of what it learnt.
    """

    model: Anomaly
    version: str
    content: str


def _open(workspace: Workspace) -> Rows | Client:
    """The workspace's registry, which is made where there is none."""
    _refuse_path(workspace.root.resolve())
    if not workspace.mlflow_db.exists():
        # Made in a draft, so that a killed run leaves no part of it.
        draft = _scratch(workspace) / f"{uuid.uuid4().hex}.db"
        if not write_tables(draft):
            open_client(draft)
        draft.replace(workspace.mlflow_db)
    return Rows(workspace.mlflow_db) if known_tables(workspace.mlflow_db) else Client(workspace.mlflow_db)


def _refuse_path(root: Path) -> None:
    """MLflow would read these letters as parts of an address, and write elsewhere."""
    if set(str(root)) & set(_UNUSABLE):
        raise WorkspaceError(
            "The model registry cannot be kept in a folder whose path has one of these letters: {letters}",
            where=str(root),
            next_step="move or rename the folder",
            letters=" ".join(_UNUSABLE),
        )


def _scratch(workspace: Workspace) -> Path:
    workspace.tmp.mkdir(parents=True, exist_ok=True)
    return workspace.tmp


class Tracker:
    """Runs and models of one workspace.

    Args:
        workspace: whose.
        known: hash of the content of every model that earlier runs scored with, by version; "" where it is not known.
    """

    def __init__(self, workspace: Workspace, known: Mapping[str, str] | None = None) -> None:
        self._workspace = workspace
        self._known = known or {}

    @cached_property
    def _registry(self) -> Rows | Client:
        return _open(self._workspace)

    def champion(self, entity: str, used: Sequence[Feature], fitted: Callable[[], Anomaly]) -> Champion:
        """The model to score with; fitted and promoted when there is none yet.

        Raises:
            WorkspaceError: the registry or the champion's file is missing, cannot be read or was changed.
        """
        name = model_name(entity, used)
        with _readable(self._workspace):
            version = self._registry.version(name, CHAMPION)
            if version is None:
                self._refuse_lost(name)
                model = fitted()
                return Champion(model, self._register(name, model, CHAMPION), content_digest(model))
            kept, title = self._load(version), f"{name} v{version.number}"
        if self._known.get(title, "") not in ("", kept.content):
            raise _lost(Message("{version}: another model than earlier runs scored with", version=title))
        return Champion(kept.model, title, kept.content)

    def _refuse_lost(self, name: str) -> None:
        """A score never changes its meaning without a word: a model that scored before is not fitted anew."""
        earlier = sorted(version for version in self._known if version.startswith(f"{name} "))
        if earlier:
            raise _lost(", ".join(earlier))

    def log_run(
        self,
        entity: str,
        version: str,
        params: Mapping[str, object],
        metrics: Mapping[str, float],
        *,
        challenger: Callable[[], Anomaly] | None = None,
    ) -> None:
        """Log one scoring of an entity; with a challenger, fit and register it next to the champion."""
        with _readable(self._workspace):
            run = self._start(f"score {entity}")
            self._registry.log(run, {**params, "model_version": version}, metrics)
            self._registry.finish(run)
            if challenger is not None:
                self._register(version.partition(" ")[0], challenger(), CHALLENGER)

    def log_evaluation(
        self, params: Mapping[str, object], metrics: Mapping[str, float], files: Mapping[str, bytes]
    ) -> None:
        """Log the comparison of a run with a truth, and its pictures by file name."""
        with _readable(self._workspace):
            self._log_evaluation(params, metrics, files)

    def _log_evaluation(
        self, params: Mapping[str, object], metrics: Mapping[str, float], files: Mapping[str, bytes]
    ) -> None:
        run = self._start("evaluate")
        with tempfile.TemporaryDirectory(dir=_scratch(self._workspace)) as folder:
            for name, content in files.items():
                path = Path(folder) / name
                path.write_bytes(content)
                self._registry.add_file(run, path)
        self._registry.log(run, params, metrics)
        self._registry.finish(run)

    def _register(self, name: str, model: Anomaly, alias: str) -> str:
        """Write the model file, register it as the name's next version and give it the alias."""
        run = self._start(f"fit {name}")
        with tempfile.TemporaryDirectory(dir=_scratch(self._workspace)) as folder:
            path = Path(folder) / NAME
            content = write_model(model, path)
            self._registry.add_file(run, path)
        self._registry.log(run, {"features": ", ".join(model.features), "entities": int(model.size)}, {})
        self._registry.finish(run)
        inside = f"{run}/artifacts/{NAME}"
        version = self._registry.add_version(
            name,
            alias,
            source=(self._workspace.mlflow_files.resolve() / inside).as_uri(),
            run=run,
            tags={"file": inside, "sha256": content},
        )
        logger.info("Fitted %s v%s as %s on %d entities", name, version, alias, int(model.size))
        return f"{name} v{version}"

    def _load(self, version: Version) -> Kept:
        return read_model(self._workspace.mlflow_files, version.tags["file"], version.tags["sha256"])

    def _start(self, title: str) -> str:
        here = self._workspace.mlflow_files.resolve().as_uri()
        return self._registry.start(self._registry.experiment(EXPERIMENT, here), title)


def model_name(entity: str, used: Sequence[Feature]) -> str:
    """Name in the registry: the entity, and a hash of everything that makes scores comparable.

    These are the features with their suspicious sides, the attributes that make peer groups, and `FORM`.
    """
    features = [f"{feature.name} {feature.direction}" for feature in used]
    content = "\n".join([*features, *model_settings().hierarchy[entity], FORM])
    return f"{entity}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"


@contextmanager
def _readable(workspace: Workspace) -> Iterator[None]:
    """Raise an error in words where the registry is damaged or cannot be written."""
    try:
        yield
    except Exception as error:
        if not isinstance(error, (sqlite3.Error, OSError, *_errors_of_client())):
            raise
        raise WorkspaceError(
            "The model registry cannot be read or written.",
            where=str(workspace.mlflow_db),
            next_step="see that the folder is writable and has space; or restore mlflow.db and mlflow/ from a backup",
            problems=[verbatim(type(error).__name__)],
        ) from None


def _errors_of_client() -> tuple[type[Exception], ...]:
    """What MLflow may have raised: nothing before it was imported."""
    return errors_of_client() if "mlflow" in sys.modules else ()


def _lost(what: str) -> WorkspaceError:
    return WorkspaceError(
        "The model registry lacks a model that earlier runs scored with.",
        where=what,
        next_step="restore mlflow.db and the folder mlflow/ from a backup; without one, fit models anew, which "
        "changes scores: run with --accept-missing models",
    )
