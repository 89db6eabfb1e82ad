"""Signing in: who comes in, and for how long."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from support.signing_in import HERE, PASSWORD, TERMINAL, WHEN, fail, later, started

from detection.accounts.opening import Accounts
from detection.accounts.rights import USER_ROLES, Actor, NotAllowedError, Role
from detection.accounts.sessions import Started
from detection.accounts.users import UserChangedError, entry_of, user_name
from detection.store.accounts.store import AccountStore
from detection.store.accounts.tables import SessionRow, UserRow
from detection.store.audit.table import AuditEntry
from detection.store.connection import reading
from features.errors import StoreError, UsageError


def test_a_session_says_who_it_is_of(accounts: Accounts) -> None:
    signed_in = accounts.sessions.signed_in(started(accounts), WHEN)
    assert signed_in is not None
    assert (signed_in.actor.name, signed_in.actor.role) == ("chen", Role.inspector)
    assert signed_in.actor.districts == ("320601",)
    assert accounts.sessions.signed_in("guessed", WHEN) is None


def test_names_are_the_same_however_they_are_typed(accounts: Accounts) -> None:
    assert isinstance(accounts.sessions.sign_in(" Ｃhen", PASSWORD, address=HERE, at=WHEN), Started)


def test_a_name_with_nul_reaches_no_database(accounts: Accounts) -> None:
    assert user_name("ch\0en") == "chen"
    assert accounts.sessions.sign_in("\0", PASSWORD, address=HERE, at=WHEN) is None


def test_neither_passwords_nor_tokens_are_stored(accounts: Accounts) -> None:
    token = started(accounts)
    with reading(accounts.space.store).connect() as connection:
        stored = [
            str(row) for table in (UserRow, SessionRow) for row in connection.execute(select(table.__table__))
        ]
    assert len(stored) == 2 and "$argon2id$" in stored[0]
    assert not [row for row in stored if token in row or PASSWORD in row]


def test_each_sign_in_has_a_token_of_its_own(accounts: Accounts) -> None:
    assert started(accounts) != started(accounts)


def test_a_session_ends_without_clicks_and_after_a_working_day(accounts: Accounts) -> None:
    token = started(accounts)
    assert accounts.sessions.signed_in(token, later(minutes=14))
    assert accounts.sessions.signed_in(token, later(minutes=15)) is None
    for quarter in range(1, 48):
        accounts.sessions.keep_alive(token, later(minutes=10 * quarter))
    assert accounts.sessions.signed_in(token, later(minutes=479))
    assert accounts.sessions.signed_in(token, later(hours=8)) is None


def test_a_click_does_not_wake_a_session_that_has_ended(accounts: Accounts) -> None:
    token = started(accounts)
    accounts.sessions.keep_alive(token, later(minutes=20))
    assert accounts.sessions.signed_in(token, later(minutes=21)) is None


def test_reading_goes_on_where_a_click_cannot_be_kept(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = started(accounts)
    touched: list[str] = []

    def refuses(_: AccountStore, token_hash: str, at: str) -> None:
        touched.append(at)
        raise StoreError("The alert store could not be written.")

    monkeypatch.setattr(AccountStore, "touch_session", refuses)
    accounts.sessions.keep_alive(token, later(minutes=10))
    assert touched == [later(minutes=10)]
    assert accounts.sessions.signed_in(token, later(minutes=14))


def test_signing_out_ends_the_session_for_good(accounts: Accounts) -> None:
    token, other = started(accounts), started(accounts)
    accounts.sessions.sign_out(token, WHEN)
    assert accounts.sessions.signed_in(token, WHEN) is None
    assert accounts.sessions.signed_in(other, WHEN), "another browser stays signed in"


@pytest.mark.parametrize("change", ["disable", "set_role", "set_districts", "set_password", "sign_out"])
def test_what_an_administrator_changes_ends_sessions(accounts: Accounts, change: str) -> None:
    token = started(accounts)
    given: dict[str, tuple[object, ...]] = {
        "set_role": (Role.reader,),
        "set_districts": (None,),
        "set_password": ("Other-Harbor-78",),
    }
    getattr(accounts.users(TERMINAL), change)("chen", *given.get(change, ()), WHEN)
    assert accounts.sessions.signed_in(token, WHEN) is None


def test_who_is_disabled_cannot_sign_in_until_enabled(accounts: Accounts) -> None:
    accounts.users(TERMINAL).disable("chen", WHEN)
    assert accounts.sessions.sign_in("chen", PASSWORD, address=HERE, at=WHEN) is None
    accounts.users(TERMINAL).enable("chen", WHEN)
    started(accounts)


@pytest.mark.parametrize("change", ["disable", "set_role", "set_districts", "set_password"])
def test_what_was_read_before_a_change_is_not_written_over_it(accounts: Accounts, change: str) -> None:
    """Whoever enables, limits or lets in a user knows them as they are now, or is refused."""
    read = accounts.store.user("chen")
    assert read is not None
    given: dict[str, tuple[object, ...]] = {
        "set_role": (Role.reader,),
        "set_districts": (("320602",),),
        "set_password": ("Other-Harbor-78",),
    }
    getattr(accounts.users(TERMINAL), change)("chen", *given.get(change, ()), WHEN)
    changed = accounts.store.user("chen")
    late = replace(read, display_name="Late")
    with pytest.raises(UserChangedError, match="meanwhile"):
        accounts.store.change_user(read, late, entry_of(late, "user_role", TERMINAL, WHEN))
    with pytest.raises(UserChangedError, match="meanwhile"):
        accounts.sessions.start(read, address=HERE, at=WHEN)
    assert accounts.store.user("chen") == changed != read


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("Short-1", "fewer than"),
        ("alllowercaseletters", "it needs"),
        ("Aa1Aa1Aa1Aa1", "repeats"),
        ("Chen-Harbor-77", "the user's name"),
        ("Aa1-bcdefg" * 30, "more than"),
    ],
)
def test_weak_passwords_are_refused(accounts: Accounts, password: str, problem: str) -> None:
    with pytest.raises(UsageError) as refused:
        accounts.users(TERMINAL).set_password("chen", password, WHEN)
    assert problem in str(refused.value) and password not in str(refused.value)


@pytest.mark.parametrize("name", ["run", "demo", "terminal", "", "a b", "x" * 70, "../x", "=1+1"])
def test_names_that_stand_for_something_else_are_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be used"):
        accounts.users(TERMINAL).add(name, role=Role.reader, password=PASSWORD, at=WHEN)


@pytest.mark.parametrize("role", [Role.terminal, Role.demo])
def test_roles_without_a_sign_in_are_not_given_away(accounts: Accounts, role: Role) -> None:
    with pytest.raises(UsageError, match="cannot have the role"):
        accounts.users(TERMINAL).set_role("chen", role, WHEN)


def test_only_administrators_and_the_terminal_change_users(accounts: Accounts) -> None:
    for role in USER_ROLES:
        users = accounts.users(Actor("li", role))
        if role is Role.administrator:
            users.set_role("chen", Role.reader, WHEN)
        else:
            with pytest.raises(NotAllowedError):
                users.set_role("chen", Role.administrator, WHEN)
            with pytest.raises(NotAllowedError):
                users.add("friend", role=Role.administrator, password=PASSWORD, at=WHEN)


def test_the_audit_log_has_sign_ins_failures_and_changes_of_users(accounts: Accounts) -> None:
    accounts.sessions.sign_out(started(accounts), WHEN)
    fail(accounts, 1)
    fail(accounts, 1, name="my-password-by-mistake")
    accounts.users(TERMINAL).disable("chen", WHEN)
    with reading(accounts.space.store).connect() as connection:
        entries = connection.execute(select(AuditEntry.__table__).order_by(AuditEntry.number)).all()
    assert [(entry.actor, entry.action, entry.object) for entry in entries if entry.action != "begin"] == [
        ("root", "user_add", "user:chen"),
        ("chen", "sign_in", "user:chen"),
        ("chen", "sign_out", "user:chen"),
        ("chen", "sign_in_failed", "user:chen"),
        ("unknown", "sign_in_failed", "user:unknown"),
        ("root", "user_disabled", "user:chen"),
    ]
    assert "by-mistake" not in str(entries) and PASSWORD not in str(entries)
