"""Files of cases: hashed, kept once, taken away with an entry, verified, and removed by retention."""

from __future__ import annotations

import hashlib
import sqlite3
from functools import partial
from pathlib import Path

import pytest
from support.case_steps import LI, NOON, STEPS, ZHAO, act, go, page
from support.commands import fundwatch
from support.store_runs import Store

from detection.accounts import rights
from detection.accounts.rights import USER_ROLES, Right, Role, may
from detection.audit.entry import values_of
from detection.backup.checking import verify
from detection.cases.files import MEGABYTE, checked_name
from detection.cases.limits import limits
from detection.cases.moves import Actor, MoveRefusedError
from detection.followup import cases as casework
from detection.followup.audit.verifying import verify_log
from detection.followup.casework import combining
from detection.followup.casework.files import NewFile, add_file, read_file
from detection.followup.desk import at_desk
from detection.store.queries import open_store
from detection.store.queries.audit.reading import entries
from detection.store.queries.casework.tools.documents import Document, documents
from detection.store.retention import expire, expiring
from features.errors import StoreError, UsageError

PDF = b"%PDF-1.7 invoices"
INVOICES = NewFile("invoices.pdf", PDF, "of the pharmacy")
INVOICES_TYPED = ("invoices.pdf", "of the pharmacy")
RULES = '[evidence_months]\nvalue = 24\nunit = "months"\nsource = "Order 7 of 2020"\nfrom = 2020-01-01\n'


@pytest.fixture
def running(store: Store, case_id: str) -> str:
    """A case of Li and Wang."""
    go(store, case_id, STEPS[:2])
    return case_id


def listed(store: Store, case_id: str) -> list[Document]:
    with open_store(store.workspace) as reader:
        return documents(reader, case_id)


def contents(store: Store) -> int:
    with sqlite3.connect(store.workspace.store_file) as connection:
        return int(connection.execute("SELECT count(*) FROM document_content").fetchone()[0])


def test_a_file_is_kept_by_its_hash_and_its_download_is_entered(store: Store, running: str) -> None:
    root = store.workspace.root
    filed = add_file(root, running, INVOICES, actor=LI, at=NOON)
    add_file(root, running, NewFile("again.pdf", PDF), actor=LI, at=NOON)
    assert filed.sha256 == hashlib.sha256(PDF).hexdigest()
    assert [(each.name, each.size) for each in listed(store, running)] == [
        ("again.pdf", len(PDF)),
        ("invoices.pdf", len(PDF)),
    ]
    assert contents(store) == 1, "the same bytes once"
    assert read_file(root, filed.document_id, actor=Actor("chen", "reviewer"), at=NOON) == (
        "invoices.pdf",
        PDF,
    )
    with open_store(store.workspace) as reader:
        *_, last = entries(reader)
    assert (last.action, last.actor, last.object) == ("download_file", "chen", f"case:{running}")
    assert values_of(last.after)["sha256"] == filed.sha256
    assert verify_log(store.workspace, actor="chen", at=NOON).fault is None


def test_what_was_typed_about_a_file_stands_with_it_and_never_in_the_log(store: Store, running: str) -> None:
    root = store.workspace.root
    filed = add_file(root, running, INVOICES, actor=LI, at=NOON)
    with pytest.raises(UsageError):
        add_file(root, running, NewFile("secret.exe", b"MZ", "of a person"), actor=LI, at=NOON)
    read_file(root, filed.document_id, actor=LI, at=NOON)
    assert [(each.name, each.about) for each in listed(store, running)] == [INVOICES_TYPED]
    with open_store(store.workspace) as reader:
        log = list(entries(reader))
    kept = next(each for each in log if each.action == "add_file")
    after = values_of(kept.after)
    assert (after["file"], after["sha256"], after["size"]) == (filed.document_id, filed.sha256, len(PDF))
    assert page(store, running).events[-1].reason == kept.reason == f"SHA-256 {filed.sha256[:12]}"
    assert [each.action for each in log[-3:]] == ["add_file", "refusal", "download_file"]
    typed = ("invoices", "pharmacy", "secret", "a person")
    assert not [each for each in log if any(word in str(each) for word in typed)]


def test_who_is_not_of_the_case_adds_none_and_a_recused_person_reads_none(store: Store, running: str) -> None:
    root, he, wang = store.workspace.root, Actor("he", "inspector"), Actor("wang", "inspector")
    with pytest.raises(MoveRefusedError, match="he is not assigned"):
        add_file(root, running, INVOICES, actor=he, at=NOON)
    filed = add_file(root, running, INVOICES, actor=LI, at=NOON)
    casework.move(root, running, act("declare_recusal", inspectors=frozenset({"wang"})), actor=wang, at=NOON)
    for actor in (wang, Actor("he", "administrator")):
        with pytest.raises(UsageError, match="may not read"):
            read_file(root, filed.document_id, actor=actor, at=NOON)
    with pytest.raises(UsageError, match="no file 9"):
        read_file(root, 9, actor=LI, at=NOON)


