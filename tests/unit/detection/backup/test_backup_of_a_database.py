"""A backup of a team's workspace holds its database, and brings it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.drafts import a_draft
from support.postgres import Server
from support.store_runs import Store

from detection.backup.restoring import restore
from detection.backup.saving import save
from detection.store.queries import Filters, open_store, stored
from features.errors import StoreError, UsageError
from features.workspace.place import Place

ONE = a_draft("one")


def test_alerts_in_a_database_come_back_into_an_empty_one(postgres: Server, tmp_path: Path) -> None:
    database = postgres.database_with_tables()
    store = Store(tmp_path / "team", database=database)
    store.run("r1", ONE)
    store.act(ONE, "triage")
    archive, key = tmp_path / "ws.tar", tmp_path / "ws.key"
    with store.workspace.lock():
        save(store.workspace, archive, key_out=key)
    assert b"p@ss" not in archive.read_bytes()
    with pytest.raises(UsageError, match="were in a database"):
        restore(archive, tmp_path / "new", key=key)
    with pytest.raises(StoreError, match="pg_restore"):
        restore(archive, Place(tmp_path / "new", database), key=key)
    assert not (tmp_path / "new").exists()
    empty = postgres.new_database()
    with open_store(restore(archive, Place(tmp_path / "new", empty), key=key)) as reader:
        assert [alert.status for alert in stored.alerts(reader, Filters(status=""))] == ["triaged"]
    for each in (database, empty):
        postgres.drop(each)
