"""Of a workspace that may not be written no file is taken: nothing leaves without its record."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from support.accounts import WITHOUT_RIGHTS, unprivileged
from support.drafts import a_draft
from support.signing_in import LI
from support.store_runs import Store

from detection.export.export import export
from detection.followup.exports import AlertList, export_list
from detection.store.queries import Filters, open_store, stored
from detection.store.queries.disclosure.log import last_exports
from features.errors import StoreError
from features.workspace import open_workspace

AT = "2026-11-30T12:00:00"


def test_an_export_of_a_read_only_workspace_is_refused_and_says_why(store: Store) -> None:
    store.run("r1", a_draft("one"))
    with tempfile.TemporaryDirectory() as parent:
        root = Path(shutil.copytree(store.workspace.root, Path(parent) / "ws"))
        for path in (*root.rglob("*"), root, Path(parent)):
            path.chmod(0o500 if path.is_dir() else 0o400)
            if os.geteuid() == 0:
                os.chown(path, WITHOUT_RIGHTS, -1)
        out = Path(parent) / "alerts.csv"
        with unprivileged():
            space = open_workspace(root)
            with open_store(space) as reader:
                assert len(stored.alerts(reader, Filters())) == 1, "it can be read"
            with pytest.raises(StoreError, match="No file leaves without its record") as refused:
                export_list(root, AlertList(Filters()), file_format="csv", language="en", actor=LI, at=AT)
            assert "may write to the workspace" in refused.value.next_step
            with pytest.raises(StoreError, match="No file leaves without its record"):
                export(space, "alerts", file_format="csv", out=out, actor="li", at=AT)
        assert not out.exists()
        for path in (Path(parent), root, *root.rglob("*")):
            path.chmod(0o700)
    with open_store(store.workspace) as reader:
        assert last_exports(reader, 5) == []
