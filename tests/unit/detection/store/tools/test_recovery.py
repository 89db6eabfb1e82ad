"""Recovery: every sum is one of the ledgers' rows, and what is outstanding for too long is overdue."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select
from support.case_steps import DAY, LI, NOON, STEPS, act, go
from support.store_runs import Store

from detection.accounts.rights import Actor, Role
from detection.cases.limits import limits
from detection.cases.money import Entry
from detection.followup import cases as casework
from detection.followup.exports import RecoveryList, export_list
from detection.store.casework.tables import MoneyEntry
from detection.store.queries import open_store
from detection.store.queries.casework.tools.recovery import Recovery, recoveries, recovery_sums

LATE = DAY + dt.timedelta(days=limits().payment_days + 1)


@pytest.fixture
def upheld(store: Store, case_id: str) -> str:
    """A case in which 15 yuan of the pooled fund and a fine of 30 are upheld, and 10 yuan came in."""
    root, pay = store.workspace.root, act("record_money")
    go(store, case_id, STEPS[:3])
    first = Entry("recovered", "pool", "confirmed", 1600)
    casework.record_money(root, case_id, first, pay, actor=LI, at=NOON)
    go(store, case_id, STEPS[3:])
    for entry in (
        Entry("recovered", "pool", "upheld", 1500),
        Entry("fine", "treasury", "upheld", 3000),
        Entry("recovered", "pool", "received", 1000),
    ):
        casework.record_money(root, case_id, entry, pay, actor=LI, at=NOON)
    return case_id


def listed(store: Store, today: dt.date, *, outstanding: bool = False) -> list[Recovery]:
    with open_store(store.workspace) as reader:
        return recoveries(reader, today, outstanding=outstanding)


def test_sums_are_those_of_the_rows_of_the_ledger(store: Store, upheld: str) -> None:
    entry = MoneyEntry
    with open_store(store.workspace) as reader:
        query = select(entry.kind, entry.fund, entry.stage, func.sum(entry.amount))
        ledger = {
            (kind, fund, stage): amount
            for kind, fund, stage, amount in reader.session.execute(
                query.group_by(entry.kind, entry.fund, entry.stage)
            )
        }
    sums = recovery_sums(listed(store, DAY))
    stated = {(each.kind, each.fund, stage): n for each in sums for stage, n in each.amounts.items() if n}
    assert stated == ledger
    assert stated["recovered", "pool", "upheld"] == 1500
    assert {(each.kind, each.fund): each.outstanding for each in sums if each.amounts["upheld"]} == {
        ("recovered", "pool"): 500,
        ("fine", "treasury"): 3000,
    }


def test_what_is_outstanding_is_overdue_after_its_day(store: Store, upheld: str) -> None:
    last = LATE - dt.timedelta(days=1)
    assert [row.overdue for row in listed(store, last)] == [False, False, False]
    rows = listed(store, LATE)
    assert [(row.kind, row.fund, row.overdue) for row in rows] == [
        ("fine", "treasury", True),
        ("recovered", "pool", True),
        ("recovered", "account", False),  # claimed, and nothing upheld
    ]
    assert [row.due for row in rows] == [last.isoformat(), last.isoformat(), ""]
    assert sum(each.overdue for each in recovery_sums(rows)) == 3500
    rest = Entry("recovered", "pool", "received", 500)
    casework.record_money(store.workspace.root, upheld, rest, act("record_money"), actor=LI, at=NOON)
    assert [row.kind for row in listed(store, LATE, outstanding=True)] == ["fine"]


def test_a_case_without_upheld_money_is_not_listed(store: Store, case_id: str) -> None:
    go(store, case_id, STEPS[:3])
    assert listed(store, DAY) == []


def test_the_list_is_exported_with_its_sums_in_yuan(store: Store, upheld: str) -> None:
    content = export_list(
        store.workspace.root,
        RecoveryList(LATE),
        file_format="csv",
        language="en",
        actor=Actor("zhao", Role.supervisor),
        at=NOON,
    ).decode("utf-8-sig")
    head, *rows = content.splitlines()
    assert head.startswith("Case,State of the case,Subject")
    assert len(rows) == 3
    assert rows[0].startswith(upheld)
    assert "30.00" in rows[0] and "overdue" in rows[0]
