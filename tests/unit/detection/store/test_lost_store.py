"""A store that is gone is an error where runs say that there was one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from support.drafts import a_draft
from support.signing_in import LI
from support.store_runs import Store

from detection.accounts.opening import open_accounts
from detection.backup.saving import save
from detection.cases.moves import Actor
from detection.followup.acts import act
from detection.followup.audit.anchoring import configure
from detection.followup.cases import take
from detection.run.pipeline import RunRequest, run
from detection.store.purge import plan_purge
from detection.store.queries import open_reader, open_store
from detection.store.queries.methods import champions
from features.errors import StoreError
from features.workspace import Workspace


@pytest.fixture
def lost(store: Store) -> Store:
    """A workspace with a run, whose store was deleted."""
    store.run("r1", a_draft("one"))
    store.workspace.run("r1").mkdir(parents=True)
    for file in store.workspace.root.glob("store.sqlite*"):
        file.unlink()
    return store


def test_no_reader_begins_anew(lost: Store) -> None:
    with pytest.raises(StoreError, match="is lost") as refused, open_store(lost.workspace):
        pass
    assert "fundwatch restore" in refused.value.next_step
    with pytest.raises(StoreError, match="is lost"), open_reader(lost.workspace.root):
        pass


def test_no_run_and_no_act_begins_anew(lost: Store) -> None:
    data = lost.workspace.root.parent / "data"
    data.mkdir()
    with pytest.raises(StoreError, match="is lost"):
        run(RunRequest(data, lost.workspace.root, "none", now="2026-01-01T00:00:00"))
    refused = act(lost.workspace.root, ["A-1"], actor=LI, action="triage", at="2024-07-03T12:00:00").refused
    assert "is lost" in refused[0]
    assert not lost.workspace.store_file.exists()


GOING_ON: dict[str, Callable[[Workspace], object]] = {
    "purge": lambda space: plan_purge(space, keep=1),
    "accounts": lambda space: open_accounts(space.root),
    "cases": lambda space: take(space.root, "K-1", actor=Actor("li", "inspector"), at="noon"),
    "anchors": lambda space: configure(space, file=None, program=None, actor="li", at="noon"),
    "backup": lambda space: save(space, space.root.parent / "out.tar", key_out=None),
}


@pytest.mark.parametrize("going_on", GOING_ON)
def test_nothing_else_goes_on_without_the_store(lost: Store, going_on: str) -> None:
    with pytest.raises(StoreError, match="is lost"):
        GOING_ON[going_on](lost.workspace)
    assert not lost.workspace.store_file.exists()
    lost.workspace.store_file.touch()
    with pytest.raises(StoreError, match="is lost"):
        GOING_ON[going_on](lost.workspace)
    assert lost.workspace.store_file.stat().st_size == 0, "an empty file is no store either"


def test_a_lost_table_is_refused_with_the_advice_to_restore(store: Store) -> None:
    store.run("r1", a_draft("one"))
    with sqlite3.connect(store.workspace.store_file) as connection:
        connection.execute("DROP TABLE alert")
    with pytest.raises(StoreError) as refused:
        store.alerts()
    assert "backup" in refused.value.next_step


def test_the_store_names_the_models_that_runs_scored_with(store: Store) -> None:
    store.run("r1", a_draft("one"))
    with open_store(store.workspace) as reader:
        assert champions(reader) == {}
