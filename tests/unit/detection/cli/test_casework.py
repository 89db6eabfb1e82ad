"""Packets and cases at a terminal: the name of who acts cannot be chosen."""

from __future__ import annotations

import os
import pwd
import re
import sqlite3
from dataclasses import replace

import pytest
from support.commands import fundwatch
from support.drafts import a_draft
from support.signing_in import TERMINAL, WHEN, add_user
from support.store_runs import Store

from detection.accounts.opening import open_accounts
from detection.accounts.rights import Role
from detection.alerts.draft import Subject
from detection.cases.money import fen
from detection.cli.terminal import actor
from detection.store.queries import open_store
from detection.store.queries.casework.packets import PacketFilters, packets
from features.errors import UsageError


@pytest.fixture
def packet_id(store: Store) -> str:
    subject = Subject("person", "anna", ("anna",), None, None, "320602")
    store.run("r1", replace(a_draft("a"), subject=subject))
    with open_store(store.workspace) as reader:
        [packet] = packets(reader, PacketFilters())
    return packet.packet_id


def test_a_packet_is_listed_taken_opened_and_not_approved_by_the_same_user(
    store: Store, packet_id: str
) -> None:
    where = ("--workspace", str(store.workspace.root))
    listed = fundwatch("--lang", "zh", "packets", *where)
    assert listed.code == 0
    assert packet_id in listed.out
    assert "参保人和家庭" in listed.out
    assert fundwatch("case", "take", packet_id, *where).code == 0
    opened = fundwatch("--lang", "zh", "case", "open", packet_id, "--reason", "two patterns agree", *where)
    assert "待批立案" in opened.out
    [case_id] = [word.strip(":") for word in opened.out.split() if word.startswith("C-")]
    approve = ("case", "move", case_id, "approve_opening", "--role", "supervisor", "--code", "penalty")
    refused = fundwatch("--lang", "zh", *approve, *where)
    assert refused.code == 2
    assert "须由他人办理" in refused.err
    shown = fundwatch("case", "show", case_id, *where)
    assert "two patterns agree" in shown.out
    assert case_id in fundwatch("case", "list", *where).out


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> str:
    """The account of the machine that the tests are, whatever it is."""
    entry = pwd.struct_passwd(("chen", "x", os.getuid(), 0, "", "/", "/bin/sh"))
    monkeypatch.setattr(pwd, "getpwuid", lambda _: entry)
    return entry.pw_name


def test_the_environment_does_not_name_the_user(account: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(variable, "director-wu")
    assert actor() == account


def test_where_there_are_users_a_role_is_not_chosen(store: Store, packet_id: str, account: str) -> None:
    where = ("--workspace", str(store.workspace.root))
    give_back = ("--lang", "zh", "case", "give-back", packet_id, "--role", "supervisor", *where)
    add_user(store.workspace.root, "wang")
    stranger = fundwatch(*give_back)
    assert stranger.code == 2 and "没有可登录" in stranger.err
    add_user(store.workspace.root, account, Role.inspector)
    assert fundwatch("case", "take", packet_id, *where).code == 0
    assert "没有可登录" in fundwatch(*give_back).err, "an inspector as a supervisor"
    assert fundwatch("case", "give-back", packet_id, *where).code == 0
    users = open_accounts(store.workspace.root).users(TERMINAL)
    users.set_districts(account, ("320601",), WHEN)
    assert "没有" in fundwatch("--lang", "zh", "case", "take", packet_id, *where).err, "of another district"
    with sqlite3.connect(store.workspace.store_file) as connection:
        entered = connection.execute(
            "SELECT actor, role, object, after FROM audit_entry WHERE action = 'refusal' ORDER BY number"
        ).fetchall()
    about = f"packet:{packet_id}"
    assert [row[:3] for row in entered] == [
        (account, "supervisor", about), (account, "supervisor", about), (account, "inspector", about),
    ]  # fmt: skip
    assert '"requested":"give_back"' in entered[0][3] and '"requested":"take"' in entered[2][3]
    users.disable(account, WHEN)
    assert fundwatch("case", "take", packet_id, *where).code == 2


@pytest.mark.parametrize(("yuan", "amount"), [("12.3", 1230), ("-0.01", -1), ("5000", 500_000)])
def test_an_amount_in_yuan_is_read_to_the_fen(yuan: str, amount: int) -> None:
    assert fen(yuan) == amount


@pytest.mark.parametrize("yuan", ["1.005", "1e3", "1,000", "１２", "", "nan", "--1"])
def test_what_is_no_amount_is_refused(yuan: str) -> None:
    with pytest.raises(UsageError):
        fen(yuan)


def test_tasks_links_and_recovery_at_a_terminal(store: Store, packet_id: str) -> None:
    where = ("--workspace", str(store.workspace.root))
    as_supervisor = ("--role", "supervisor", *where)
    fundwatch("case", "open", packet_id, "--reason", "two patterns agree", "--as", "lead", *where)
    [lead] = re.findall(r"L-\d{4}-0001", fundwatch("case", "list", *where).out)
    added = fundwatch("case", "task", lead, "call them", "--due", "2099-01-31", *as_supervisor)
    assert added.code == 0, added.err
    assert "call them" in fundwatch("case", "tasks", *where).out
    assert fundwatch("case", "task-done", "1", "--result", "no answer", *as_supervisor).code == 0
    listed = fundwatch("--lang", "zh", "case", "tasks", "--case", lead, *where)
    assert "承办人" in listed.out and "call them" in listed.out
    itself = fundwatch("case", "link", lead, lead, "--reason", "the same place", *as_supervisor)
    assert itself.code == 2 and "to itself" in itself.err
    assert fundwatch("case", "recovery", *where).code == 0


def test_several_packets_are_assigned_at_a_terminal(store: Store, packet_id: str) -> None:
    where = ("--workspace", str(store.workspace.root))
    assign = ("case", "assign", packet_id, "institutions.I-0", "--to", "wang", "--yes", *where)
    partly = fundwatch(*assign)
    assert partly.code == 2
    assert "There is no packet institutions.I-0" in partly.err
    assert "wang" in fundwatch("packets", *where).out
    two = fundwatch("case", "assign", packet_id, "--to", "wang", "--to", "li", "--yes", *where)
    assert "held by one inspector" in two.err
