"""Packets, cases and suppressions know no districts: who is limited to some does nothing to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from support.store_runs import Store

from detection.accounts.rights import NotAllowedError
from detection.cases.money import Entry
from detection.cases.moves import Act, Actor
from detection.followup import cases, suppressions

NOON = "2026-11-30T12:00:00"
CHEN = Actor("chen", "director", districts=("320602",))
ACT = Act("close", dt.date(2026, 11, 30), reason="as the file says")
MONEY = Entry("fine", "pool", "received", 100)

ACTS: dict[str, Callable[[Path, Actor], object]] = {
    "take": lambda root, actor: cases.take(root, "K-1", actor=actor, at=NOON),
    "give back": lambda root, actor: cases.give_back(root, "K-1", actor=actor, at=NOON),
    "open": lambda root, actor: cases.open_case(root, "K-1", actor=actor, at=NOON, reason="two agree"),
    "move": lambda root, actor: cases.move(root, "C-1", ACT, actor=actor, at=NOON),
    "money": lambda root, actor: cases.record_money(root, "C-1", MONEY, ACT, actor=actor, at=NOON),
    "propose": lambda root, actor: suppressions.propose(root, "A-1", ACT, actor=actor, at=NOON),
    "decide": lambda root, actor: suppressions.decide(root, 1, ACT, actor=actor, at=NOON),
}


@pytest.mark.parametrize("what", ACTS)
def test_an_actor_of_districts_does_nothing_to_the_whole_fund(store: Store, what: str) -> None:
    with pytest.raises(NotAllowedError, match="whole fund"):
        ACTS[what](store.workspace.root, CHEN)
