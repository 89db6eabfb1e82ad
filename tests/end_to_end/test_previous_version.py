"""A workspace that the previous version made opens, migrates, shows everything and runs again.

``tests/support/previous_version.tar.gz`` holds a few hundred simulated people (``data``) and the workspace that the
previous version made of them, with decisions on six alerts. The models are left out, and the run says that they are to
be fitted anew.
"""

from __future__ import annotations

import sqlite3
import tarfile
from pathlib import Path

import pytest
from support.commands import fundwatch
from support.query_layer import answers, public_queries

from detection.run.pipeline import RunRequest, run
from detection.store.migrations.revisions import SCHEMA_REVISION
from detection.store.queries import open_store
from detection.store.queries.sheets import evidence_sheet
from features.errors import StoreError, WorkspaceError
from features.workspace import open_workspace
from features.workspace.opening import secure_workspace

ARCHIVE = Path(__file__).parents[1] / "support" / "previous_version.tar.gz"
NOW = "2026-11-30T08:00:00"
HANDLED = {"triaged", "dismissed", "escalated", "snoozed"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("previous")
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(path, filter="data")
    (path / "workspace").chmod(0o755)  # as earlier versions left it
    with pytest.raises(WorkspaceError, match="fundwatch secure"):
        open_workspace(path / "workspace")
    secure_workspace(path / "workspace")
    return path


def stored(folder: Path) -> dict[str, tuple[str, str, int, str]]:
    """Detector, status, fen at issue and severity of each alert, by id."""
    query = "SELECT alert_id, detector, status, amount_at_issue, severity FROM alert"
    with sqlite3.connect(folder / "workspace" / "store.sqlite") as connection:
        return {alert_id: tuple(row) for alert_id, *row in connection.execute(query)}


def events(folder: Path) -> list[tuple[str, ...]]:
    """What people did to alerts."""
    query = "SELECT alert_id, at, actor, action, note FROM alert_event WHERE actor = 'li' ORDER BY event_id"
    with sqlite3.connect(folder / "workspace" / "store.sqlite") as connection:
        return connection.execute(query).fetchall()


def revision(folder: Path) -> str:
    with sqlite3.connect(folder / "workspace" / "store.sqlite") as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def test_a_workspace_of_the_previous_version_is_opened_shown_and_run_again(
    folder: Path,
) -> None:
    before, decisions = stored(folder), events(folder)
    assert revision(folder) == "0002" != SCHEMA_REVISION
    assert {status for _, status, *_ in before.values()} == {"new", *HANDLED}
    assert len(decisions) == 6

    workspace = open_workspace(folder / "workspace")
    with open_store(workspace) as reader:
        for name, query in public_queries():
            if query is not evidence_sheet:
                answers(reader, name, query)
        with pytest.raises(StoreError, match="has no evidence"):
            evidence_sheet(reader)
    assert revision(folder) == SCHEMA_REVISION, "reading brings the store up to date"
    assert stored(folder) == before

    alert_id = next(alert_id for alert_id, row in before.items() if row[0] == "family_authorization")
    for language, law in (("en", "State Council Order No. 735, art. "), ("zh", "国务院令第735号第")):
        printed = fundwatch("explain", alert_id, "--workspace", workspace.root, "--language", language)
        assert printed.code == 0
        assert law in printed.out

    done = run(
        RunRequest(
            data=folder / "data",
            workspace=workspace.root,
            area="320600",
            profile="illustrative",
            now=NOW,
            accept_missing=("models",),
        )
    )
    after = stored(folder)
    assert events(folder) == decisions
    assert {key for key, row in before.items() if row[1] in HANDLED} == {
        key for key, row in after.items() if row[1] in HANDLED
    }
    assert before.keys() <= after.keys(), "no alert disappears"
    for alert_id, (detector, status, *_) in before.items():
        assert after[alert_id][0] == detector
        assert after[alert_id][1] == status or (status, after[alert_id][1]) == ("new", "closed")
    certain = {key for key, row in before.items() if row[0] == "family_authorization"}
    assert certain and {key: after[key][1:3] for key in certain} == {key: before[key][1:3] for key in certain}
    assert done.changed + done.same + done.closed + done.not_assessed == len(before)
    assert done.new == len(after) - len(before)
    with open_store(workspace) as reader:
        assert evidence_sheet(reader).height > 30, "a new run has what the previous version did not have"
