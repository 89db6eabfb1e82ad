"""Verifying the log of a workspace, and the result that the screens show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from detection.audit import faults
from detection.audit.anchors import Anchor, read_anchors
from detection.audit.chain import Verified, verify
from detection.audit.copies import first_difference
from detection.audit.entry import Entry
from detection.audit.faults import Fault
from detection.audit.settings import read_settings
from detection.audit.shipping import shipped_entries
from detection.language.sentences import in_both
from detection.store.queries.audit.history import history
from detection.store.queries.audit.reading import entries, missing_protection
from detection.store.queries.reader import Reader, open_store
from features.errors import WorkspaceError
from features.files import write_text
from features.workspace import Workspace

_RESULT = "audit_verified.json"


@dataclass(frozen=True)
class LastVerification:
    """What the last verification said.

    Attributes:
        at: ISO time.
        actor: who verified.
        entries: entries that are as they were written, from the first on.
        anchors: anchors that agree.
        kind: of the fault; empty for none.
        what_en, what_zh: the fault in words.
    """

    at: str
    actor: str
    entries: int
    anchors: int
    kind: str
    what_en: str
    what_zh: str


def verify_log(
    space: Workspace, *, actor: str, at: str, anchors: Path | None = None, copy: Path | None = None
) -> Verified:
    """Read the whole log, name the first fault, and keep the result for the screens.

    Args:
        space: whose log.
        actor: who verifies.
        at: ISO time.
        anchors: an anchor file; that of the settings when None.
        copy: a shipped file to compare with.

    Raises:
        InputError: the anchor file, also the configured one, or the copy cannot be read.
        StoreError: the store cannot be read.
    """
    with open_store(space) as reader:
        verified = _verified(reader, _anchors(space, anchors), copy)
    fault = verified.fault
    both = in_both(fault.what) if fault else None
    last = LastVerification(
        at,
        actor,
        verified.entries,
        verified.anchors,
        fault.kind if fault else "",
        both.en if both else "",
        both.zh if both else "",
    )
    with suppress(OSError):  # a reader may verify what it may not write
        write_text(space.root / _RESULT, json.dumps(asdict(last), ensure_ascii=False))
    return verified


def last_verification(root: Path) -> LastVerification | None:
    """What the last verification of a workspace said; None before the first, or where it cannot be read."""
    try:
        return LastVerification(**json.loads((root / _RESULT).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _verified(reader: Reader, anchors: Iterator[Anchor], copy: Path | None) -> Verified:
    """The chain first, with what it says was done; then the copy; then what protects the table."""
    compared = history(reader)
    first = [compared.watched(entries(reader))]

    def readings() -> Iterator[Entry]:
        return first.pop() if first else entries(reader)

    verified = verify(readings, anchors)
    several = [verified.fault, compared.finish() if verified.fault is None else compared.fault]
    if copy is not None:
        several.append(first_difference(entries(reader), shipped_entries(copy)))
    by_number = [fault for fault in several if fault is not None]
    if not by_number and (missing := missing_protection(reader)):
        by_number.append(faults.unprotected(verified.entries, missing))
    first_fault = min(by_number, key=lambda fault: fault.number, default=None)
    return Verified(verified.entries, verified.head, _detailed(first_fault, several), verified.anchors)


def _detailed(first: Fault | None, several: list[Fault | None]) -> Fault | None:
    """Of two faults at the same entry, the one that the copy shows: it names the fields."""
    last = several[-1]
    return last if first is not None and last is not None and last.number == first.number else first


def _anchors(space: Workspace, anchors: Path | None) -> Iterator[Anchor]:
    if anchors is not None:
        return read_anchors(anchors)
    with suppress(WorkspaceError):  # settings that cannot be used are said where the head is anchored
        configured = Path(read_settings(space.root).file)
        if configured.is_absolute():  # one that is gone is an error: its anchors may have been taken away
            return read_anchors(configured)
    return iter(())
