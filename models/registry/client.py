"""The registry through MLflow's client, for databases whose tables only MLflow knows.

The only file that imports MLflow, which takes seconds; `models.registry.rows` does the same with the tables themselves.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.registry.rows import Version


def report_nothing() -> None:
    """Switch off what MLflow reports to its makers; called before it is imported, which is when it reads these.

    They are the only exception to "no environment variable below the command line": there is no other switch.
    """
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    os.environ["DO_NOT_TRACK"] = "true"


def open_client(database: Path) -> Any:
    """MLflow's client on a SQLite file, with its tables; importing it takes seconds."""
    report_nothing()
    from mlflow import MlflowClient

    # It would print tracebacks; errors are raised in words.
    logging.getLogger("mlflow").setLevel(logging.CRITICAL)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    uri = f"sqlite:///{database.resolve()}"
    return MlflowClient(tracking_uri=uri, registry_uri=uri)


def errors_of_client() -> tuple[type[Exception], ...]:
    """What MLflow raises where a registry is damaged or cannot be written."""
    from alembic.util import CommandError
    from mlflow.exceptions import MlflowException
    from sqlalchemy.exc import SQLAlchemyError

    return MlflowException, SQLAlchemyError, CommandError


class Client:
    """The methods of `models.registry.rows.Rows`, as MLflow does them."""

    def __init__(self, database: Path) -> None:
        self._mlflow = open_client(database)

    def experiment(self, name: str, location: str) -> str:
        """The experiment of that name at a location; one elsewhere is renamed."""
        experiment = self._mlflow.get_experiment_by_name(name)
        if experiment is not None and experiment.artifact_location == location:
            return str(experiment.experiment_id)
        if experiment is not None:
            number = experiment.experiment_id
            self._mlflow.rename_experiment(number, f"{name} {number} (moved)")
        return str(self._mlflow.create_experiment(name, artifact_location=location))

    def start(self, experiment: str, title: str) -> str:
        """Begin a run, and return its id."""
        return str(self._mlflow.create_run(experiment, run_name=title).info.run_id)

    def add_file(self, run: str, path: Path) -> None:
        """Copy a file to those of a run."""
        self._mlflow.log_artifact(run, str(path))

    def log(self, run: str, params: Mapping[str, object], metrics: Mapping[str, float]) -> None:
        """Add parameters and measurements to a run."""
        from mlflow.entities import Metric, Param

        self._mlflow.log_batch(
            run,
            metrics=[Metric(name, value, 0, 0) for name, value in metrics.items()],
            params=[Param(name, str(value)) for name, value in params.items()],
        )

    def finish(self, run: str) -> None:
        """End a run."""
        self._mlflow.set_terminated(run)

    def version(self, model: str, alias: str) -> Version | None:
        """The version of a model that has the alias; None where there is none."""
        from mlflow.exceptions import MlflowException

        try:
            version = self._mlflow.get_model_version_by_alias(model, alias)
        except MlflowException as missing:
            if missing.error_code in ("RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"):
                return None
            raise
        return Version(int(version.version), dict(version.tags))

    def add_version(self, model: str, alias: str, source: str, run: str, tags: Mapping[str, str]) -> int:
        """Register the next version of a model with the alias, and return its number."""
        if not self._mlflow.search_registered_models(f"name = '{model}'"):
            self._mlflow.create_registered_model(model)
        version = self._mlflow.create_model_version(model, source=source, run_id=run, tags=dict(tags))
        self._mlflow.set_registered_model_alias(model, alias, version.version)
        return int(version.version)
