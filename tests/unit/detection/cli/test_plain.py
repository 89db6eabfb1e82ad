"""What the data say, senders write and people type is printed at a terminal, and never obeyed by it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from support.commands import fundwatch
from support.drafts import a_draft
from support.lead_files import PLACES, lead_file
from support.signing_in import CHEAP, PASSWORD, TERMINAL, WHEN
from support.store_runs import Store

from detection.accounts.opening import open_accounts
from detection.accounts.rights import Actor, Role
from detection.accounts.users import entry_of
from detection.alerts.draft import Subject
from detection.cases.moves import Actor as CaseActor
from detection.cli.language.plain import lines_without_orders, plain_text
from detection.cli.terminal import actor
from detection.followup import acts
from detection.followup.outside.importing import import_leads
from detection.store.accounts.records import UserRecord
from detection.store.queries import open_store
from detection.store.queries.casework.packets import PacketFilters, packets

ORDERS = "\x1b[2J\x07\x9b31m [/red] [red]x"
"""Clears the screen, sounds, colors; and marks of the library that prints, one of which closes nothing."""
SHOWN = "[/red] [red]x"
NOON = "2026-11-30T12:00:00"


def test_a_text_is_one_line_without_orders() -> None:
    assert plain_text("a\tb\nc\x1b[2J\x85") == "a b c\N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}"
    assert lines_without_orders("a\n b\x07\n") == "a\n b\N{REPLACEMENT CHARACTER}\n"


@pytest.fixture
def printed_lists(store: Store) -> dict[str, str]:
    """Every list of a workspace in whose fields the orders are, by what it lists."""
    root = store.workspace.root
    named = PLACES.with_columns(name=PLACES["name"] + ORDERS)
    place = Subject("provider", "p1", (), "p1", "pharmacy", "320602")
    draft = replace(a_draft("a"), subject=place)
    store.run("r1", draft, institutions=named)
    where = ("--workspace", str(root))
    with open_store(store.workspace) as reader:
        [packet] = packets(reader, PacketFilters())
    opened = fundwatch("case", "open", packet.packet_id, "--reason", ORDERS, "--as", "lead", *where)
    [lead] = re.findall(r"L-\d{4}-0001", opened.out)
    fundwatch("case", "task", lead, ORDERS, "--due", "2099-01-31", "--role", "supervisor", *where)
    content = lead_file({"institution": named["name"][1].replace(ORDERS, "店")})
    import_leads(root, content, "leads.csv", sender="省医保局", actor=CaseActor("wang", "inspector"), at=NOON)
    [outside] = re.findall(r"L-2026-0002", fundwatch("leads", "list", *where).out)
    acts.act(root, [draft.alert_id], actor=Actor("li", Role.inspector), action="triage", at=NOON, note=ORDERS)
    alone = {
        "packets": ("packets",),
        "cases": ("case", "list"),
        "case": ("case", "show", lead),
        "tasks": ("case", "tasks", "--case", lead),
        "lead": ("leads", "show", outside),
        "plan": ("plan", "--days", "5"),
        "log": ("audit", "show"),
    }
    printed = {name: _printed(*words, *where) for name, words in alone.items()}
    user = UserRecord(actor(), ORDERS, Role.inspector.value, None, CHEAP.hashed(PASSWORD), WHEN)
    assert open_accounts(root).store.add_user(user, entry_of(user, "user_add", TERMINAL, WHEN))
    out = ("--out", str(root.parent / "real.csv"))
    fundwatch("export", "alerts", "--reveal-ids", "--reason", ORDERS, *out, *where)
    together = {"users": ("user", "list"), "requests": ("request", "list")}
    return printed | {name: _printed(*words, *where) for name, words in together.items()}


def _printed(*words: str) -> str:
    ended = fundwatch(*words, tracebacks=False)
    assert ended.code == 0, (words, ended.err)
    return ended.out


def test_no_list_has_an_order_to_the_terminal(printed_lists: dict[str, str]) -> None:
    assert {name: text for name, text in printed_lists.items() if re.search(r"[\x07\x1b\x9b]", text)} == {}
    plain = {name for name, text in printed_lists.items() if SHOWN in " ".join(text.split())}
    assert plain >= {"case", "users", "requests"}, "as it was typed"


def test_an_export_gives_no_order_to_the_terminal(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "persons.csv").write_text(f"person_id,{ORDERS}\np1,x\n")
    (data / f"{ORDERS.replace('/', '')}.csv").write_text("a,b\n1,2\n")
    for words in (("doctor",), ("intake", "--workspace", tmp_path / "ws")):
        ended = fundwatch(*words, "--data", data, tracebacks=False)
        assert ended.code != 1, ended.err
        assert not re.search(r"[\x07\x1b\x9b]", ended.out + ended.err), words
