"""Some acts know no districts: who is limited to some does none of them, and the attempt is entered."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from support.commands import fundwatch
from support.store_runs import Store

from detection.accounts.rights import NotAllowedError
from detection.cases.moves import Act, Actor
from detection.cli.leads import commands as lead_commands
from detection.followup import suppressions
from detection.followup.casework import combining, files, tasks
from detection.followup.casework.assigning import assign_packets

NOON = "2026-11-30T12:00:00"
CHEN = Actor("chen", "director", districts=("320602",))
ACT = Act("close", dt.date(2026, 11, 30), reason="as the file says")

Do = Callable[[Path, Actor], object]
CASE, OTHER, ALERTS = "C-2026-0001", "C-2026-0002", ["A-1"]


def combine(act: Callable[..., object], *what: object) -> Do:
    return lambda root, actor: act(root, CASE, *what, actor=actor, at=NOON, reason="as the file says")


ACTS: dict[str, tuple[str, Do]] = {
    "propose": (
        "alert:A-1",
        lambda root, actor: suppressions.propose(root, "A-1", ACT, actor=actor, at=NOON),
    ),
    "decide": (
        "suppression:1",
        lambda root, actor: suppressions.decide(root, 1, ACT, actor=actor, at=NOON),
    ),
    "merge": (f"case:{CASE}", combine(combining.merge, OTHER)),
    "split": (f"case:{CASE}", combine(combining.split, ALERTS)),
    "detach": (f"case:{CASE}", combine(combining.detach, ALERTS)),
    "attach": (f"case:{CASE}", combine(combining.attach)),
    "link": (f"case:{CASE}", combine(combining.link, OTHER)),
    "unlink": (f"case:{CASE}", combine(combining.unlink, OTHER)),
    "add_file": (
        f"case:{CASE}",
        lambda root, actor: files.add_file(root, CASE, files.NewFile("a.txt", b"a"), actor=actor, at=NOON),
    ),
    "download_file": ("file:1", lambda root, actor: files.read_file(root, 1, actor=actor, at=NOON)),
    "add_task": (
        f"case:{CASE}",
        lambda root, actor: tasks.add_task(
            root, CASE, tasks.NewTask("call", "li", ACT.on), actor=actor, at=NOON
        ),
    ),
    "finish_task": ("task:1", lambda root, actor: tasks.finish_task(root, 1, actor=actor, at=NOON)),
    "assign_packet": (
        "list:packets",
        lambda root, actor: assign_packets(root, ["P-1"], "li", actor=actor, at=NOON),
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_actor_of_districts_does_nothing_to_the_whole_fund(store: Store, name: str) -> None:
    about, act = ACTS[name]
    requested = ACT.move if act in (ACTS["propose"][1], ACTS["decide"][1]) else name
    with pytest.raises(NotAllowedError, match="whole fund"):
        act(store.workspace.root, CHEN)
    assert refusals(store) == [("chen", "director", about, requested)]


def test_a_refused_look_at_a_lead_is_entered(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lead_commands, "acting", lambda *_: CHEN)
    done = fundwatch("leads", "show", "L-2026-0001", "--workspace", str(store.workspace.root))
    assert done.code != 0 and "limited to districts" in done.err
    assert refusals(store) == [("chen", "director", "case:L-2026-0001", "show_lead")]


def refusals(store: Store) -> list[tuple[str, str, str, str]]:
    """Actor, role and object of each refusal in the log, and what was requested."""
    with sqlite3.connect(store.workspace.store_file) as connection:
        entered = connection.execute(
            "SELECT actor, role, object, after FROM audit_entry WHERE action = 'refusal'"
        ).fetchall()
    return [(actor, role, about, json.loads(after)["requested"]) for actor, role, about, after in entered]
