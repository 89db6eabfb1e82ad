"""Experiment runs and the model registry. The only file that imports MLflow.

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
import os
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from features.errors import WorkspaceError
from features.message import Message, verbatim
from features.registry import Feature
from features.workspace import Workspace
from models.anomaly import Anomaly
from models.content import content_digest
from models.registry.model_files import NAME, Kept, read_model, write_model
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


def _report_nothing() -> None:
    """Switch off what MLflow reports to its makers; called before it is imported, which is when it reads these.

    They are the only exception to "no environment variable below the command line": there is no other switch.
    """
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    os.environ["DO_NOT_TRACK"] = "true"


def open_client(database: Path) -> Any:
    """MLflow's client on a SQLite file, with its tables; importing it takes seconds."""
    _report_nothing()
    from mlflow import MlflowClient

    # It would print tracebacks; errors are raised in words.
    logging.getLogger("mlflow").setLevel(logging.CRITICAL)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    uri = f"sqlite:///{database.resolve()}"
    return MlflowClient(tracking_uri=uri, registry_uri=uri)


def _open(workspace: Workspace) -> Any:
    """MLflow's client on the workspace's registry, which is made where there is none."""
    _refuse_path(workspace.root.resolve())
    if not workspace.mlflow_db.exists():
        # Made in a draft, so that a killed run leaves no part of it.
        draft = _scratch(workspace) / f"{uuid.uuid4().hex}.db"
        if not write_tables(draft):
            open_client(draft)
        draft.replace(workspace.mlflow_db)
    return open_client(workspace.mlflow_db)


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
        self._client: Any = None

    @property
    def _mlflow(self) -> Any:
        if self._client is None:
            self._client = _open(self._workspace)
        return self._client

    def champion(self, entity: str, used: Sequence[Feature], fitted: Callable[[], Anomaly]) -> Champion:
        """The model to score with; fitted and promoted when there is none yet.

        Raises:
            WorkspaceError: the registry or the champion's file is missing, cannot be read or was changed.
        """
        name = model_name(entity, used)
        with _readable(self._workspace):
            version = self._version(name, CHAMPION)
            if version is None:
                self._refuse_lost(name)
                model = fitted()
                return Champion(model, self._register(name, model, CHAMPION), content_digest(model))
            kept, title = self._load(version), f"{name} v{version.version}"
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
            self._log(run, {**params, "model_version": version}, metrics)
            self._mlflow.set_terminated(run)
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
                self._mlflow.log_artifact(run, str(path))
        self._log(run, params, metrics)
        self._mlflow.set_terminated(run)

    def _version(self, name: str, alias: str) -> Any:
        from mlflow.exceptions import MlflowException

        try:
            return self._mlflow.get_model_version_by_alias(name, alias)
        except MlflowException as missing:
            if missing.error_code in ("RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"):
                return None
            raise

    def _register(self, name: str, model: Anomaly, alias: str) -> str:
        """Write the model file, register it as the name's next version and give it the alias."""
        run = self._start(f"fit {name}")
        with tempfile.TemporaryDirectory(dir=_scratch(self._workspace)) as folder:
            path = Path(folder) / NAME
            content = write_model(model, path)
            self._mlflow.log_artifact(run, str(path))
        self._log(run, {"features": ", ".join(model.features), "entities": int(model.size)}, {})
        self._mlflow.set_terminated(run)
        inside = f"{run}/artifacts/{NAME}"
        if not self._mlflow.search_registered_models(f"name = '{name}'"):
            self._mlflow.create_registered_model(name)
        version = self._mlflow.create_model_version(
            name,
            source=(self._workspace.mlflow_files.resolve() / inside).as_uri(),
            run_id=run,
            tags={"file": inside, "sha256": content},
        )
        self._mlflow.set_registered_model_alias(name, alias, version.version)
        logger.info("Fitted %s v%s as %s on %d entities", name, version.version, alias, int(model.size))
        return f"{name} v{version.version}"

    def _load(self, version: Any) -> Kept:
        return read_model(self._workspace.mlflow_files, version.tags["file"], version.tags["sha256"])

    def _start(self, title: str) -> str:
        run = self._mlflow.create_run(self._experiment(), run_name=title)
        return str(run.info.run_id)

    def _experiment(self) -> str:
        """The experiment of the workspace's current location."""
        here = self._workspace.mlflow_files.resolve().as_uri()
        experiment = self._mlflow.get_experiment_by_name(EXPERIMENT)
        if experiment is None:
            return str(self._mlflow.create_experiment(EXPERIMENT, artifact_location=here))
        if experiment.artifact_location != here:
            moved = f"{EXPERIMENT} {experiment.experiment_id} (moved)"
            self._mlflow.rename_experiment(experiment.experiment_id, moved)
            return str(self._mlflow.create_experiment(EXPERIMENT, artifact_location=here))
        return str(experiment.experiment_id)

    def _log(self, run: str, params: Mapping[str, object], metrics: Mapping[str, float]) -> None:
        from mlflow.entities import Metric, Param

        self._mlflow.log_batch(
            run,
            metrics=[Metric(name, value, 0, 0) for name, value in metrics.items()],
            params=[Param(name, str(value)) for name, value in params.items()],
        )


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
    _report_nothing()
    from alembic.util import CommandError
    from mlflow.exceptions import MlflowException
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except (MlflowException, SQLAlchemyError, CommandError, OSError) as error:
        raise WorkspaceError(
            "The model registry cannot be read or written.",
            where=str(workspace.mlflow_db),
            next_step="see that the folder is writable and has space; or restore mlflow.db and mlflow/ from a backup",
            problems=[verbatim(type(error).__name__)],
        ) from None


def _lost(what: str) -> WorkspaceError:
    return WorkspaceError(
        "The model registry lacks a model that earlier runs scored with.",
        where=what,
        next_step="restore mlflow.db and the folder mlflow/ from a backup; without one, fit models anew, which "
        "changes scores: run with --accept-missing models",
    )
