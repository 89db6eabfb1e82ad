"""Packs in tests: a packet and a case by hand, what a pack holds, and packs that were changed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import polars as pl
from support.drafts import a_card, a_draft, records
from support.store_runs import Store

from detection.accounts.rights import Actor, Role
from detection.alerts.draft import AlertDraft, Subject
from detection.followup.packs import Pack, build_pack
from detection.pack.archive import archive
from detection.store.queries import open_store
from detection.store.queries.casework.packets import PacketFilters, packets
from features.workspace import Place

SUN = Actor("sun", Role.supervisor)
LATER = "2026-12-01T09:00:00"
ANNA = Subject("person", "anna", ("anna",), "p1", "pharmacy", "320602")


def drafts() -> list[AlertDraft]:
    """Three alerts about Anna: s-1 is cited twice, and one rests on entries of a ledger."""
    third = a_draft("c", settlements=(), pool=0, account=300)
    third = replace(third, records=records(third.alert_id, ("e1", 500), ("e2", -200)))
    three = (a_draft("a", settlements=("s-1",)), a_draft("b", settlements=("s-1", "s-2")), third)
    return [replace(draft, subject=ANNA) for draft in three]


def fourth() -> AlertDraft:
    """A further alert about Anna, which cites an entry that the third does, and one of its own."""
    draft = a_draft("d", settlements=(), pool=0, account=540)
    draft = replace(draft, records=records(draft.alert_id, ("e1", 500), ("e3", 40)))
    return replace(draft, subject=ANNA)


def make_packet(store: Store, *more: AlertDraft) -> str:
    """Anna's packet, with further alerts where some are given, and the data set that its settlements are in."""
    store.run("r1", *drafts(), *more, cards=(a_card(),), finished_at="2026-11-29T08:00:00")
    write_snapshot(store.workspace.root)
    with open_store(store.workspace) as reader:
        [packet] = packets(reader, PacketFilters())
    return packet.packet_id


def write_snapshot(root: Path) -> None:
    folder = root / "snapshots" / "snapshot" / "tables" / "settlements"
    folder.mkdir(parents=True)
    pl.DataFrame(
        {
            "settlement_id": ["s-1", "s-2", "s-3"],
            "pool_paid": [1000, 1000, 7],
            "account_paid": [200, 234, None],
            "mutual_aid_paid": [34, None, 7],
        }
    ).write_parquet(folder / "part-0.parquet")


def pack_of(store: Store, name: str, up_to: int | None = None) -> Pack:
    where = Place(store.workspace.root, store.workspace.database)
    return build_pack(where, name, actor=SUN, at=LATER, up_to=up_to)


def members(content: bytes) -> dict[str, bytes]:
    """What any program reads from the archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        assert pack.testzip() is None
        return {name: pack.read(name) for name in pack.namelist()}


def with_member(content: bytes, path: str, changed: bytes) -> bytes:
    """The pack with another member, and nothing else changed."""
    return archive(members(content) | {path: changed})
