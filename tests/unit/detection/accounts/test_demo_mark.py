"""Only what our own simulator made may be shown without a sign-in; nothing in an export can say that it is."""

from __future__ import annotations

import json
from pathlib import Path

from support.dashboard_fixtures import fill
from support.dashboard_manifest import manifest
from support.dashboard_runs import SNAPSHOT
from support.dashboard_store import build, build_empty
from support.signing_in import add_user

from detection.accounts.demo import record_demo
from detection.accounts.opening import open_accounts
from detection.store.queries.reader import open_reader


def test_a_demo_is_open_until_it_has_users(tmp_path: Path) -> None:
    workspace = fill(tmp_path / "ws", alerts_of_each=1)
    assert open_accounts(workspace).open_as_demo()
    add_user(workspace, "wang")
    assert not open_accounts(workspace).open_as_demo()


def test_a_file_in_an_import_makes_no_demo(tmp_path: Path) -> None:
    """The run says simulated, as an export with simulated.json would make it say."""
    space, _ = build(tmp_path / "ws", manifest(), alerts_of_each=1)
    with open_reader(space.root) as reader:
        assert reader is not None and reader.current_run().simulated
    (space.root / "simulated.json").write_text('{"simulated": true, "demo_snapshots": ["' + SNAPSHOT + '"]}')
    assert not open_accounts(space.root).open_as_demo()


def test_other_data_close_a_demo(tmp_path: Path) -> None:
    workspace = fill(tmp_path / "ws", alerts_of_each=1)
    accounts = open_accounts(workspace)
    assert accounts.open_as_demo()
    (workspace / "snapshots" / "another").mkdir()
    assert not accounts.open_as_demo()


def test_runs_on_other_data_close_a_demo_also_when_their_files_were_purged(tmp_path: Path) -> None:
    space, _ = build(tmp_path / "ws", manifest(), alerts_of_each=1)
    record_demo(space, "another")
    assert not open_accounts(space.root).open_as_demo()
    record_demo(space, SNAPSHOT)
    assert open_accounts(space.root).open_as_demo()
    assert json.loads((space.root / "workspace.json").read_text())["layout_version"] == 1


def test_an_empty_workspace_is_no_demo(tmp_path: Path) -> None:
    assert not open_accounts(build_empty(tmp_path / "ws").root).open_as_demo()
