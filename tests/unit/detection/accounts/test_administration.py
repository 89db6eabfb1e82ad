"""What administrators do to users, and what everybody does to their own password."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from support.signing_in import HERE, PASSWORD, WHEN, fail, later, started

from detection.accounts.identity import ProviderIdentity, identity_typed
from detection.accounts.opening import Accounts
from detection.accounts.rights import USER_ROLES, Actor, NotAllowedError, Role
from detection.accounts.sessions import PasswordGiven, Started
from detection.accounts.users import IdentityTakenError
from detection.followup.own_password import (
    change_own_password,
    has_password,
    sign_in_with_new_password,
)
from detection.followup.users import managing
from detection.store import migrations
from detection.store.accounts.store import AccountStore
from detection.store.connection import writing
from features.errors import UsageError

ZHAO = Actor("zhao", Role.administrator)
NEW, OWN = "Willow-Bridge-88", "Maple-Quarry-55"
AT_PROVIDER = ProviderIdentity("https://id.example", "a-17")


def actions(accounts: Accounts) -> list[tuple[str, str, str]]:
    with sqlite3.connect(accounts.space.store_file) as connection:
        return list(connection.execute("SELECT action, actor, object FROM audit_entry ORDER BY number"))


def test_the_overview_has_last_sign_ins_open_sessions_and_failures(accounts: Accounts) -> None:
    [before] = accounts.sessions.overview(WHEN)
    assert (before.last_sign_in, before.open_sessions, before.failures) == (None, 0, None)
    started(accounts)
    started(accounts, later(minutes=10))
    fail(accounts, 2, at=later(minutes=12))
    [after] = accounts.sessions.overview(later(minutes=20))
    assert (after.last_sign_in, after.open_sessions) == (later(minutes=10), 1)
    assert after.failures is not None and after.failures.number == 2


def test_an_identity_of_the_provider_is_one_user(accounts: Accounts) -> None:
    with managing(accounts, ZHAO) as users:
        users.add("li", role=Role.reader, password=None, at=WHEN, identity=AT_PROVIDER)
        with pytest.raises(IdentityTakenError, match="another user already"):
            users.add("lu", role=Role.reader, password=None, at=WHEN, identity=AT_PROVIDER)
        with pytest.raises(IdentityTakenError):
            users.link("chen", AT_PROVIDER, WHEN)
        users.link("chen", ProviderIdentity("https://id.example", "b-2"), WHEN)
        users.link("chen", None, WHEN)
        with pytest.raises(UsageError, match="no way to sign in"):
            users.link("li", None, WHEN)
        with pytest.raises(UsageError, match="no way to sign in"):
            users.add("lu", role=Role.reader, password=None, at=WHEN)
    assert [user.subject for user in accounts.store.users()] == [None, "a-17"]
    assert actions(accounts)[-3:] == [
        ("user_add", "zhao", "user:li"), ("user_identity", "zhao", "user:chen"),
        ("user_identity", "zhao", "user:chen"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("issuer", "subject"), [("http://id.example", "a"), ("https://id.example", " "), ("", "a"), ("id", "a")]
)
def test_what_no_provider_sends_is_no_identity(issuer: str, subject: str) -> None:
    with pytest.raises(UsageError, match="address"):
        identity_typed(issuer, subject)
    assert identity_typed("", " ") is None


def test_of_two_users_with_one_identity_the_first_keeps_it(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    with writing(file).begin() as connection:
        migrations.upgrade(connection, "0017")
        for name, at in (("late", "2026-11-02"), ("early", "2026-11-01")):
            connection.exec_driver_sql(
                "INSERT INTO account_user (name, display_name, role, issuer, subject, created_at) "
                "VALUES (?, ?, 'reader', 'https://id.example', 'a', ?)",
                (name, name, at),
            )
    assert {user.name: user.subject for user in AccountStore(file).users()} == {"early": "a", "late": None}


@pytest.mark.parametrize("role", [role for role in USER_ROLES if role is not Role.administrator])
def test_others_manage_no_user_and_their_attempt_is_entered(accounts: Accounts, role: Role) -> None:
    with managing(accounts, Actor("wu", role)) as users:
        with pytest.raises(NotAllowedError):
            users.add("lu", role=Role.administrator, password=NEW, at=WHEN)
        with pytest.raises(NotAllowedError):
            users.set_role("chen", Role.administrator, WHEN)
    assert [user.role for user in accounts.store.users()] == ["inspector"]
    assert actions(accounts)[-2:] == [("refusal", "wu", "user:?"), ("refusal", "wu", "user:chen")]


def test_an_administrator_does_not_change_what_they_may_do_themselves(accounts: Accounts) -> None:
    with managing(accounts, ZHAO) as users:
        users.add("zhao", role=Role.administrator, password=NEW, at=WHEN)
        changes: tuple[Callable[[], None], ...] = (
            lambda: users.set_role("zhao", Role.supervisor, WHEN),
            lambda: users.set_districts("Zhao", ("320601",), WHEN),
            lambda: users.set_password("zhao", PASSWORD, WHEN),
            lambda: users.link("zhao", AT_PROVIDER, WHEN),
            lambda: users.disable("zhao", WHEN),
        )
        for change in changes:
            with pytest.raises(UsageError, match="their own account"):
                change()


def test_an_own_password_is_changed_and_other_sessions_end(accounts: Accounts) -> None:
    here, elsewhere = started(accounts), started(accounts)
    change_own_password(accounts, here, old=PASSWORD, new=NEW, at=later(minutes=1))
    assert accounts.sessions.signed_in(here, later(minutes=2))
    assert accounts.sessions.signed_in(elsewhere, later(minutes=2)) is None
    assert accounts.sessions.sign_in("chen", PASSWORD, address=HERE, at=later(minutes=2)) is None
    assert isinstance(accounts.sessions.sign_in("chen", NEW, address=HERE, at=later(minutes=2)), Started)
    assert ("user_own_password", "chen", "user:chen") in actions(accounts)


def test_the_old_password_is_required_and_attempts_are_counted(accounts: Accounts) -> None:
    token = started(accounts)
    for _ in range(5):
        with pytest.raises(UsageError, match="old password is not right"):
            change_own_password(accounts, token, old="guess", new=NEW, at=WHEN)
    with pytest.raises(UsageError, match="Too many attempts failed"):
        change_own_password(accounts, token, old=PASSWORD, new=NEW, at=WHEN)
    assert actions(accounts)[-1] == ("refusal", "chen", "user:chen")


@pytest.mark.parametrize(("new", "problem"), [(PASSWORD, "the old one"), ("short", "fewer than 12")])
def test_a_new_password_is_good_and_another_one(accounts: Accounts, new: str, problem: str) -> None:
    token = started(accounts)
    with pytest.raises(UsageError) as refused:
        change_own_password(accounts, token, old=PASSWORD, new=new, at=WHEN)
    assert problem in str(refused.value)


def test_without_a_session_or_a_password_of_ours_nothing_is_changed(accounts: Accounts) -> None:
    with pytest.raises(UsageError, match="session has ended"):
        change_own_password(accounts, "guessed", old=PASSWORD, new=NEW, at=WHEN)
    with managing(accounts, ZHAO) as users:
        li = users.add("li", role=Role.reader, password=None, at=WHEN, identity=AT_PROVIDER)
    token = accounts.sessions.start(li, address=HERE, at=WHEN).token
    assert not has_password(accounts, Actor("li", Role.reader))
    with pytest.raises(UsageError, match="keeps your password"):
        change_own_password(accounts, token, old="", new=NEW, at=WHEN)


def test_a_password_that_was_given_starts_no_session_until_it_is_changed(accounts: Accounts) -> None:
    with managing(accounts, ZHAO) as users:
        users.set_password("chen", NEW, WHEN)
        users.add("lin", role=Role.reader, password=NEW, at=WHEN)
    for name in ("chen", "lin"):
        assert accounts.sessions.sign_in(name, NEW, address=HERE, at=WHEN) == PasswordGiven()
        outcome = sign_in_with_new_password(accounts, name, old=NEW, new=OWN, address=HERE, at=WHEN)
        assert isinstance(outcome, Started) and accounts.sessions.signed_in(outcome.token, WHEN)
        assert isinstance(accounts.sessions.sign_in(name, OWN, address=HERE, at=WHEN), Started)
    assert [each.open_sessions for each in accounts.sessions.overview(WHEN)] == [2, 2]
