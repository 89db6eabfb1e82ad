"""``fundwatch user`` and the start of the dashboard: the first administrator is made at the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.commands import fundwatch
from support.dashboard_fixtures import fill
from support.signing_in import PASSWORD

from detection.accounts.opening import open_accounts
from detection.accounts.rights import Role
from features.workspace import open_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return open_workspace(tmp_path / "ws", create=True).root


def user(*words: str | Path, workspace: Path, typed: str = PASSWORD) -> str:
    """What a command about users printed."""
    ended = fundwatch("user", *words, "--workspace", workspace, answer=f"{typed}\n")
    assert ended.code == 0, ended.err
    return ended.out


def test_users_are_made_changed_and_listed(workspace: Path) -> None:
    user("add", "Wang", "--role", "administrator", "--password-stdin", workspace=workspace)
    user(
        "add", "chen", "--role", "inspector", "--districts", "320602,320601", "--password-stdin",
        "--display-name", "陈静", workspace=workspace,
    )  # fmt: skip
    assert "320601, 320602" in user("list", workspace=workspace)
    for words in (
        ("set-role", "chen", "--role", "reviewer"),
        ("set-districts", "chen", "--districts", "all"),
        ("reset-password", "chen", "--password-stdin"),
        ("disable", "wang"),
        ("enable", "wang"),
        ("sign-out", "chen"),
    ):
        user(*words, workspace=workspace, typed="Other-Harbor-78")
    wang, chen = reversed(open_accounts(workspace).store.users())
    assert (chen.name, chen.display_name, chen.role, chen.districts) == ("chen", "陈静", Role.reviewer, None)
    assert (wang.name, wang.disabled_at) == ("wang", None)
    assert wang.password_given_at and chen.password_given_at, "both are changed at the first sign-in"


def test_a_password_is_never_an_option_and_never_repeated(workspace: Path) -> None:
    given = ("user", "add", "wang", "--role", "reader", "--workspace", workspace)
    ended = fundwatch(*given, "--password", PASSWORD)
    assert ended.code == 2 and not open_accounts(workspace).store.users()
    weak = fundwatch(*given, "--password-stdin", answer="weak-secret\n")
    assert weak.code == 2 and "fewer than 12" in weak.err and "weak-secret" not in weak.err
    nothing = fundwatch(*given)
    assert nothing.code == 2 and "--password-stdin" in nothing.err


def test_the_dashboard_says_how_to_make_the_first_administrator(workspace: Path) -> None:
    ended = fundwatch("dashboard", "--workspace", workspace)
    assert ended.code == 2
    assert "fundwatch user add NAME --role administrator --workspace" in ended.err


def test_a_demo_is_not_served_beyond_this_machine_without_users(tmp_path: Path) -> None:
    root = fill(tmp_path / "ws", alerts_of_each=1)
    ended = fundwatch("dashboard", "--workspace", root, "--behind-proxy", "https://fund.example")
    assert ended.code == 2 and "user add" in ended.err
