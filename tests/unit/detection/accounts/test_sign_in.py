"""Signing in: who comes in, for how long, who has to wait, and what an outsider can tell."""

from __future__ import annotations

import datetime as dt
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from support.signing_in import PASSWORD, TERMINAL, WHEN

from detection.accounts.limits import limits
from detection.accounts.opening import Accounts, open_accounts
from detection.accounts.passwords import Passwords
from detection.accounts.rights import USER_ROLES, Actor, NotAllowedError, Role
from detection.accounts.sessions import Sessions, Started, Waiting
from detection.accounts.users import UserChangedError, Users, entry_of, user_name
from detection.store.accounts.store import AccountStore
from detection.store.accounts.tables import FailureRow, SessionRow, UserRow
from detection.store.audit.table import AuditEntry
from detection.store.connection import reading
from features.errors import StoreError, UsageError
from features.workspace import open_workspace

HERE = "10.1.2.3"


def later(*, minutes: float = 0, hours: float = 0, at: str = WHEN) -> str:
    moment = dt.datetime.fromisoformat(at) + dt.timedelta(minutes=minutes, hours=hours)
    return moment.isoformat(timespec="seconds")


CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Most tests are not about the price of a guess."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one inspector, chen; to be copied."""
    root = tmp_path_factory.mktemp("accounts") / "ws"
    open_workspace(root, create=True)
    users = Users(open_accounts(root).store, Passwords(CHEAP), TERMINAL)
    users.add("chen", role=Role.inspector, password=PASSWORD, at=WHEN, districts=("320601",))
    return root


@pytest.fixture
def accounts(made: Path, tmp_path: Path) -> Accounts:
    return open_accounts(shutil.copytree(made, tmp_path / "ws"))


def started(accounts: Accounts, at: str = WHEN) -> str:
    outcome = accounts.sessions.sign_in("chen", PASSWORD, address=HERE, at=at)
    assert isinstance(outcome, Started)
    return outcome.token


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


def fail(accounts: Accounts, times: int, *, name: str = "chen", address: str = HERE, at: str = WHEN) -> None:
    for _ in range(times):
        assert accounts.sessions.sign_in(name, "wrong", address=address, at=at) is None


def test_after_five_failures_an_account_waits_and_longer_each_time(accounts: Accounts) -> None:
    fail(accounts, limits().account_failures)
    waiting = accounts.sessions.sign_in("chen", PASSWORD, address="10.9.9.9", at=WHEN)
    assert isinstance(waiting, Waiting) and waiting.seconds == 60, "the right password does not help"
    fail(accounts, 1, at=later(minutes=1))
    again = accounts.sessions.sign_in("chen", PASSWORD, address=HERE, at=later(minutes=2))
    assert isinstance(again, Waiting) and again.until == later(minutes=3)
    started(accounts, later(minutes=3))
    fail(accounts, limits().account_failures - 1, at=later(minutes=4))
    started(accounts, later(minutes=4))


def test_a_wait_is_never_longer_than_the_longest(accounts: Accounts) -> None:
    at = WHEN
    fail(accounts, limits().account_failures)
    for _ in range(12):
        waiting = accounts.sessions.sign_in("chen", "wrong", address=HERE, at=at)
        assert isinstance(waiting, Waiting)
        assert dt.timedelta(seconds=waiting.seconds) <= limits().longest_wait
        at = waiting.until
        fail(accounts, 1, address="10.0.0.9", at=at)


def test_an_address_that_tries_many_accounts_waits_too(accounts: Accounts) -> None:
    for number in range(limits().address_failures):
        fail(accounts, 1, name=f"user{number}")
    assert isinstance(accounts.sessions.sign_in("chen", PASSWORD, address=HERE, at=WHEN), Waiting)
    assert isinstance(accounts.sessions.sign_in("chen", PASSWORD, address="10.0.0.9", at=WHEN), Started)


def test_a_good_sign_in_does_not_clear_the_failures_of_its_address(accounts: Accounts) -> None:
    for number in range(limits().address_failures - 1):
        fail(accounts, 1, name=f"user{number}")
    started(accounts)
    fail(accounts, 1, name="last")
    assert isinstance(accounts.sessions.sign_in("chen", PASSWORD, address=HERE, at=WHEN), Waiting)


def test_good_sign_ins_do_not_lengthen_the_wait_of_their_address(accounts: Accounts) -> None:
    for number in range(limits().address_failures):
        fail(accounts, 1, name=f"user{number}")
    after = later(minutes=1)
    for _ in range(3):
        started(accounts, after)
    fail(accounts, 1, name="last", at=after)
    assert isinstance(accounts.sessions.sign_in("chen", PASSWORD, address=HERE, at=after), Waiting)


def test_a_good_sign_in_alone_leaves_nothing_of_its_address(accounts: Accounts) -> None:
    started(accounts)
    with reading(accounts.space.store).connect() as connection:
        assert connection.execute(select(FailureRow.__table__)).all() == []


def test_attempts_at_the_same_moment_are_all_counted(accounts: Accounts) -> None:
    def attempt(_: int) -> object:
        return accounts.sessions.sign_in("chen", "wrong", address=HERE, at=WHEN)

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(attempt, range(12)))
    assert sum(outcome is None for outcome in outcomes) == limits().account_failures


class Counting(Passwords):
    """Counts how often the slow comparison is made."""

    def __init__(self) -> None:
        super().__init__()
        self.compared = 0

    def fits(self, stored: str | None, password: str) -> bool:
        self.compared += 1
        return super().fits(stored, password)


@pytest.mark.parametrize("name", ["chen", "unknown", "disabled", "elsewhere"])
def test_unknown_and_known_users_cost_one_comparison_of_the_same_price(accounts: Accounts, name: str) -> None:
    """Time itself is not measured: it is the comparison's, whose parameters are part of the hash."""
    accounts.users(TERMINAL).add("disabled", role=Role.reader, password=PASSWORD, at=WHEN)
    accounts.users(TERMINAL).disable("disabled", WHEN)
    accounts.users(TERMINAL).add("elsewhere", role=Role.reader, password=None, at=WHEN)
    passwords = Counting()
    assert Sessions(accounts.store, passwords).sign_in(name, "wrong", address=HERE, at=WHEN) is None
    assert passwords.compared == 1
    known, unknown = passwords.hashed(PASSWORD), passwords._of_unknown_users
    assert known.rsplit("$", 2)[0] == unknown.rsplit("$", 2)[0] == "$argon2id$v=19$m=65536,t=3,p=4"


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
