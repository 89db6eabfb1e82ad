"""Experiment runs and the model registry. The only file that imports MLflow.

A model has a name per entity and set of features (``person-1f3a…``). Data with other features have another model
with its own champion, so that a score never silently changes its meaning. The first run of a name fits and
promotes the champion; later runs score with it; a refit is logged with the alias ``challenger`` only.

MLflow stores absolute paths. Model files are therefore located by their path *inside* the workspace, which is a
tag of the version. A workspace that was moved continues in an experiment of its new location.

Models are written by skops, never pickled, and read back with the fixed list of types below, not with a list
that comes with the file. The content is compared with the hash stored at registration.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import uuid
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from features.errors import WorkspaceError
from features.registry import Feature
from features.workspace import Workspace
from models.anomaly import Anomaly
from models.settings import model_settings

logger = logging.getLogger(__name__)

EXPERIMENT = "fundwatch"
CHAMPION, CHALLENGER = "champion", "challenger"
FORM = "2"
"""Version of the content of model files.

It is raised when the attributes of a class in `TRUSTED` change, so that no older file is read.
"""
TRUSTED = (
    "models.anomaly.Anomaly",
    "models.forest.Forest",
    "models.neighbours.Neighbours",
    "models.peers.Peers",
    "models.tails.Tails",
    "sklearn.tree._tree.Tree",
)
"""Types that a model file may hold beyond those that skops itself trusts. Reviewed by hand; each holds data only."""


def _open(workspace: Workspace) -> Any:
    """MLflow's client on the workspace's SQLite file; importing it takes seconds."""
    # MLflow reads these when it is imported, and would otherwise report its use to its makers. They are the
    # only exception to "no environment variable below the command line": there is no other switch.
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    os.environ["DO_NOT_TRACK"] = "true"
    from mlflow import MlflowClient

    logging.getLogger("mlflow").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)

    def open_client(path: Path) -> Any:
        uri = f"sqlite:///{path.resolve()}"
        return MlflowClient(tracking_uri=uri, registry_uri=uri)

    if not workspace.mlflow_db.exists():
        # MLflow makes its tables in some fifty steps: done in a draft, so that a killed run leaves none.
        draft = _scratch(workspace) / f"{uuid.uuid4().hex}.db"
        open_client(draft)
        draft.replace(workspace.mlflow_db)
    return open_client(workspace.mlflow_db)


def _scratch(workspace: Workspace) -> Path:
    workspace.tmp.mkdir(parents=True, exist_ok=True)
    return workspace.tmp


class Tracker:
    """Runs and models of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._client: Any = None

    @property
    def _mlflow(self) -> Any:
        if self._client is None:
            self._client = _open(self._workspace)
        return self._client

    def champion(
        self, entity: str, used: Sequence[Feature], fitted: Callable[[], Anomaly]
    ) -> tuple[Anomaly, str]:
        """The model to score with, and its version; fitted and promoted when there is none yet.

        Raises:
            WorkspaceError: the champion's file is missing or was changed.
        """
        name = model_name(entity, used)
        version = self._version(name, CHAMPION)
        if version is None:
            model = fitted()
            return model, self._register(name, model, CHAMPION)
        return self._load(version), f"{name} v{version.version}"

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
        run = self._start(f"score {entity}")
        self._log(run, {**params, "model_version": version}, metrics)
        self._mlflow.set_terminated(run)
        if challenger is not None:
            self._register(version.partition(" ")[0], challenger(), CHALLENGER)

    def log_evaluation(
        self, params: Mapping[str, object], metrics: Mapping[str, float], files: Mapping[str, bytes]
    ) -> None:
        """Log the comparison of a run with a truth, and its pictures by file name."""
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
            path = Path(folder) / "model.skops"
            content = _write(model, path)
            self._mlflow.log_artifact(run, str(path))
        self._log(run, {"features": ", ".join(model.features), "entities": int(model.size)}, {})
        self._mlflow.set_terminated(run)
        inside = f"{run}/artifacts/model.skops"
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

    def _load(self, version: Any) -> Anomaly:
        path = self._workspace.mlflow_files / version.tags["file"]
        if not path.exists() or _digest(path) != version.tags["sha256"]:
            raise WorkspaceError(
                "A model file of the workspace is missing or was changed.",
                where=version.tags["file"],
                next_step="restore the folder mlflow/ from a backup, or start a new workspace",
            )
        import skops.io

        model: Anomaly = skops.io.load(path, trusted=list(TRUSTED))
        return model

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


def _write(model: Anomaly, path: Path) -> str:
    """Write a model file, check that it may be read back, and return its hash.

    Raises:
        WorkspaceError: it contains a type that is not reviewed.
    """
    import skops.io

    skops.io.dump(model, path, compression=zipfile.ZIP_DEFLATED)
    unknown = sorted(set(skops.io.get_untrusted_types(file=path)) - set(TRUSTED))
    if unknown:
        raise WorkspaceError("The model contains types that are not reviewed.", problems=unknown)
    return _digest(path)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
