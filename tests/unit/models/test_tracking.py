"""Champion and challenger in the workspace's MLflow: who scores, what a refit changes, and that models can move."""

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from support.paths import ROOT
from support.populations import FEATURES, Population, random_population

from features.errors import WorkspaceError
from features.registry import Feature
from features.sealing import digest
from features.workspace import Workspace, open_workspace
from models.registry.client import open_client
from models.registry.model_files import NAME, read_model
from models.scoring import Scored, score_entities
from models.tracking import CHALLENGER, CHAMPION, Tracker, model_name

Fitted = tuple[Workspace, Scored]
FIRST, LATER = random_population(200, seed=1, anomalous=2), random_population(240, seed=2, anomalous=2)


def _scored(
    workspace: Workspace,
    population: Population,
    *,
    refit: bool = False,
    features: Sequence[Feature] = FEATURES,
    known: Mapping[str, str] | None = None,
) -> Scored:
    return score_entities(
        "provider",
        population.features,
        population.attributes,
        population.spend,
        tracker=Tracker(workspace, known),
        seed=3,
        capacity=10,
        refit=refit,
        registered=features,
    )


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Fitted:
    """A workspace after its first run; MLflow takes seconds to make its tables, so it is made once and copied."""
    workspace = open_workspace(tmp_path_factory.mktemp("first") / "ws", create=True)
    return workspace, _scored(workspace, FIRST)


@pytest.fixture
def workspace(fitted: Fitted, tmp_path: Path) -> Workspace:
    """A copy at another place, as if the workspace had been moved."""
    shutil.copytree(fitted[0].root, tmp_path / "moved")
    return open_workspace(tmp_path / "moved")


def _versions(workspace: Workspace) -> dict[str, str]:
    registry = open_client(workspace.mlflow_db)
    name = model_name("provider", FEATURES)
    return {alias: str(v) for alias, v in registry.get_registered_model(name).aliases.items()}


def test_the_first_run_fits_and_promotes_the_champion(fitted: Fitted) -> None:
    workspace, first = fitted
    assert first.model_version == f"{model_name('provider', FEATURES)} v1"
    assert _versions(workspace) == {CHAMPION: "1"}


def test_the_champion_read_back_scores_as_it_did_after_the_fit(fitted: Fitted, workspace: Workspace) -> None:
    assert _scored(workspace, FIRST).frame.equals(fitted[1].frame)


def test_a_later_run_on_other_data_scores_with_the_champion(workspace: Workspace) -> None:
    later = _scored(workspace, LATER)
    assert later.model_version.endswith("v1")
    assert _versions(workspace) == {CHAMPION: "1"}
    # Alone or in a crowd: the same entity gets the same number, whoever else is in the data.
    part = _scored(workspace, LATER.reordered(np.arange(40)))
    both = part.frame.join(later.frame, on="entity_id")
    assert len(both) == 40
    assert both["score"].equals(both["score_right"], check_names=False)


def test_a_refit_logs_a_challenger_and_changes_no_score(workspace: Workspace) -> None:
    before = _scored(workspace, LATER)
    after = _scored(workspace, LATER, refit=True)
    assert after.frame.equals(before.frame)
    assert _versions(workspace) == {CHAMPION: "1", CHALLENGER: "2"}


def test_data_with_other_features_have_a_champion_of_their_own(workspace: Workspace) -> None:
    other = _scored(workspace, FIRST, features=FEATURES[:3])
    assert other.model_version == f"{model_name('provider', FEATURES[:3])} v1"
    assert _versions(workspace) == {CHAMPION: "1"}


def test_what_is_logged_after_a_move_lies_in_the_new_place(fitted: Fitted, workspace: Workspace) -> None:
    before = sorted(fitted[0].mlflow_files.rglob(NAME))
    _scored(workspace, LATER, refit=True)
    assert sorted(fitted[0].mlflow_files.rglob(NAME)) == before
    assert len(list(workspace.mlflow_files.rglob(NAME))) == len(before) + 1


