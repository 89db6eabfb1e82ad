"""Experiment runs and the model registry. The only file that knows MLflow.

A model has a name per entity and set of features (``person-1f3a…``): data with other features are another model,
with a champion of its own, so that a score never silently changes its meaning. The first run of a name fits and
promotes the champion; later runs score with it; a refit is logged with the alias ``challenger`` only.

MLflow stamps absolute paths. Model files are therefore found by their path *inside* the workspace, kept
as a tag of the version, and a workspace that was moved goes on in an experiment of its new place.

Models are written by skops, never pickled, and read back with the fixed list of types below, not with a list
that comes with the file. The content is checked against the hash noted when it was registered.
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
from models.decided import decided

logger = logging.getLogger(__name__)

EXPERIMENT = "fundwatch"
CHAMPION, CHALLENGER = "champion", "challenger"
FORM = "2"
"""What a model file holds; raised when the attributes of a class in `TRUSTED` change, so that no old file is read."""
TRUSTED = (
    "models.anomaly.Anomaly",
    "models.forest.Forest",
    "models.neighbours.Neighbours",
    "models.peers.Peers",
    "models.tails.Tails",
    "sklearn.tree._tree.Tree",
)
"""Types that a model file may hold beyond those that skops itself trusts. Reviewed by hand; each holds data only."""


def _client(workspace: Workspace) -> Any:
    """MLflow's client on the workspace's SQLite file; importing it takes seconds."""
    # MLflow reads these once, on import, and would otherwise report its use to its makers. They are the
    # one exception to "no environment variable below the command line": there is no other switch.
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    os.environ["DO_NOT_TRACK"] = "true"
    from mlflow import MlflowClient

    logging.getLogger("mlflow").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)

    def opened(path: Path) -> Any:
        uri = f"sqlite:///{path.resolve()}"
        return MlflowClient(tracking_uri=uri, registry_uri=uri)

    if not workspace.mlflow_db.exists():
        # MLflow makes its tables in some fifty steps: done aside, so that a run killed meanwhile leaves none.
        draft = _scratch(workspace) / f"{uuid.uuid4().hex}.db"
        opened(draft)
        draft.replace(workspace.mlflow_db)
    return opened(workspace.mlflow_db)


def _scratch(workspace: Workspace) -> Path:
    workspace.tmp.mkdir(parents=True, exist_ok=True)
    return workspace.tmp


class Tracker:
    """Runs and models of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._opened: Any = None

    @property
    def _mlflow(self) -> Any:
        if self._opened is None:
            self._opened = _client(self._workspace)
        return self._opened

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
        params: Mapping[str, Any],
        metrics: Mapping[str, float],
        *,
        challenger: Callable[[], Anomaly] | None = None,
    ) -> None:
        """Log one scoring of an entity; with a challenger, fit and register it beside the champion."""
        run = self._start(f"score {entity}")
        self._log(run, {**params, "model_version": version}, metrics)
        self._mlflow.set_terminated(run)
        if challenger is not None:
            self._register(version.partition(" ")[0], challenger(), CHALLENGER)

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
            content = _written(model, path)
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
        """The experiment of the place where the workspace lies now."""
        here = self._workspace.mlflow_files.resolve().as_uri()
        found = self._mlflow.get_experiment_by_name(EXPERIMENT)
        if found is not None and found.artifact_location != here:
            self._mlflow.rename_experiment(found.experiment_id, f"{EXPERIMENT} {found.experiment_id} (moved)")
            found = None
        if found is None:
            return str(self._mlflow.create_experiment(EXPERIMENT, artifact_location=here))
        return str(found.experiment_id)

    def _log(self, run: str, params: Mapping[str, Any], metrics: Mapping[str, float]) -> None:
        from mlflow.entities import Metric, Param

        self._mlflow.log_batch(
            run,
            metrics=[Metric(name, value, 0, 0) for name, value in metrics.items()],
            params=[Param(name, str(value)) for name, value in params.items()],
        )


def model_name(entity: str, used: Sequence[Feature]) -> str:
    """Name in the registry: the entity, and a hash of what makes scores comparable at all.

    These are the features with their suspicious sides, the attributes that make peers, and what a model holds.
    """
    listed = "\n".join([f"{one.name} {one.direction}" for one in used] + decided().hierarchy[entity] + [FORM])
    return f"{entity}-{hashlib.sha256(listed.encode()).hexdigest()[:8]}"


def _written(model: Anomaly, path: Path) -> str:
    """Write a model file, check that it may be read back, and return its hash.

    Raises:
        WorkspaceError: it holds a type that nobody reviewed.
    """
    import skops.io

    skops.io.dump(model, path, compression=zipfile.ZIP_DEFLATED)
    unknown = sorted(set(skops.io.get_untrusted_types(file=path)) - set(TRUSTED))
    if unknown:
        raise WorkspaceError("The model holds types that nobody has reviewed.", problems=unknown)
    return _digest(path)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
