"""Another pseudonym key: pseudonyms change, the history leads to the same ids, alerts keep their numbers."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import select
from support.drafts import a_draft
from support.signing_in import LI
from support.store_runs import Store

from detection.followup.audit.verifying import verify_log
from detection.followup.reveals import reveal
from detection.followup.rotating import rotate_key
from detection.masking import id_digests, mask
from detection.store.packets.table import StoredPacket
from detection.store.queries import Filters, open_store
from detection.store.queries.alerts import rows
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.disclosure.log import last_reveals
from detection.store.queries.disclosure.pseudonyms import current_pseudonym
from detection.store.queries.subjects.lookup import subject_id
from detection.subjects.files import subject_files
from detection.subjects.index import index_file, write_index
from features.errors import UsageError, WorkspaceError
from features.files import write_text
from features.sealing import damage, seal
from features.workspace import Workspace, open_workspace
from features.workspace.rotation import begin_rotation

TEN = "2024-07-03T10:00:00"
REASON = "the key leaked"
SETTLEMENTS = pl.LazyFrame({"settlement_id": ["s1", "s2"]})


@pytest.fixture
def full(store: Store) -> Store:
    """A run with a search, and an identity that was shown."""
    store.run("r1", a_draft("anna"), a_draft("two"))
    key, folder = store.workspace.pseudonym_key(), store.workspace.run("r1")
    files = subject_files(folder)
    files.write("person", "totals", pl.LazyFrame({"id": ["anna", "eve"], "money": [2, 1]}))
    write_index(SETTLEMENTS, files, folder, key)
    data = store.workspace.snapshot("snapshot") / "tables" / "settlements"
    data.mkdir(parents=True)
    SETTLEMENTS.collect().write_parquet(data / "1.parquet")
    seal(folder)
    reveal(store.workspace.root, mask(key, "anna"), reason=REASON, actor=LI, at=TEN)
    return store


@pytest.fixture(autouse=True)
def plain_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """The data set of these tests is one table without a manifest."""

    class Tables:
        def __init__(self, folder: Path) -> None:
            self.frame = pl.scan_parquet(sorted((folder / "tables" / "settlements").glob("*.parquet")))

        @property
        def settlements(self) -> Tables:
            return self

        def to_native(self) -> pl.LazyFrame:
            return self.frame

    monkeypatch.setattr("detection.followup.rotating.open_snapshot", Tables)
    monkeypatch.setattr(Workspace, "lost_hashes", lambda *_: False)


def fingerprint_of(space: Workspace) -> str:
    return str(json.loads((space.root / "workspace.json").read_text())["key_fingerprint"])


def test_pseudonyms_change_and_the_history_leads_to_the_same_ids(full: Store) -> None:
    space = full.workspace
    old, known = space.pseudonym_key(), fingerprint_of(space)
    with open_store(space) as reader:
        before = {row.alert_id: row.pseudonym for row in rows(reader, Filters(status=""))}
    done = rotate_key(space.root, reason=REASON, actor="root", at=TEN)
    new = space.pseudonym_key()
    assert new != old and (done.before, done.after) == (known, fingerprint_of(space))
    assert (done.mapped, done.unknown) == (1, 0)
    with open_store(space) as reader:
        after = {row.alert_id: row.pseudonym for row in rows(reader, Filters(status=""))}
        assert after.keys() == before.keys() and not set(after.values()) & set(before.values())
        assert current_pseudonym(reader, mask(old, "anna")) == mask(new, "anna")
        assert subject_id(reader, "person", mask(old, "anna")) == "anna"
        assert subject_id(reader, "person", mask(new, "eve")) == "eve", "the search was made again"
        digests = {*reader.session.scalars(select(StoredPacket.id_digest))}
        assert digests == {id_digests(new)(packet.packet_id) for packet in packets(reader, PacketFilters())}
        [shown] = last_reveals(reader, 5)
    assert shown.subject == mask(old, "anna"), "what was recorded stays as it is"
    assert reveal(space.root, mask(old, "anna"), reason=REASON, actor=LI, at=TEN).identity == "anna"
    assert damage(space.run("r1")) == []
    assert verify_log(space, actor="root", at=TEN).fault is None


def test_it_is_entered_with_fingerprints_and_without_keys(full: Store) -> None:
    rotate_key(full.workspace.root, reason=REASON, actor="root", at=TEN)
    with sqlite3.connect(full.workspace.store_file) as connection:
        [(reason, after)] = connection.execute(
            "SELECT reason, after FROM audit_entry WHERE action = 'rotate_key'"
        ).fetchall()
    assert reason == REASON and json.loads(after)["fingerprint"] == fingerprint_of(full.workspace)
    assert full.workspace.pseudonym_key().hex() not in after


def test_pseudonyms_of_two_keys_ago_lead_to_the_one_of_now(full: Store) -> None:
    first = full.workspace.pseudonym_key()
    for _ in range(2):
        rotate_key(full.workspace.root, reason=REASON, actor="root", at=TEN)
    with open_store(full.workspace) as reader:
        now = mask(full.workspace.pseudonym_key(), "anna")
        assert current_pseudonym(reader, mask(first, "anna")) == now


def test_a_later_run_keeps_the_numbers_of_alerts(full: Store) -> None:
    rotate_key(full.workspace.root, reason=REASON, actor="root", at=TEN)
    assert full.run("r2", a_draft("anna"), a_draft("two"))["new"] == 0


STEPS = ["detection.followup.rotating.keep", "features.workspace.rotation.KeyRotation.switch",
         "detection.followup.rotating.write_index", "features.workspace.rotation.KeyRotation.finish"]  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
def test_a_command_that_was_stopped_goes_on(full: Store, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    old = full.workspace.pseudonym_key()

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(step, killed)
        with pytest.raises(KeyboardInterrupt):
            rotate_key(full.workspace.root, reason=REASON, actor="root", at=TEN)
    assert open_workspace(full.workspace.root).pseudonym_key(), "the workspace opens meanwhile"
    rotate_key(full.workspace.root, reason=REASON, actor="root", at=TEN)
    new = full.workspace.pseudonym_key()
    assert new != old and not list(full.workspace.root.glob("*.next"))
    with open_store(full.workspace) as reader:
        assert subject_id(reader, "person", mask(old, "anna")) == "anna"
        assert subject_id(reader, "person", mask(new, "eve")) == "eve"
    with sqlite3.connect(full.workspace.store_file) as connection:
        query = "SELECT count(*) FROM audit_entry WHERE action = 'rotate_key'"
        assert connection.execute(query).fetchone() == (1,)


def test_the_old_key_is_saved_to_a_new_file_alone(full: Store, tmp_path: Path) -> None:
    old, out = full.workspace.pseudonym_key(), tmp_path / "old.key"
    rotate_key(full.workspace.root, reason=REASON, actor="root", at=TEN, old_key_out=out)
    assert bytes.fromhex(out.read_text()) == old and out.stat().st_mode & 0o077 == 0
    for place in (out, full.workspace.root / "other", tmp_path / "nowhere" / "key"):
        with pytest.raises(UsageError):
            rotate_key(full.workspace.root, reason=REASON, actor="root", at=TEN, old_key_out=place)


def test_without_a_reason_or_with_another_key_nothing_is_changed(full: Store) -> None:
    old = full.workspace.pseudonym_key()
    with pytest.raises(UsageError, match="reason"):
        rotate_key(full.workspace.root, reason=" ", actor="root", at=TEN)
    assert full.workspace.pseudonym_key() == old
    write_text(full.workspace.key_file, "ab" * 32)
    with pytest.raises(WorkspaceError, match="not the key"):
        rotate_key(full.workspace.root, reason=REASON, actor="root", at=TEN)
    assert not list(full.workspace.root.glob("*.next"))


def test_an_index_that_is_made_again_keeps_its_rows(full: Store) -> None:
    file = index_file(full.workspace.run("r1"), "settlements")
    before = pl.read_parquet(file)
    old = full.workspace.pseudonym_key()
    rotate_key(full.workspace.root, reason=REASON, actor="root", at=TEN)
    new, after = full.workspace.pseudonym_key(), pl.read_parquet(file)
    for name, row in (("s1", 0), ("s2", 1)):
        for key, index in ((old, before), (new, after)):
            assert index.filter(pl.col("pseudonym") == mask(key, name, "settlement"))["row"].to_list() == [
                row
            ]
    assert begin_rotation(full.workspace).old == new, "a further one begins anew"
