"""Guesses at passwords: who has to wait, how long, and what their time tells."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from support.signing_in import HERE, PASSWORD, TERMINAL, WHEN, fail, later, started

from detection.accounts.identity import ProviderIdentity
from detection.accounts.limits import limits
from detection.accounts.opening import Accounts
from detection.accounts.passwords import Passwords
from detection.accounts.rights import Role
from detection.accounts.sessions import Sessions, Started, Waiting
from detection.store.accounts.tables import FailureRow
from detection.store.connection import reading


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
    at_provider = ProviderIdentity("https://id.example", "e-1")
    accounts.users(TERMINAL).add("elsewhere", role=Role.reader, password=None, at=WHEN, identity=at_provider)
    passwords = Counting()
    assert Sessions(accounts.store, passwords).sign_in(name, "wrong", address=HERE, at=WHEN) is None
    assert passwords.compared == 1
    known, unknown = passwords.hashed(PASSWORD), passwords._of_unknown_users
    assert known.rsplit("$", 2)[0] == unknown.rsplit("$", 2)[0] == "$argon2id$v=19$m=65536,t=3,p=4"
