"""Whatever byte of a pack is changed, verification says so and names the file."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from support.packs import members, pack_of, with_member
from support.store_runs import Store

from detection.followup.packs import pack_faults
from detection.pack.archive import archive
from detection.pack.building import complete, manifest, sums_of_files
from features.errors import InputError


@pytest.fixture
def pack(store: Store, case_id: str) -> bytes:
    return pack_of(store, case_id).content


def named(content: bytes) -> str:
    return "\n".join(pack_faults(content))


def test_a_pack_as_it_was_made_has_no_fault(pack: bytes) -> None:
    assert pack_faults(pack) == []


def test_a_byte_of_any_member_is_named(pack: bytes) -> None:
    files = members(pack)
    for path, content in files.items():
        for place in {0, len(content) // 2, len(content) - 1}:
            changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
            faults = named(with_member(pack, path, changed))
            assert path in faults, (path, place)


def test_a_byte_between_the_members_is_noticed(pack: bytes) -> None:
    """Names, times, lengths and checksums of the archive, which are no member."""
    with zipfile.ZipFile(io.BytesIO(pack)) as read:
        inside = [(each.header_offset, len(each.filename), each.file_size) for each in read.infolist()]
    between = {offset + 8 for offset, _, _ in inside[:3]} | {offset + 14 for offset, _, _ in inside[:3]}
    between |= {offset + 32 for offset, _, _ in inside[:3]}
    last = max(offset + 30 + name + size for offset, name, size in inside)
    for place in sorted({*between, *range(last, len(pack), 37), len(pack) - 1}):
        changed = pack[:place] + bytes([pack[place] ^ 1]) + pack[place + 1 :]
        try:
            assert pack_faults(changed), place
        except InputError:
            continue


def test_members_that_are_taken_out_or_put_in_are_named(pack: bytes) -> None:
    files = members(pack)
    for path in files.keys() - {"pack.json", "manifest.json"}:
        assert path in named(archive({name: files[name] for name in files if name != path}))
    assert "note.txt is not in the list of hashes" in named(archive(files | {"note.txt": b"x"}))


def forged(content: bytes, path: str, old: bytes, new: bytes) -> bytes:
    """The pack with other content and with hashes that fit it."""
    files = members(content)
    assert old in files[path]
    files[path] = files[path].replace(old, new, 1)
    files["manifest.json"] = manifest(files)
    files["SHA256SUMS"] = sums_of_files(files)
    return archive(files)


def test_a_sum_that_is_not_that_of_its_rows_is_named_whatever_the_hashes(pack: bytes) -> None:
    faults = named(forged(pack, "sums.csv", b",2000,", b",9000,"))
    assert "sums.csv" in faults and "9000 instead of 2000" in faults


def test_a_row_that_does_not_add_up_is_named_whatever_the_hashes(pack: bytes) -> None:
    files = members(pack)
    rows = files["rows.csv"].replace(b",1000,234,", b",9000,234,", 1)
    contents = {path: each for path, each in files.items() if path not in ("manifest.json", "SHA256SUMS")}
    faults = named(archive(complete(contents | {"rows.csv": rows})))
    assert "the alert states" in faults and "its rows add up to" in faults


def test_a_card_that_is_not_there_is_named_whatever_the_hashes(pack: bytes) -> None:
    files = members(pack)
    contents = {
        path: each
        for path, each in files.items()
        if path not in ("manifest.json", "SHA256SUMS", "cards/digest-1.json")
    }
    assert "resolves to no card" in named(archive(complete(contents)))


def test_a_row_of_an_alert_that_is_not_in_the_pack_is_noticed(pack: bytes) -> None:
    alerts = json.loads(members(pack)["alerts.json"])
    number = alerts[0]["alert"].encode()
    assert "Sums cannot be added again" in named(forged(pack, "rows.csv", number, b"A-XXXX"))


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'"actor":"li"', b'"actor":"he"'), (b'"reason":"two', b'"reason":"new')],
)
def test_an_entry_of_the_log_that_was_changed_is_named_whatever_the_hashes(
    pack: bytes, old: bytes, new: bytes
) -> None:
    assert "the entry does not have its hash" in named(forged(pack, "log.jsonl", old, new))


def test_a_log_whose_end_was_cut_off_is_named_whatever_the_hashes(pack: bytes) -> None:
    last = members(pack)["log.jsonl"].splitlines(keepends=True)[-1]
    faults = named(forged(pack, "log.jsonl", last, b""))
    assert "does not end with the entry that pack.json states" in faults


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no archive at all", archive({"a.txt": b"a"})])
def test_what_is_no_pack_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match="no evidence pack"):
        pack_faults(content)


def test_a_pack_of_a_later_version_is_refused(pack: bytes) -> None:
    later = with_member(pack, "manifest.json", b'{"format": 99}')
    with pytest.raises(InputError, match="later version"):
        pack_faults(later)
