"""A process that ends in the middle of an act on packets, cases, money or users leaves the old state or the new."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from support.case_steps import STEPS, go
from support.drafts import a_draft
from support.paths import ROOT
from support.store_runs import Store

from detection.alerts.draft import Subject
from detection.audit.chain import verify
from detection.store.queries import open_store
from detection.store.queries.audit.reading import entries
from detection.store.queries.casework.packets import PacketFilters, packets

KILLED = """
import hashlib, os, sqlite3, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.engine import Engine
from support.case_steps import DAY, LI, NOON, ZHAO, act
from support.signing_in import CHEAP, PASSWORD, TERMINAL
from detection.accounts.rights import Role
from detection.accounts.users import Users
from detection.cases.money import Entry
from detection.cases.moves import Act
from detection.followup import cases as casework
from detection.followup.casework.tasks import NewTask, add_task
from detection.accounts.opening import open_accounts

root, packet, case = Path(sys.argv[2]), sys.argv[3], sys.argv[4]
accounts = open_accounts(root)
ACTS = {
    "take": lambda: casework.take(root, packet, actor=LI, at=NOON),
    "open": lambda: casework.open_case(root, packet, actor=LI, at=NOON, reason="two patterns agree"),
    "move": lambda: casework.move(root, case, act("note"), actor=LI, at=NOON),
    "money": lambda: casework.record_money(
        root, case, Entry("recovered", "pool", "confirmed", 1), act("record_money"), actor=LI, at=NOON
    ),
    "task": lambda: add_task(root, case, NewTask("call", "li", DAY), actor=LI, at=NOON),
    "user": lambda: Users(accounts.store, CHEAP, TERMINAL).add(
        "chen", role=Role.reader, password=PASSWORD, at=NOON
    ),
}
MOST = 60


def kill_after(last: int) -> None:
    changes = 0

    @event.listens_for(Engine, "after_cursor_execute")
    def count(connection, cursor, statement, *_):
        nonlocal changes
        changes += statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
        if changes == last:
            os._exit(9)


def state():
    with sqlite3.connect(root / "store.sqlite") as connection:
        return hashlib.sha256("".join(connection.iterdump()).encode()).hexdigest()


print(0, state())
for last in range(1, MOST):
    child = os.fork()
    if not child:
        kill_after(last)
        ACTS[sys.argv[5]]()
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(code, state(), flush=True)
    if code != 9:
        break
"""


@pytest.mark.parametrize("act", ["take", "open", "move", "money", "task", "user"])
def test_a_killed_act_leaves_the_old_state_and_a_whole_one_its_entry(
    store: Store, case_id: str, act: str
) -> None:
    go(store, case_id, STEPS[:3])
    bert = Subject("person", "bert", ("bert",), None, None, "320602")
    store.run("r2", replace(a_draft("c"), subject=bert))
    with open_store(store.workspace) as reader:
        [packet] = [each.packet_id for each in packets(reader, PacketFilters()) if not each.case_id]
        before = len(list(entries(reader)))
    root = str(store.workspace.root)
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(ROOT / "tests"), root, packet, case_id, act],
        check=True,
        capture_output=True,
        text=True,
    )
    (_, old), *killed, (code, new) = (line.split() for line in ended.stdout.splitlines())
    assert len(killed) >= 2, f"a change and its entry {ended.stderr}"
    assert {tuple(each) for each in killed} == {("9", old)}
    assert code == "0" and new != old
    with open_store(store.workspace) as reader:
        whole = list(entries(reader))
    assert len(whole) > before and verify(lambda: whole).fault is None
