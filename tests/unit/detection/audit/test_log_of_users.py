"""Rights of users are what the audit log last said of them."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from support.store_runs import Store

from detection.accounts.rights import Actor, Role
from detection.accounts.users import entry_of
from detection.followup.audit.verifying import verify_log
from detection.store.accounts.records import UserRecord
from detection.store.accounts.store import AccountStore

AT = "2026-01-15T08:00:00"
ADMINISTRATOR = Actor("root", Role("administrator"), None)
WANG = UserRecord("wang", "Wang", "reader", ("320602",), "hash", AT)


@pytest.fixture
def users(store: Store) -> Store:
    """A user who was added and disabled, whose two entries are the last."""
    accounts = AccountStore(store.workspace.store)
    assert accounts.add_user(WANG, entry_of(WANG, "user_add", ADMINISTRATOR, AT))
    disabled = replace(WANG, disabled_at=AT)
    accounts.end_sessions(entry_of(WANG, "user_sign_out", ADMINISTRATOR, AT), "wang")
    with sqlite3.connect(store.workspace.store_file) as connection:
        connection.execute("UPDATE account_user SET disabled_at = ?", (AT,))
    accounts.enter(entry_of(disabled, "user_disable", ADMINISTRATOR, AT))
    return store


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ("UPDATE account_user SET role = 'director'", 0),
        ("UPDATE account_user SET districts = NULL", 0),
        ("UPDATE account_user SET disabled_at = NULL", 0),
        ("DELETE FROM account_user", 0),
        (
            "INSERT INTO account_user (name, display_name, role, created_at) VALUES ('x', 'x', 'director', '')",
            1,
        ),
    ],
)
def test_rights_that_were_changed_past_the_log_are_named(users: Store, change: str, after: int) -> None:
    whole = verify_log(users.workspace, actor="chen", at=AT)
    assert whole.fault is None
    with sqlite3.connect(users.workspace.store_file) as connection:
        assert connection.execute(change).rowcount == 1
    fault = verify_log(users.workspace, actor="chen", at=AT).fault
    assert fault is not None and (fault.kind, fault.number) == ("history", whole.entries + after)
