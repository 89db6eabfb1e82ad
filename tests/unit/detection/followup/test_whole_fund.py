"""Suppressions know no districts: who is limited to some does nothing to them, and the attempt is entered."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from support.store_runs import Store

from detection.accounts.rights import NotAllowedError
from detection.cases.moves import Act, Actor
from detection.followup import suppressions

NOON = "2026-11-30T12:00:00"
CHEN = Actor("chen", "director", districts=("320602",))
ACT = Act("close", dt.date(2026, 11, 30), reason="as the file says")

ACTS: dict[str, Callable[[Path, Actor], object]] = {
    "alert:A-1": lambda root, actor: suppressions.propose(root, "A-1", ACT, actor=actor, at=NOON),
    "suppression:1": lambda root, actor: suppressions.decide(root, 1, ACT, actor=actor, at=NOON),
}


@pytest.mark.parametrize("about", ACTS)
def test_an_actor_of_districts_does_nothing_to_the_whole_fund(store: Store, about: str) -> None:
    with pytest.raises(NotAllowedError, match="whole fund"):
        ACTS[about](store.workspace.root, CHEN)
    with sqlite3.connect(store.workspace.store_file) as connection:
        entered = connection.execute("SELECT action, actor, object FROM audit_entry").fetchall()
    assert entered[-1] == ("refusal", "chen", about)