def test_a_changed_model_file_is_refused(workspace: Workspace) -> None:
    file = next(workspace.mlflow_files.rglob(NAME))
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(WorkspaceError, match="missing or was changed"):
        _scored(workspace, FIRST)


def test_the_champion_read_back_has_the_same_content(fitted: Fitted, workspace: Workspace) -> None:
    assert len(fitted[1].content) == 16
    assert _scored(workspace, LATER).content == fitted[1].content
    other = _scored(workspace, FIRST, features=FEATURES[:3]).content
    assert other not in ("", fitted[1].content)


@pytest.mark.parametrize("loss", ["gone", "empty", "another"])
def test_a_lost_registry_is_refused_and_not_begun_again(
    fitted: Fitted, workspace: Workspace, loss: str
) -> None:
    known = {fitted[1].model_version: fitted[1].content}
    if loss == "gone":
        workspace.mlflow_db.unlink()
    elif loss == "empty":
        workspace.mlflow_db.write_bytes(b"")
    else:
        known = {fitted[1].model_version: "0123456789abcdef"}
    with pytest.raises(WorkspaceError, match="lacks a model") as refused:
        _scored(workspace, LATER, known=known)
    assert "restore mlflow.db" in refused.value.next_step


def test_a_registry_that_is_no_database_is_refused_in_words(workspace: Workspace) -> None:
    workspace.mlflow_db.write_bytes(b"garbage" * 1_000)
    with pytest.raises(WorkspaceError, match="cannot be read or written"):
        _scored(workspace, LATER)


def test_a_model_file_outside_the_workspace_is_not_read(workspace: Workspace) -> None:
    file = next(workspace.mlflow_files.rglob(NAME))
    outside = file.rename(workspace.root / "outside.npz")
    place = file.relative_to(workspace.mlflow_files).as_posix()
    up = outside.relative_to(workspace.root)
    with pytest.raises(WorkspaceError, match="missing or was changed"):
        read_model(workspace.mlflow_files, f"../{up}", digest(outside))
    outside.rename(file)
    assert read_model(workspace.mlflow_files, place, digest(file)).model.entity == "provider"


@pytest.mark.parametrize("name", ["a?b", "100%20", "[2024]", "a#b"])
def test_a_path_that_the_registry_would_read_otherwise_is_refused(tmp_path: Path, name: str) -> None:
    space = open_workspace(tmp_path / name, create=True)
    with pytest.raises(WorkspaceError, match="one of these letters"):
        _scored(space, FIRST)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_no_pickle_is_written_and_nothing_half_done_is_left(fitted: Fitted) -> None:
    names = {path.name for path in fitted[0].mlflow_files.rglob("*") if path.is_file()}
    assert names == {NAME}
    assert not list(fitted[0].tmp.iterdir())


def test_the_runs_carry_parameters_and_measurements(fitted: Fitted) -> None:
    client = open_client(fitted[0].mlflow_db)
    experiment = client.get_experiment_by_name("fundwatch")
    run = client.search_runs([experiment.experiment_id], "attributes.run_name = 'score provider'")[0]
    assert run.data.params["capacity"] == "10"
    assert run.data.params["trees"] == "300"
    assert run.data.metrics["entities"] == 200


def test_reading_the_code_loads_neither_mlflow_nor_scikit_learn() -> None:
    """So that ``fundwatch --help`` stays instant."""
    code = "import sys, models.scoring, models.tracking; print({'mlflow', 'sklearn'} & set(sys.modules))"
    root = ROOT
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_new_registry_is_written_without_importing_mlflow(tmp_path: Path) -> None:
    """So that a small run takes seconds."""
    code = (
        "import sys; from pathlib import Path; from features.workspace import open_workspace;"
        "from models.tracking import Tracker; workspace = open_workspace(Path(sys.argv[1]), create=True);"
        "Tracker(workspace).log_run('person', 'v1', {'seed': 1}, {'entities': 2.0});"
        "print({'mlflow', 'pandas', 'sqlalchemy'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "ws")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
    runs = open_client(tmp_path / "ws" / "mlflow.db").search_runs(["1"])
    assert [(run.info.run_name, run.data.metrics) for run in runs] == [("score person", {"entities": 2.0})]