@pytest.mark.parametrize("role", USER_ROLES)
def test_a_role_reads_files_where_it_has_the_right_and_else_is_refused(
    store: Store, running: str, role: Role
) -> None:
    filed = add_file(store.workspace.root, running, INVOICES, actor=LI, at=NOON)
    person = at_desk(rights.Actor("he", role))
    read = partial(read_file, store.workspace.root, filed.document_id, actor=person, at=NOON)
    if may(role, Right.read_case_files):
        assert read() == ("invoices.pdf", PDF)
    else:
        with pytest.raises(UsageError, match="may not read"):
            read()


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("run.exe", b"MZ", "type are not kept"),
        (".pdf", PDF, "type are not kept"),
        ("letter.pdf", b"<html>", "not what its name says"),
        ("list.csv", b"a\0b", "not what its name says"),
        ("letter.pdf", b"", "is empty"),
        ("letter.pdf", PDF + bytes(limits().most_file_megabytes * MEGABYTE), "at most"),
    ],
)
def test_a_file_of_another_type_or_size_is_refused(name: str, content: bytes, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        checked_name(name, content)


def test_a_name_has_no_folders_and_a_text_may_be_in_either_encoding() -> None:
    assert checked_name("..\\..\\etc/票据.csv", "日期".encode("gb18030")) == "票据.csv"
    assert checked_name("票据.PDF", PDF) == "票据.PDF"


def test_a_damaged_file_is_named_and_not_handed_out(store: Store, running: str) -> None:
    root = store.workspace.root
    filed = add_file(root, running, INVOICES, actor=LI, at=NOON)
    sound = [str(problem) for problem in verify(store.workspace).problems]
    with sqlite3.connect(store.workspace.store_file) as connection:
        connection.execute("UPDATE document_content SET content = ?", (b"%PDF-1.7 Invoices",))
    problem = f"file {filed.document_id} of {running}: missing or changed"
    assert [str(each) for each in verify(store.workspace).problems] == [*sound, problem]
    assert problem not in sound
    with pytest.raises(StoreError, match="missing or was changed"):
        read_file(root, filed.document_id, actor=LI, at=NOON)
    with sqlite3.connect(store.workspace.store_file) as connection:
        connection.execute("UPDATE case_document SET sha256 = 'x'")
    fault = verify_log(store.workspace, actor="chen", at=NOON).fault
    assert fault is not None and fault.kind == "history"


def test_files_of_cases_that_ended_long_ago_go_with_their_names_and_their_hashes_stay(
    store: Store, running: str, tmp_path: Path
) -> None:
    root, rules = store.workspace.root, tmp_path / "rules.toml"
    rules.write_text(RULES)
    filed = add_file(root, running, INVOICES, actor=LI, at=NOON)
    later = NOON.replace("2026", "2029")
    with open_store(store.workspace) as reader:
        moved = sorted(row.alert_id for row in page(store, running).alerts)[1]
        assert reader is not None
    new = combining.split(root, running, [moved], actor=ZHAO, at=NOON, reason="another matter").case_id
    kept = add_file(root, new, NewFile("photo.png", b"\x89PNG\r\n\x1a\n1"), actor=LI, at=NOON)
    day = page(store, running).clocks[0].day.replace(year=2029)
    assert expiring(store.workspace.store, rules, day).files == (), "they have not ended"
    combining.merge(root, new, running, actor=ZHAO, at=NOON, reason="the same after all")
    assert {each.document_id for each in listed(store, running)} == {filed.document_id, kept.document_id}
    with sqlite3.connect(store.workspace.store_file) as connection:
        connection.execute("UPDATE case_file SET state = 'closed' WHERE case_id = ?", (running,))
    what = expiring(store.workspace.store, rules, day)
    assert what.files == (filed.document_id, kept.document_id)
    expire(store.workspace.store, what, actor="root", at=later, reason="Order 7 of 2020")
    assert contents(store) == 0
    purged = listed(store, running)
    assert [(each.name, each.about, each.purged_at) for each in purged] == [("", "", later)] * 2
    assert purged[1].sha256 == filed.sha256
    with pytest.raises(UsageError, match="rule of retention"):
        read_file(root, filed.document_id, actor=LI, at=later)
    assert not any("file" in str(problem) for problem in verify(store.workspace).problems[1:])


def test_files_at_a_terminal(store: Store, running: str, tmp_path: Path) -> None:
    where = ("--workspace", store.workspace.root)
    path, out = tmp_path / "invoices.pdf", tmp_path / "copy.pdf"
    path.write_bytes(PDF)
    added = fundwatch("case", "file", running, path, "--role", "supervisor", *where)
    assert added.code == 0, added.err
    assert hashlib.sha256(PDF).hexdigest() in added.out
    assert "invoices.pdf" in fundwatch("--lang", "zh", "case", "files", running, *where).out
    taken = fundwatch("case", "file-get", "1", "--out", out, *where)
    assert taken.code == 0, taken.err
    assert out.read_bytes() == PDF
    assert fundwatch("case", "file-get", "1", "--out", out, *where).code == 2
    elsewhere = tmp_path / "none" / "copy.pdf"
    nowhere = fundwatch("case", "file-get", "1", "--out", elsewhere, *where)
    assert nowhere.code == 2 and "cannot be written there" in nowhere.err
